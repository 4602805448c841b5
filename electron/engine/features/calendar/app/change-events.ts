import type { CalendarId, EventId } from '../../../../../shared/features/calendar/model'
import { SiegelError } from '../../../../../shared/kit/result'
import { newUid } from '../../../kit/objects/new-uid'
import type { EditedBytes, EditFacts } from '../../../ports/calendar/calendar-objects'
import type { StoredObject } from '../../../ports/calendar/calendar-store'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { requireEvent, requireWritable } from './require'
import { noteChanges, type ObjectChange } from './undo'

type Context = Needs<
  'calendarObjects' | 'clock' | 'random',
  'accounts' | 'calendars' | 'tasks' | 'transaction'
>

/** What an edit is made with. Others' events keep their SEQUENCE: a guest never raises it. */
function factsFor({ store, clock, calendarObjects }: Context, bytes: Uint8Array | null): EditFacts {
  const people = store.accounts.list().map(({ config }) => config)
  const inviter = bytes && calendarObjects.organizer(bytes)
  const [own] = people.filter(({ services }) => services.mail !== undefined)
  return {
    nowMs: clock.now(),
    raisesSequence:
      inviter === null || people.some(({ address }) => address.toLowerCase() === inviter.toLowerCase()),
    organizer: own ? { address: own.address, name: own.displayName } : null,
  }
}

/** Puts what an edit made into the store, with its entry in the journal. */
function keep(context: Context, label: string, object: StoredObject, edited: EditedBytes) {
  const { store } = context
  return store.transaction(() => {
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
    return { eventIds, dropped: edited.dropped, undoId: noteChanges(context, label, changes) }
  })
}

/** Adding, changing and removing events by hand. */
export function eventChangeUseCases(
  context: Context,
): Pick<UseCases, 'events.add' | 'events.change' | 'events.remove' | 'events.move'> {
  const { store, calendarObjects } = context
  return {
    'events.add': ({ calendarId, fields }) => {
      requireWritable(context, calendarId)
      const uid = newUid(context)
      const bytes = calendarObjects.create(fields, uid, factsFor(context, null))
      return store.transaction(() => {
        const id = store.calendars.add(calendarId, bytes)
        const change: ObjectChange = { object: { id, calendarId, uid }, before: null, after: bytes }
        return { eventIds: [id], dropped: 0, undoId: noteChanges(context, 'events.add', [change]) }
      })
    },
    'events.change': ({ eventId, fields, ...place }) => {
      const object = requireEvent(context, eventId)
      requireWritable(context, object.calendarId)
      const facts = factsFor(context, object.bytes)
      const edited = calendarObjects.change(object.bytes, place, fields, newUid(context), facts)
      return keep(context, 'events.change', object, edited)
    },
    'events.remove': ({ eventId, ...place }) => {
      const object = requireEvent(context, eventId)
      requireWritable(context, object.calendarId)
      const edited = calendarObjects.remove(object.bytes, place, factsFor(context, object.bytes))
      return keep(context, 'events.remove', object, edited)
    },
    'events.move': ({ eventId, calendarId }) => move(context, requireEvent(context, eventId), calendarId),
  }
}

/** A new object there and none here: on a server that is how both calendars learn of it. */
function move(context: Context, object: StoredObject, calendarId: CalendarId) {
  const { store, calendarObjects } = context
  const from = requireWritable(context, object.calendarId)
  const to = requireWritable(context, calendarId)
  if (from.id === to.id) return { eventIds: [object.id], dropped: 0, undoId: null }
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
    return { eventIds: [id], dropped: 0, undoId: noteChanges(context, 'events.move', changes) }
  })
}
