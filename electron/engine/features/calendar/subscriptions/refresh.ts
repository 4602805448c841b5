import type { CalendarId } from '../../../../../shared/features/calendar/model'
import { readCalendarAddress } from '../../../../../shared/features/calendar/subscriptions/address'
import { SiegelError, toFailure } from '../../../../../shared/kit/result'
import type { PublishedCalendar } from '../../../ports/calendar/calendar-objects'
import type { SubscriptionRow, SubscriptionState } from '../../../ports/calendar/subscription-store'
import type { FetchedCalendar, Refreshed, SubscriptionControl } from '../../../ports/calendar/subscriptions'
import type { GateRequest } from '../../../ports/net/gate'
import type { Needs } from '../../../ports/parts'
import { fetchCalendar, requestsFor } from './fetch-calendar'
import { intervalOf, jittered, retryMs } from './intervals'
import { readPublished, takeCalendar } from './take-calendar'

type RefreshContext = Needs<
  'calendarObjects' | 'clock' | 'gate' | 'random' | 'log',
  'calendars' | 'settings' | 'subscriptions' | 'transaction'
>

type Running = Readonly<{ work: Promise<Refreshed>; stop: AbortController }>

/** Brings subscribed calendars to what their addresses give. Whatever fails, what is here stays as it is. */
export function createSubscriptions(
  context: RefreshContext,
  permitDuring: <T>(requests: readonly GateRequest[], work: () => Promise<T>) => Promise<T>,
): SubscriptionControl {
  const running = new Map<CalendarId, Running>()
  const once = (id: CalendarId, fetched: FetchedCalendar | null): Promise<Refreshed> => {
    const before = running.get(id)
    if (before) return before.work
    const stop = new AbortController()
    const work = attempt(context, id, fetched, stop.signal).finally(() => running.delete(id))
    running.set(id, { work, stop })
    return work
  }
  return {
    look: place =>
      permitDuring(requestsFor(place), () =>
        fetchCalendar(context.gate, place, null, new AbortController().signal),
      ),
    refresh: id => once(id, null),
    take: (id, fetched) => once(id, fetched),
    stop: async id => {
      const meant = [...running].filter(([each]) => id === null || each === id)
      for (const [, { stop }] of meant) stop.abort()
      await Promise.allSettled(meant.map(([, { work }]) => work))
    },
  }
}

async function attempt(
  context: RefreshContext,
  id: CalendarId,
  given: FetchedCalendar | null,
  signal: AbortSignal,
): Promise<Refreshed> {
  const { store, clock, random, log } = context
  const row = store.subscriptions.get(id)
  if (row === null) throw new SiegelError('not-found', { what: 'calendar' })
  // The bell is the settings' change: nothing is tried and nothing failed.
  if (store.settings.get().offline) return { outcome: 'waits', problem: null }
  const keep = (state: SubscriptionState, waitMs: number): void => {
    // The way or the address is another one by now, or it is gone.
    if (signal.aborted || store.subscriptions.get(id) === null) return
    store.subscriptions.keepState(id, state, clock.now() + jittered(waitMs, random.fraction()))
  }
  try {
    const fetched = given ?? (await fetchCalendar(context.gate, row, row.state.validators, signal))
    const answered = { ...row.state, checkedAtMs: clock.now(), failures: 0, problem: null }
    if (fetched.kind === 'unchanged') {
      keep(answered, intervalOf(row))
      return { outcome: 'unchanged', problem: null }
    }
    const published = readPublished(context, fetched.bytes)
    const state = { ...answered, suggestedMs: published.intervalMs }
    if (isDoubtful(context, row, published)) {
      // Asked for again as if nothing had come.
      keep({ ...state, wasEmpty: true, validators: null }, intervalOf({ ...row, state }))
      return { outcome: 'unchanged', problem: null }
    }
    nameFirst(context, row, published)
    const { changed, leftOut } = await takeCalendar(context, id, published, signal)
    const isChanged = changed > 0 || row.state.changedAtMs === null
    keep(
      {
        ...state,
        leftOut,
        wasEmpty: false,
        validators: fetched.validators,
        changedAtMs: isChanged ? clock.now() : row.state.changedAtMs,
      },
      intervalOf({ ...row, state }),
    )
    return { outcome: changed > 0 ? 'changed' : 'unchanged', problem: null }
  } catch (error) {
    const problem = toFailure(error)
    if (problem.code === 'offline') return { outcome: 'waits', problem: null }
    if (problem.code === 'internal') log.error('a calendar could not be taken', { error })
    const failures = row.state.failures + 1
    keep({ ...row.state, failures, problem }, retryMs(intervalOf(row), failures, problem.retryable))
    return { outcome: 'failed', problem }
  }
}

/** Nothing at all where there was something is more often a fault than an end. It is believed when it comes twice. */
const isDoubtful = (
  { store }: RefreshContext,
  { calendarId, state }: SubscriptionRow,
  { objects }: PublishedCalendar,
): boolean => {
  if (objects.length > 0 || state.wasEmpty) return false
  for (const _ of store.calendars.objects(calendarId)) return true
  return false
}

/** One that was added offline bears the name of its host until it says its own. */
function nameFirst(
  { store }: RefreshContext,
  { calendarId, url, state }: SubscriptionRow,
  { name }: PublishedCalendar,
): void {
  const read = readCalendarAddress(url)
  const isNameless = !('refused' in read) && store.calendars.get(calendarId)?.name === read.host
  const isTaken = store.calendars.list().some(each => each.name.toLowerCase() === name.toLowerCase())
  if (isNameless && state.changedAtMs === null && name !== '' && !isTaken)
    store.calendars.change(calendarId, { name })
}
