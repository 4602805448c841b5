import type { EventId } from '../../../../../../shared/features/calendar/model'
import type { MessageId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import { noteChanges } from '../../../../kit/objects/note-changes'
import type { Known } from '../../../../ports/calendar/invitations'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import type { ReadyLetter } from '../../../../ports/writing/post'
import { type AnswerContext, keepKnown, letterTo, placeFor, requireInvitation } from './answer'
import { type Found, invitationsIn, type LookContext, sameBytes } from './read-mail'
import { isServerTelling } from './tell-guests'

/** Mail that nobody meant for me, or that I wrote, says nothing by itself. */
const quiet: readonly string[] = ['junk', 'drafts', 'sent', 'trash']

export type TakeInContext = LookContext & Needs<never, 'tasks' | 'transaction'>

/** Takes in what a mail brings that asks nothing: answers, what changes without a question, what is called off. The events that changed. */
export async function takeIn(context: TakeInContext, messageId: MessageId, zone: string): Promise<EventId[]> {
  const { store } = context
  const location = store.messages.location(messageId)
  const mailbox = location && store.mailboxes.row(location.mailboxId)
  if (mailbox && quiet.includes(mailbox.role)) return []
  const changed: EventId[] = []
  for (const found of await invitationsIn(context, messageId, zone)) {
    if (found.invitation.problem !== null) continue
    const { judged, known } = found
    const isByItself = judged.needs === 'nothing' && isWritable(context, found)
    const next = isByItself ? judged.next : { ...judged.seen, bytes: known.bytes }
    if (
      next.received === known.received &&
      next.answers === known.answers &&
      sameBytes(next.bytes, known.bytes)
    )
      continue
    store.transaction(() => {
      const { eventId, change } = keepKnown(context, found, next, null)
      if (change) noteChanges(context, 'invitations.takeIn', [change])
      if (change && eventId !== null) changed.push(eventId)
    })
  }
  return changed
}

const isWritable = ({ store }: LookContext, { stored }: Found): boolean =>
  stored === null || store.calendars.get(stored.calendarId)?.isReadOnly === false

/** What is taken in by itself, and what by a click. */
export function takeInUseCases(
  context: AnswerContext,
): Pick<UseCases, 'invitations.takeIn' | 'invitations.apply' | 'invitations.declineCounter'> {
  const { store } = context
  return {
    'invitations.takeIn': async ({ messageId, zone }) => ({
      eventIds: await takeIn(context, messageId, zone),
    }),
    'invitations.apply': async input => {
      const found = await requireInvitation(context, input)
      const { judged, known, invitation } = found
      if (invitation.problem !== null || judged.kind === 'refused')
        throw new SiegelError('invitation-unusable', {
          reason: invitation.problem ?? judged.refusal ?? 'no-question',
        })
      if (judged.kind === 'refresh') return answerRefresh(context, found, input)
      const calendarId = placeFor(context, found, input.calendarId)
      const next = judged.kind === 'counter' ? moved(context, found, input.zone) : judged.next
      const letters = judged.kind === 'counter' ? await lettersOf(context, found, next, input) : []
      if (sameBytes(known.bytes, next.bytes) && letters.length === 0)
        return { eventId: found.stored?.id ?? null, mail: null, undoId: null }
      const done = store.transaction(() => {
        const { eventId, change } = keepKnown(context, found, next, calendarId)
        const undoId = change ? noteChanges(context, 'invitations.apply', [change]) : null
        return { eventId, undoId, items: letters.map(each => ({ each, item: each.enqueue() })) }
      })
      const sent = await Promise.all(done.items.map(({ each, item }) => each.start(item)))
      return { eventId: done.eventId, undoId: done.undoId, mail: sent[0] ?? null }
    },
    'invitations.declineCounter': async input =>
      declineCounter(context, await requireInvitation(context, input), input),
  }
}

/** A proposed time as it is taken over: what guests said of the time before says nothing of it. */
function moved({ invitations }: AnswerContext, { judged, stored, invitation }: Found, zone: string): Known {
  const { next } = judged
  if (stored === null || next.bytes === null) return next
  return { ...next, bytes: invitations.asked(stored.bytes, next.bytes, invitation.mine, zone) }
}

/** Others hear of a time that was taken over as of any change by who invites: each by a letter of their own, or from the server of the calendar. */
async function lettersOf(
  context: AnswerContext,
  found: Found,
  next: Known,
  { zone, language, inClear }: { zone: string; language: 'en' | 'de'; inClear: boolean },
): Promise<readonly ReadyLetter[]> {
  const { invitations, clock } = context
  const { stored, invitation } = found
  if (stored !== null && isServerTelling(context, stored.calendarId, stored.bytes)) return []
  const mails = invitations.mails(
    { before: stored?.bytes ?? null, after: next.bytes },
    { mine: invitation.mine, zone, nowMs: clock.now(), comment: '' },
  )
  const letters = mails.flatMap(({ method, to, bytes }) =>
    to.map(guest => ({
      ...{ kind: method === 'CANCEL' ? ('cancelled' as const) : ('update' as const), method, bytes },
      ...{ to: [guest], comment: '', language, inClear, answers: null },
    })),
  )
  return Promise.all(letters.map(letter => letterTo(context, found, letter)))
}

/** DECLINECOUNTER (RFC 5546 §3.2.8): the event stays as it is. */
async function declineCounter(
  context: AnswerContext,
  found: Found,
  input: { zone: string; language: 'en' | 'de'; inClear: boolean; messageId: MessageId; comment: string },
) {
  const { judged, known, stored, invitation } = found
  if (invitation.problem !== null || (judged.kind !== 'counter' && judged.kind !== 'counter-to-old'))
    throw new SiegelError('invitation-unusable', {
      reason: invitation.problem ?? judged.refusal ?? 'no-question',
    })
  if (known.bytes === null || judged.who === '')
    throw new SiegelError('invitation-unusable', { reason: 'unknown-event' })
  const { zone, comment, language, inClear, messageId } = input
  const instances = judged.instances.length === 0 ? [null] : judged.instances
  const speaking = { bytes: known.bytes, instances, zone, nowMs: context.clock.now(), comment }
  const letter = await letterTo(context, found, {
    ...{ kind: 'counter-declined' as const, method: 'DECLINECOUNTER' as const, comment, language, inClear },
    ...{ bytes: context.invitations.declineCounter(speaking, judged.who), answers: messageId },
    to: [{ address: judged.who, name: '' }],
    // When it is, and not when it was proposed to be.
    event: context.invitations.shown(known.bytes, instances[0] ?? null, zone),
  })
  const mail = await letter.start(context.store.transaction(() => letter.enqueue()))
  return { eventId: stored?.id ?? null, undoId: null, mail }
}

/** REFRESH (RFC 5546 §3.2.6): the event as it is, once more to who asks. */
async function answerRefresh(
  context: AnswerContext,
  found: Found,
  input: { zone: string; language: 'en' | 'de'; inClear: boolean },
) {
  const { judged, known, stored } = found
  if (known.bytes === null) throw new SiegelError('invitation-unusable', { reason: 'unknown-event' })
  const bytes = context.invitations.request({
    ...{ bytes: known.bytes, instances: [null], zone: input.zone, nowMs: context.clock.now(), comment: '' },
  })
  const letter = await letterTo(context, found, {
    ...{ kind: 'invitation' as const, method: 'REQUEST' as const, bytes, comment: '', answers: null },
    ...{ to: [{ address: judged.who, name: '' }], language: input.language, inClear: input.inClear },
  })
  const mail = await letter.start(context.store.transaction(() => letter.enqueue()))
  return { eventId: stored?.id ?? null, undoId: null, mail }
}
