import {
  type LetterKind,
  type LetterLanguage,
  letterOf,
} from '../../../../../../shared/features/calendar/invitations/letter'
import type { CalendarId } from '../../../../../../shared/features/calendar/model'
import type { OutboxItem } from '../../../../../../shared/features/writing/model'
import { SiegelError } from '../../../../../../shared/kit/result'
import { requireAccount } from '../../../../kit/require'
import type { ItipMail } from '../../../../ports/calendar/invitations'
import type { Needs } from '../../../../ports/parts'
import type { ReadyLetter } from '../../../../ports/writing/post'
import { ownAddresses } from './read-mail'

/** How guests are told of a change. */
export type Telling = Readonly<{ language: LetterLanguage; comment: string; inClear: boolean; zone: string }>

type Context = Needs<'clock' | 'invitations' | 'post', 'accounts'>

/** An object before and after a change. */
export type Changed = Readonly<{ before: Uint8Array | null; after: Uint8Array | null }>

/** Whose event it is: the account of mine that invites; null where I am not the organiser. */
function inviting(context: Context, { before, after }: Changed) {
  const bytes = after ?? before
  const organizer = bytes && context.invitations.organizer(bytes)
  if (!organizer) return null
  const isIt = (each: string): boolean => each.toLowerCase() === organizer.address.toLowerCase()
  return ownAddresses(context, null).find(({ mine }) => mine.some(isIt)) ?? null
}

/** After a change of when or where it takes place the answers of before say nothing more: guests are asked again. */
export function asksAgain(context: Context, change: Changed, zone: string): Uint8Array | null {
  const own = inviting(context, change)
  const { before, after } = change
  return own && before && after ? context.invitations.asked(before, after, own.mine, zone) : after
}

/** Whether the server of its calendar tells the guests of an event of mine by itself (RFC 6638 §3.2.1). */
export const isServerTelling = (
  { store, invitations }: Needs<'invitations', 'calendars'>,
  calendarId: CalendarId,
  bytes: Uint8Array | null,
): boolean => store.calendars.schedules(calendarId) && !(bytes !== null && invitations.guestsAreOurs(bytes))

/**
 * An event as it is kept where nobody is to be told (`isQuiet`) or where its guests hear by mail: a server that schedules is told so with the first copy that it gets. What
 * it sends for already cannot be held back: then `server-tells-guests` is thrown.
 */
export function keptFromServer(
  context: Context & Needs<'calendarObjects', 'calendars'>,
  calendarId: CalendarId,
  change: Changed,
  { isQuiet, zone }: { isQuiet: boolean; zone: string },
): Uint8Array | null {
  const { store, invitations, calendarObjects, clock } = context
  const { before, after } = change
  const own = store.calendars.schedules(calendarId) ? inviting(context, change) : null
  if (own === null) return after
  const hadGuests = before !== null && calendarObjects.hasGuests(before)
  if (hadGuests && invitations.guestsAreOurs(before)) return after && invitations.guestsByMail(after)
  if (!isQuiet) return after
  if (!hadGuests) return after && invitations.guestsByMail(after)
  if (invitations.mails(change, { mine: own.mine, zone, nowMs: clock.now(), comment: '' }).length > 0)
    throw new SiegelError('server-tells-guests')
  return after
}

const kindOf = ({ method }: ItipMail, { before, after }: Changed): LetterKind =>
  method === 'CANCEL'
    ? after === null
      ? 'cancelled'
      : 'uninvited'
    : before === null
      ? 'invitation'
      : 'update'

/** Letters to the guests, ready to be sent. Throws what `Post.ready` throws, before anything is kept. */
export async function lettersToGuests(
  context: Context,
  changes: readonly Changed[],
  { language, comment, inClear, zone }: Telling,
): Promise<readonly ReadyLetter[]> {
  const { clock, invitations, post } = context
  const letters: ReadyLetter[] = []
  for (const change of changes) {
    const own = inviting(context, change)
    if (own === null) continue
    const { config } = requireAccount(context, own.id)
    const mails = invitations.mails(change, { mine: own.mine, zone, nowMs: clock.now(), comment })
    for (const mail of mails) {
      const event = invitations.shown((change.after ?? change.before) as Uint8Array, null, zone)
      const about = { title: event?.title ?? '', who: config.displayName || config.address, event, comment }
      const { method, bytes } = mail
      // One letter each: a guest need not learn of others by the header, and each is encrypted if that one can read it.
      for (const to of mail.to)
        letters.push(
          await post.ready({
            ...{ accountId: own.id, from: own.mine[0] ?? config.address, to: [to] },
            ...letterOf(kindOf(mail, change), language, about),
            ...{ calendar: { method, bytes }, answers: null, inClear },
          }),
        )
    }
  }
  return letters
}

/** The event as it is, by mail to these guests alone. */
export async function invitationsTo(
  context: Context,
  bytes: Uint8Array,
  guests: readonly string[],
  { language, comment, inClear, zone }: Telling,
): Promise<readonly ReadyLetter[]> {
  const { clock, invitations, post } = context
  const own = inviting(context, { before: null, after: bytes })
  if (own === null) return []
  const { config } = requireAccount(context, own.id)
  const event = invitations.shown(bytes, null, zone)
  const about = { title: event?.title ?? '', who: config.displayName || config.address, event, comment }
  const request = invitations.request({ bytes, instances: [null], zone, nowMs: clock.now(), comment })
  return Promise.all(
    guests.map(address =>
      post.ready({
        ...{ accountId: own.id, from: own.mine[0] ?? config.address, to: [{ address, name: '' }] },
        ...letterOf('invitation', language, about),
        ...{ calendar: { method: 'REQUEST', bytes: request }, answers: null, inClear },
      }),
    ),
  )
}

/** Brings them on their way. */
export async function startAll(
  letters: readonly ReadyLetter[],
  items: readonly OutboxItem[],
): Promise<OutboxItem[]> {
  const sent: OutboxItem[] = []
  for (const [at, letter] of letters.entries()) {
    const item = items[at]
    if (item) sent.push(await letter.start(item))
  }
  return sent
}
