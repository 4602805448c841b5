import type {
  CalendarId,
  CalendarSummary,
  EventDetail,
  EventId,
  EventInstance,
} from '../../../../shared/features/calendar/model'
import type { RemoteCollections } from '../dav/remote-objects'
import type { TodoFacts } from './todos'

/** A stored object with its bytes. */
export type StoredObject = Readonly<{ id: EventId; calendarId: CalendarId; uid: string; bytes: Uint8Array }>

/** A to-do with what is known of it. */
export type IndexedTodo = Readonly<{ id: EventId; calendarId: CalendarId; facts: TodoFacts }>

/** A stretch of time as somebody looks at it. */
type Span = Readonly<{
  fromMs: number
  /** The first moment that no longer belongs to it. */
  toMs: number
  /** The zone of whoever looks. */
  zone: string
  /** Null: all. */
  calendarIds: readonly CalendarId[] | null
}>

/** Calendars and the objects in them. The bytes of an object are what is kept; all that is asked of it is read of them, or of an index beside. */
export type CalendarStore = RemoteCollections & {
  /** Its server sends invitations and answers by itself (RFC 6638). */
  schedules(id: CalendarId): boolean
  list(): readonly CalendarSummary[]
  get(id: CalendarId): CalendarSummary | null
  /** On this machine only. */
  addLocal(calendar: { name: string; colour: string }): CalendarSummary
  /** The one of birthdays; there is one at most. */
  addOfPeople(colour: string): CalendarSummary
  change(
    id: CalendarId,
    change: { name?: string | undefined; colour?: string | undefined; isVisible?: boolean | undefined },
  ): CalendarSummary
  /** With all that is in it. */
  remove(id: CalendarId): void

  object(id: EventId): StoredObject | null
  /** Objects of that UID and kind, oldest first. */
  byUid(calendarId: CalendarId, uid: string, kind: string): readonly EventId[]
  /** All objects of a calendar, one after the other. */
  objects(calendarId: CalendarId): Iterable<Uint8Array>
  /** All objects of a calendar with their numbers. */
  stored(calendarId: CalendarId): Iterable<StoredObject>
  add(calendarId: CalendarId, bytes: Uint8Array): EventId
  /** Puts bytes in the place of an object's. Of a calendar on a server what was there before stays as the base of a merge. */
  replace(id: EventId, bytes: Uint8Array): void
  removeObject(id: EventId): void
  /** Puts an object back under the number that it had. */
  restore(object: StoredObject): void

  /** What takes place, sorted by start. `isCut`: there is more than is told. */
  between(span: Span): { events: readonly EventInstance[]; isCut: boolean }
  /** To-dos as the index knows them, of one calendar or of all. */
  todos(calendarId: CalendarId | null): readonly IndexedTodo[]
  /** Null where there is no such event, or no such instance. */
  detail(id: EventId, instance: number | null, zone: string): EventDetail | null
  /** Objects of a kind in which what is wanted stands, in one of its folded forms, and nothing that is not; the latest first. */
  findIds(
    terms: readonly Readonly<{ forms: readonly string[]; wanted: boolean }>[],
    kind: 'VEVENT' | 'VTODO',
  ): readonly EventId[]
  /** Of each event the first time that it takes place. */
  firstOf(ids: readonly EventId[], zone: string): readonly EventInstance[]
  /** Events in which all these words stand, newest first, each once. */
  find(text: string, zone: string, limit: number): readonly EventInstance[]
}
