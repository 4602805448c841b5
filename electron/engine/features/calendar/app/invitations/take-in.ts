import type { EventId } from '../../../../../../shared/features/calendar/model'
import type { MessageId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import { noteChanges } from '../../../../kit/objects/note-changes'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { type AnswerContext, keepKnown, letterTo, placeFor, requireInvitation } from './answer'
import { type Found, invitationsIn, type LookContext, sameBytes } from './read-mail'

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
): Pick<UseCases, 'invitations.takeIn' | 'invitations.apply'> {
  const { store, invitations, clock } = context
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
      const before = found.stored?.bytes ?? null
      // Others hear of a time that was taken over as of any change by who invites.
      const mails =
        judged.kind === 'counter'
          ? invitations.mails(
              { before, after: judged.next.bytes },
              { mine: invitation.mine, zone: input.zone, nowMs: clock.now(), comment: '' },
            )
          : []
      const letters = await Promise.all(
        mails.map(({ method, to, bytes }) =>
          letterTo(context, found, {
            ...{
              kind: method === 'CANCEL' ? ('cancelled' as const) : ('update' as const),
              method,
              to,
              bytes,
            },
            ...{ comment: '', language: input.language, inClear: input.inClear, answers: null },
          }),
        ),
      )
      if (sameBytes(known.bytes, judged.next.bytes) && letters.length === 0)
        return { eventId: found.stored?.id ?? null, mail: null, undoId: null }
      const done = store.transaction(() => {
        const { eventId, change } = keepKnown(context, found, judged.next, calendarId)
        const undoId = change ? noteChanges(context, 'invitations.apply', [change]) : null
        return { eventId, undoId, items: letters.map(each => ({ each, item: each.enqueue() })) }
      })
      const sent = await Promise.all(done.items.map(({ each, item }) => each.start(item)))
      return { eventId: done.eventId, undoId: done.undoId, mail: sent[0] ?? null }
    },
  }
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
