import { hasMailServer } from '../../../../../shared/features/accounts/services'
import type { CalendarId, EventId } from '../../../../../shared/features/calendar/model'
import type { CallOutput } from '../../../../../shared/ipc/contract'
import { SiegelError } from '../../../../../shared/kit/result'
import { newUid } from '../../../kit/objects/new-uid'
import { noteChanges, type ObjectChange } from '../../../kit/objects/note-changes'
import type { EditedBytes, EditFacts } from '../../../ports/calendar/calendar-objects'
import type { StoredObject } from '../../../ports/calendar/calendar-store'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { sameBytes } from './invitations/read-mail'
import {
  asksAgain,
  isServerTelling,
  keptFromServer,
  lettersToGuests,
  startAll,
  type Telling,
} from './invitations/tell-guests'
import { requireEvent, requireWritable } from './require'

type Context = Needs<
  'calendarObjects' | 'clock' | 'invitations' | 'post' | 'random',
  'accounts' | 'calendars' | 'tasks' | 'transaction'
>
type Told = Omit<Telling, 'zone'> | null

/** What an edit is made with. Others' events keep their SEQUENCE: a guest never raises it. Who invites is the account of the calendar. */
function factsFor(
  { store, clock, calendarObjects }: Context,
  bytes: Uint8Array | null,
  calendarId: CalendarId,
): EditFacts {
  const accounts = store.accounts.list()
  const inviter = bytes && calendarObjects.organizer(bytes)
  const at = store.calendars.get(calendarId)?.accountId ?? null
  const senders = accounts.filter(({ config }) => config.services.mail !== undefined)
  // One that cannot send is asked last: nobody would hear of it.
  const served = store.calendars.schedules(calendarId) ? accounts.find(({ id }) => id === at) : undefined
  const own =
    served ??
    senders.find(({ id }) => id === at) ??
    senders.find(account => hasMailServer(account)) ??
    senders[0]
  return {
    nowMs: clock.now(),
    raisesSequence:
      inviter === null ||
      accounts.some(({ config }) => config.address.toLowerCase() === inviter.toLowerCase()),
    organizer: own ? { address: own.config.address, name: own.config.displayName } : null,
  }
}

/** Puts what an edit made into the store, with its entry in the journal, and tells guests where that is wanted. */
async function keep(
  context: Context,
  label: string,
  object: StoredObject,
  edit: EditedBytes,
  zone: string,
  told: Told,
): Promise<CallOutput<'events.change'>> {
  const { store } = context
  const change = { before: object.bytes, after: edit.bytes }
  const asked = told === null ? edit.bytes : asksAgain(context, change, zone)
  const how = { isQuiet: told === null, zone }
  const kept = keptFromServer(context, object.calendarId, { before: object.bytes, after: asked }, how)
  const edited = { ...edit, bytes: kept }
  const more = edited.more === null ? [] : [{ before: null, after: edited.more }]
  const letters =
    told === null || isServerTelling(context, object.calendarId, kept ?? object.bytes)
      ? []
      : await lettersToGuests(context, [{ before: object.bytes, after: edited.bytes }, ...more], {
          ...told,
          zone,
        })
  const { items, ...done } = store.transaction(() => {
    // Encrypting takes a moment: what came in between is not overwritten.
    if (!sameBytes(store.calendars.object(object.id)?.bytes ?? null, object.bytes))
      throw new SiegelError('conflict', { what: 'event' })
    const changes: ObjectChange[] = [{ object, before: object.bytes, after: edited.bytes }]
    const eventIds: EventId[] = []
    if (edited.bytes === null) store.calendars.removeObject(object.id)
    else {
      store.calendars.replace(object.id, edited.bytes)
      eventIds.push(object.id)
    }
    if (edited.more !== null) {
      const id = store.calendars.add(object.calendarId, edited.more)
      eventIds.push(id)
      changes.push({ object: { ...object, id }, before: null, after: edited.more })
    }
    const items = letters.map(each => each.enqueue())
    return { eventIds, dropped: edited.dropped, undoId: noteChanges(context, label, changes), items }
  })
  return { ...done, mails: await startAll(letters, items) }
}

/** Adding, changing and removing events by hand. */
export function eventChangeUseCases(
  context: Context,
): Pick<UseCases, 'events.add' | 'events.change' | 'events.remove' | 'events.move'> {
  const { store, calendarObjects } = context
  return {
    'events.add': async ({ calendarId, fields, tells }) => {
      requireWritable(context, calendarId)
      const uid = newUid(context)
      const made = calendarObjects.create(fields, uid, factsFor(context, null, calendarId))
      const how = { isQuiet: tells === null, zone: 'UTC' }
      const bytes = keptFromServer(context, calendarId, { before: null, after: made }, how) ?? made
      const letters =
        tells === null || isServerTelling(context, calendarId, bytes)
          ? []
          : await lettersToGuests(context, [{ before: null, after: bytes }], { ...tells, zone: 'UTC' })
      const { items, ...done } = store.transaction(() => {
        const id = store.calendars.add(calendarId, bytes)
        const change: ObjectChange = { object: { id, calendarId, uid }, before: null, after: bytes }
        const undoId = noteChanges(context, 'events.add', [change])
        return { eventIds: [id], dropped: 0, undoId, items: letters.map(each => each.enqueue()) }
      })
      return { ...done, mails: await startAll(letters, items) }
    },
    'events.change': ({ eventId, fields, tells, ...place }) => {
      const object = requireEvent(context, eventId)
      requireWritable(context, object.calendarId)
      const facts = factsFor(context, object.bytes, object.calendarId)
      const edited = calendarObjects.change(object.bytes, place, fields, newUid(context), facts)
      return keep(context, 'events.change', object, edited, place.zone, tells)
    },
    'events.remove': ({ eventId, tells, ...place }) => {
      const object = requireEvent(context, eventId)
      requireWritable(context, object.calendarId)
      const facts = factsFor(context, object.bytes, object.calendarId)
      const edited = calendarObjects.remove(object.bytes, place, facts)
      return keep(context, 'events.remove', object, edited, place.zone, tells)
    },
    'events.move': ({ eventId, calendarId }) => move(context, requireEvent(context, eventId), calendarId),
  }
}

/** A new object there and none here: on a server that is how both calendars learn of it. */
function move(context: Context, object: StoredObject, calendarId: CalendarId) {
  const { store, calendarObjects } = context
  const from = requireWritable(context, object.calendarId)
  const to = requireWritable(context, calendarId)
  if (from.id === to.id) return { eventIds: [object.id], dropped: 0, undoId: null, mails: [] }
  // A server that schedules tells the guests of a deletion (RFC 6638 §3.2.1.3).
  if (from.accountId !== null && calendarObjects.hasGuests(object.bytes))
    throw new SiegelError('event-guests-stay')
  if (store.calendars.byUid(to.id, object.uid, 'VEVENT').length > 0)
    throw new SiegelError('event-there-already', { name: to.name })
  return store.transaction(() => {
    store.calendars.removeObject(object.id)
    const id = store.calendars.add(to.id, object.bytes)
    const changes: ObjectChange[] = [
      { object, before: object.bytes, after: null },
      { object: { ...object, id, calendarId: to.id }, before: null, after: object.bytes },
    ]
    return { eventIds: [id], dropped: 0, undoId: noteChanges(context, 'events.move', changes), mails: [] }
  })
}
