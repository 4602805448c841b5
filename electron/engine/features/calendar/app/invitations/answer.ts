import {
  type LetterKind,
  type LetterLanguage,
  letterOf,
} from '../../../../../../shared/features/calendar/invitations/letter'
import type { ItipMethod } from '../../../../../../shared/features/calendar/invitations/model'
import type { CalendarId, EventId, ShownEvent } from '../../../../../../shared/features/calendar/model'
import type { CallOutput } from '../../../../../../shared/ipc/contract'
import type { AccountId, MessageId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import { noteChanges, type ObjectChange } from '../../../../kit/objects/note-changes'
import { requireAccount } from '../../../../kit/require'
import type { Known } from '../../../../ports/calendar/invitations'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import type { ReadyLetter } from '../../../../ports/writing/post'
import { requireWritable } from '../require'
import { canAnswer } from './look'
import {
  calendarFor,
  type Found,
  invitationsIn,
  type LookContext,
  ownAddresses,
  sameBytes,
} from './read-mail'

export type AnswerContext = LookContext & Needs<'post', 'tasks' | 'transaction'>
type Answered = CallOutput<'invitations.respond'>
type Which = Readonly<{ messageId: MessageId; uid: string; zone: string }>

/** The invitation that a call names. Throws `not-found`. */
export async function requireInvitation(
  context: LookContext,
  { messageId, uid, zone }: Which,
): Promise<Found> {
  const all = await invitationsIn(context, messageId, zone)
  const found = all.find(({ invitation }) => invitation.uid === uid)
  if (found === undefined) throw new SiegelError('not-found', { what: 'invitation' })
  return found
}

/** Throws `invitation-unusable` with the reason. */
function requireAnswerable(context: LookContext, found: Found, zone: string): void {
  const { judged, invitation } = found
  if (canAnswer(found, context.invitations, zone)) return
  const isOff =
    judged.kind === 'superseded' || judged.kind === 'already-there' || judged.kind === 'cancelled-before'
  throw new SiegelError('invitation-unusable', {
    reason:
      invitation.problem ??
      judged.refusal ??
      (isOff ? 'called-off' : invitation.me === 'organizer' ? 'own-event' : 'no-question'),
  })
}

/** Puts what is known now into the store, inside a transaction. What changed in a calendar, for the journal. */
export function keepKnown(
  context: Needs<never, 'calendars' | 'invitations'>,
  {
    accountId,
    stored,
    known,
    invitation: { uid },
  }: Pick<Found, 'accountId' | 'stored' | 'known'> & { invitation: { uid: string } },
  next: Known,
  calendarId: CalendarId | null,
): { eventId: EventId | null; change: ObjectChange | null } {
  const { calendars, invitations } = context.store
  invitations.keep(accountId, uid, next)
  const { bytes } = next
  if (bytes === null || sameBytes(bytes, known.bytes)) return { eventId: stored?.id ?? null, change: null }
  if (stored) {
    calendars.replace(stored.id, bytes)
    return { eventId: stored.id, change: { object: stored, before: stored.bytes, after: bytes } }
  }
  if (calendarId === null) throw new SiegelError('not-found', { what: 'calendar' })
  const eventId = calendars.add(calendarId, bytes)
  return { eventId, change: { object: { id: eventId, calendarId, uid }, before: null, after: bytes } }
}

/** Where it goes; throws `calendar-read-only`, `not-found`. */
export function placeFor(
  context: LookContext,
  { stored, accountId }: Found,
  asked: CalendarId | null,
): CalendarId | null {
  const id = stored?.calendarId ?? asked ?? calendarFor(context, accountId)
  if (id !== null) requireWritable(context, id)
  return id
}

const isRemote = ({ store }: LookContext, id: CalendarId | null): boolean =>
  id !== null && store.calendars.get(id)?.accountId != null

/** Whether the server of its calendar tells who invites what I answer (RFC 6638 §3.2.2). */
const sendsByItself = ({ store, invitations }: LookContext, { stored }: Pick<Found, 'stored'>): boolean =>
  stored !== null && store.calendars.schedules(stored.calendarId) && !invitations.isOursToSend(stored.bytes)

/** A letter of the account that is meant, from the address that was invited. */
export async function letterTo(
  context: AnswerContext,
  found: Found,
  letter: {
    kind: LetterKind
    method: ItipMethod
    bytes: Uint8Array
    to: readonly { address: string; name: string }[]
    comment: string
    language: LetterLanguage
    inClear: boolean
    answers: MessageId | null
    /** What its text says of when and where; missing: what the invitation says. */
    event?: ShownEvent | null
  },
): Promise<ReadyLetter> {
  const { accountId, invitation } = found
  const { config } = requireAccount(context, accountId)
  const { kind, method, bytes, language, comment } = letter
  return context.post.ready({
    accountId,
    from: fromAddress(context, accountId, invitation.myAddress),
    to: letter.to.map(({ name, address }) => ({ name, address })),
    ...letterOf(kind, language, {
      ...{
        title: invitation.title,
        who: config.displayName || config.address,
        event: letter.event === undefined ? invitation.event : letter.event,
        comment,
      },
    }),
    calendar: { method, bytes },
    answers: letter.answers,
    inClear: letter.inClear,
  })
}

/** The invited address where it is one that mail can be sent from, else the account's. */
function fromAddress(context: LookContext, accountId: AccountId, invited: string | null): string {
  const own = ownAddresses(context, accountId)[0]?.mine ?? []
  return own.find(each => each.toLowerCase() === invited?.toLowerCase()) ?? own[0] ?? ''
}

/** Answers of a guest. */
export function answerUseCases(
  context: AnswerContext,
): Pick<UseCases, 'invitations.respond' | 'invitations.counter' | 'invitations.delegate'> {
  const { store, invitations, clock } = context

  /** Stores, enqueues and sends: all of it or nothing. */
  const settle = async (
    found: Found,
    next: Known,
    options: {
      calendarId: CalendarId | null
      ready: ReadyLetter | null
      note: { status: string; comment: string } | null
      instances: readonly (number | null)[]
      sequence: number
    },
  ): Promise<Answered> => {
    const { invitation, accountId } = found
    const nowMs = clock.now()
    const { eventId, undoId, item } = store.transaction(() => {
      const { eventId, change } = keepKnown(context, found, next, options.calendarId)
      const item = options.ready?.enqueue() ?? null
      if (options.note)
        for (const instance of options.instances)
          store.invitations.answered(accountId, invitation.uid, {
            ...{ instance, attendee: invitation.myAddress ?? '', sequence: options.sequence, stampMs: nowMs },
            ...options.note,
            outboxId: item?.id ?? null,
          })
      const undoId = change ? noteChanges(context, 'invitations.respond', [change]) : null
      return { eventId, undoId, item }
    })
    const mail = item && options.ready ? await options.ready.start(item) : null
    return { eventId, undoId, mail }
  }

  const respond = async (
    input: Which & {
      calendarId: CalendarId | null
      comment: string
      inClear: boolean
      language: LetterLanguage
      byMail: boolean
    },
    answer: { kind: LetterKind; status: string; delegate?: string },
  ): Promise<Answered> => {
    const { zone, comment, messageId } = input
    const found = await requireInvitation(context, input)
    requireAnswerable(context, found, zone)
    const { invitation, judged, accountId } = found
    const calendarId = placeFor(context, found, input.calendarId)
    const instances = judged.instances.length === 0 ? [null] : judged.instances
    const { mine, myAddress, organizer } = invitation
    const { delegate } = answer
    const answered = invitations.withAnswer(judged.next, instances, {
      ...{ status: answer.status, mine, zone },
      ...(delegate === undefined ? {} : { delegate }),
    })
    // Where the server of the calendar has the invitation, its answer goes with the object, and a second one by mail would be one too many.
    const isServed = !input.byMail && sendsByItself(context, found)
    const isNewThere = found.stored === null && isRemote(context, calendarId)
    const next =
      isNewThere && answered.bytes ? { ...answered, bytes: invitations.byMail(answered.bytes) } : answered
    if (next.bytes === null) throw new SiegelError('invitation-unusable', { reason: 'no-question' })
    const address = myAddress ?? requireAccount(context, accountId).config.address
    const speaking = { bytes: next.bytes, instances, zone, nowMs: clock.now(), comment }
    const ready =
      organizer === null || isServed
        ? null
        : await letterTo(context, found, {
            ...{ kind: answer.kind, method: 'REPLY' as const, to: [organizer], comment, answers: messageId },
            ...{ language: input.language, inClear: input.inClear },
            bytes: invitations.reply(speaking, {
              ...{ address, status: answer.status },
              ...(delegate === undefined ? {} : { delegate }),
            }),
          })
    const [instance = null] = instances
    const sequence = invitations.ownPart(next.bytes, instance, mine, zone)?.sequence ?? 0
    const done = await settle(found, next, {
      ...{ calendarId, ready, instances, sequence },
      note: { status: answer.status, comment },
    })
    if (delegate === undefined) return done
    // Whoever it is handed on to gets the invitation itself (RFC 5546 §3.2.2.3).
    const handed = await letterTo(context, found, {
      ...{ kind: 'invitation' as const, method: 'REQUEST' as const, to: [{ address: delegate, name: '' }] },
      ...{ comment, answers: messageId, language: input.language, inClear: input.inClear },
      bytes: invitations.request({ ...speaking, comment: '' }, { from: address, to: delegate }),
    })
    await handed.start(store.transaction(() => handed.enqueue()))
    return done
  }

  return {
    'invitations.respond': ({ answer, ...input }) =>
      respond(input, { kind: answer, status: answer.toUpperCase() }),
    'invitations.delegate': ({ to, ...input }) =>
      respond(input, { kind: 'delegated', status: 'DELEGATED', delegate: to }),
    'invitations.counter': async ({ start, end, ...input }) => {
      const found = await requireInvitation(context, input)
      requireAnswerable(context, found, input.zone)
      const { invitation, judged } = found
      const { organizer } = invitation
      if (organizer === null || judged.next.bytes === null)
        throw new SiegelError('invitation-unusable', { reason: 'no-organizer' })
      const instances = judged.instances.length === 0 ? [null] : judged.instances
      const speaking = {
        ...{
          bytes: judged.next.bytes,
          instances,
          zone: input.zone,
          nowMs: clock.now(),
          comment: input.comment,
        },
      }
      const bytes = invitations.counter(speaking, { start, end })
      const ready = await letterTo(context, found, {
        ...{ kind: 'counter' as const, method: 'COUNTER' as const, to: [organizer], comment: input.comment },
        ...{ bytes, language: input.language, inClear: input.inClear, answers: input.messageId },
        event: invitations.shown(bytes, null, input.zone),
      })
      // A proposal changes nothing here: what comes of it comes as a new version.
      return settle(found, judged.seen, {
        ...{ calendarId: null, ready, note: null, instances, sequence: 0 },
      })
    },
  }
}
