import type { CalendarId } from '../../../../shared/features/calendar/model'
import type { RefreshOutcome } from '../../../../shared/features/calendar/subscriptions/model'
import type { Problem } from '../../../../shared/kit/status'
import type { SubscriptionPlace, SubscriptionState } from './subscription-store'

/** A calendar as it came from its address. */
type FetchedBody = Readonly<{
  kind: 'calendar'
  bytes: Uint8Array
  validators: SubscriptionState['validators']
}>

/** What an address gave. */
export type FetchedCalendar = Readonly<{ kind: 'unchanged' }> | FetchedBody

/** What came of one try. */
export type Refreshed = Readonly<{ outcome: RefreshOutcome; problem: Problem | null }>

/** Asking the addresses of subscribed calendars; `features/calendar/subscriptions/` is the real one. */
export type SubscriptionControl = Readonly<{
  /** Asks an address that is none of them yet. Throws what `subscriptions.add` does. */
  look(place: SubscriptionPlace): Promise<FetchedCalendar>
  /** One try, which everybody shares who asks while it is under way. What fails is told, and what is here stays. Throws `not-found`. */
  refresh(id: CalendarId): Promise<Refreshed>
  /** The same with an answer that came already. */
  take(id: CalendarId, fetched: FetchedBody): Promise<Refreshed>
  /** Ends what is under way of one, or of all, and waits for it. */
  stop(id: CalendarId | null): Promise<void>
}>
