import type { Invitation, MyAnswer } from '../../../../../../shared/features/calendar/invitations/model'
import type { EventInstance } from '../../../../../../shared/features/calendar/model'
import type { MessageId } from '../../../../../../shared/kit/ids'
import type { UseCases } from '../../../../ports/use-cases'
import { takesMyTime } from './own-busy'
import { calendarFor, type Found, invitationsIn, type LookContext, sameBytes } from './read-mail'

/** Events beside an invitation that are named. */
const mostConflicts = 20

/** What else takes place then, that takes time of mine. */
function conflictsOf(
  { store }: LookContext,
  { invitation, stored, accountId }: Found,
  zone: string,
): EventInstance[] {
  const mine = new Set(
    store.calendars
      .list()
      .filter(({ owner }) => owner === '')
      .map(({ id }) => id),
  )
  const own = new Set([store.accounts.get(accountId)?.config.address.toLowerCase() ?? ''])
  const isBusy = (event: EventInstance): boolean =>
    mine.has(event.calendarId) &&
    event.uid !== invitation.uid &&
    event.id !== stored?.id &&
    takesMyTime(event, own)
  const found = new Map<string, EventInstance>()
  for (const { startMs, endMs } of invitation.spans()) {
    const { events } = store.calendars.between({ fromMs: startMs, toMs: endMs, zone, calendarIds: null })
    for (const event of events) if (isBusy(event)) found.set(`${event.id} ${event.instance}`, event)
    if (found.size >= mostConflicts) break
  }
  return [...found.values()].slice(0, mostConflicts)
}

/** My last answer, and what became of the mail with it. */
function myAnswerOf({ store, invitations }: LookContext, found: Found, zone: string): MyAnswer | null {
  const { invitation, accountId, judged, known } = found
  // Of a version that asks again the answer to the one before says nothing.
  if (invitation.me !== 'guest' || (judged.needs === 'answer' && judged.changes.length > 0)) return null
  const [instance = null] = judged.instances
  const given = store.invitations
    .mine(accountId, invitation.uid)
    .findLast(each => each.instance === instance || each.instance === null)
  const here = known.bytes && invitations.ownPart(known.bytes, instance, invitation.mine, zone)
  if (given && (here === null || here.status === given.status || here.status === null)) {
    const { outboxId } = given
    const sending = outboxId === null ? null : (store.outbox.get(outboxId)?.state ?? 'gone')
    // Taken back, with what it did here.
    if (here === null && sending === 'gone') return null
    return { status: given.status, comment: given.comment, atMs: given.stampMs, sending, outboxId }
  }
  if (!here?.status || here.status === 'NEEDS-ACTION') return null
  return { status: here.status, comment: '', atMs: 0, sending: null, outboxId: null }
}

/** Whether an answer to it means something: see `Invitation.canAnswer`. */
export function canAnswer(
  { invitation, judged }: Found,
  invitations: LookContext['invitations'],
  zone: string,
): boolean {
  const { method, problem, kind, me, mine } = invitation
  if (problem !== null || kind !== 'VEVENT' || me === 'organizer') return false
  if (method !== 'REQUEST' && method !== 'ADD') return false
  if (['refused', 'inert', 'unsupported', 'cancelled-before', 'refresh-first'].includes(judged.kind))
    return false
  if (judged.next.bytes === null) return false
  const [instance = null] = judged.instances
  const own = invitations.ownPart(judged.next.bytes, instance, mine, zone)
  return own !== null && !own.isCancelled
}

/** What its server says of the answer that went with the object. */
function deliveryOf({ invitations }: LookContext, { invitation, stored }: Found): Invitation['delivery'] {
  if (invitation.me !== 'guest' || stored === null) return null
  const organizer = invitation.organizer?.address.toLowerCase()
  const found = invitations.deliveries(stored.bytes).find(({ address }) => address === organizer)
  return found ? { code: found.code, isFailed: found.isFailed } : null
}

function shown(context: LookContext, messageId: MessageId, found: Found, zone: string): Invitation {
  const { invitation, judged, stored, known, accountId } = found
  const { uid, method, problem, title, organizer, me, myAddress, allowsCounter, warnings, whoStatus } =
    invitation
  const { kind, refusal, needs, instances, changes, who, comment } = judged
  const [instance = null] = instances
  const isAnswered = canAnswer(found, context.invitations, zone)
  return {
    ...{ messageId, uid, method, problem, title, organizer, me, myAddress, allowsCounter, whoStatus },
    ...{ kind, refusal, needs, who, comment },
    event: invitation.event ?? (known.bytes && context.invitations.shown(known.bytes, instance, zone)),
    instances: [...instances],
    changes: [...changes],
    warnings: [...warnings],
    canAnswer: isAnswered,
    stored: stored && { eventId: stored.id, calendarId: stored.calendarId },
    isApplied: known.bytes !== null && sameBytes(known.bytes, judged.next.bytes),
    myAnswer: myAnswerOf(context, found, zone),
    delivery: deliveryOf(context, found),
    calendarId: stored?.calendarId ?? calendarFor(context, accountId),
    conflicts: isAnswered || method === 'COUNTER' ? conflictsOf(context, found, zone) : [],
  }
}

/** What a mail asks for, and nothing else. */
export function lookUseCases(context: LookContext): Pick<UseCases, 'invitations.look'> {
  return {
    'invitations.look': async ({ messageId, zone }) =>
      (await invitationsIn(context, messageId, zone)).map(found => shown(context, messageId, found, zone)),
  }
}
