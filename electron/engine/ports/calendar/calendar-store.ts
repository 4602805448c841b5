import type {
  CalendarId,
  CalendarSummary,
  CalendarSyncNote,
  EventDetail,
  EventId,
  EventInstance,
} from '../../../../shared/features/calendar/model'
import type { AccountId } from '../../../../shared/kit/ids'
import type { ConvertibleObjects } from '../dav/encrypted-collections'
import type { PulledObjects, ServerCopy } from '../dav/objects'

/** A calendar as its server tells of it. */
type ToldCalendar = Readonly<{
  url: string
  name: string
  colour: string
  owner: string
  isReadOnly: boolean
}>

/** One spelling of an address, for comparing: `DavControl.spelling`. */
type Spelling = (href: string, base: string) => string

/** A change that waits for the server. */
export type WaitingObject = Readonly<{
  id: EventId
  state: 'new' | 'changed' | 'deleted'
  /** Null: the server has not been told of it. */
  href: string | null
  etag: string | null
  scheduleTag: string | null
  bytes: Uint8Array
  /** As the server had it last; of a new one what was sent, where the answer is not known. */
  base: Uint8Array | null
}>

/** The objects of a calendar on a server, while it is brought into step. Each method is one transaction. */
export type RemoteObjects = PulledObjects &
  Pick<ConvertibleObjects, 'standing' | 'copyOf' | 'changedThere'> & {
    waiting(): readonly EventId[]
    /** Null where it no longer waits. */
    change(id: EventId): WaitingObject | null
    /** A new object is about to be sent there. */
    sending(id: EventId, href: string): void
    /** The server has it, as this copy says; what was changed here since it was sent waits on. */
    stored(id: EventId, sent: Uint8Array, copy: ServerCopy): void
    /** It is there, and not where it was sent: the next pull tells where. `isOurs`: as it was sent; otherwise one of the same UID from elsewhere. */
    storedElsewhere(id: EventId, isOurs: boolean): void
    removed(id: EventId): void
    /** Somebody else was faster: merged by property, or both kept. */
    theirs(id: EventId, copy: ServerCopy): void
    /** Removed there and changed here: it is new again. */
    gone(id: EventId): void
    /** What was decided since it was opened. */
    notes(): readonly CalendarSyncNote[]
  }

/** A stored object with its bytes. */
export type StoredObject = Readonly<{ id: EventId; calendarId: CalendarId; uid: string; bytes: Uint8Array }>

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
export type CalendarStore = {
  list(): readonly CalendarSummary[]
  get(id: CalendarId): CalendarSummary | null
  /** On this machine only. */
  addLocal(calendar: { name: string; colour: string }): CalendarSummary
  change(
    id: CalendarId,
    change: { name?: string | undefined; colour?: string | undefined; isVisible?: boolean | undefined },
  ): CalendarSummary
  /** With all that is in it. */
  remove(id: CalendarId): void

  /** Those of an account, with their addresses there. */
  remote(accountId: AccountId): readonly Readonly<{ id: CalendarId; url: string; isReadOnly: boolean }>[]
  /** Takes what a server told of its calendars. One that it does not tell of stays. */
  told(accountId: AccountId, calendars: readonly ToldCalendar[], spelling: Spelling): void
  /** To be closed by nobody; it holds nothing open. */
  openRemote(id: CalendarId, url: string, spelling: Spelling): RemoteObjects
  /** Changes of an account that its server does not have. */
  waitingCount(accountId: AccountId): number
  /** All calendars of an account go, with what is in them. */
  forgetAccount(accountId: AccountId): void

  object(id: EventId): StoredObject | null
  /** Objects of that UID and kind, oldest first. */
  byUid(calendarId: CalendarId, uid: string, kind: string): readonly EventId[]
  /** All objects of a calendar, one after the other. */
  objects(calendarId: CalendarId): Iterable<Uint8Array>
  add(calendarId: CalendarId, bytes: Uint8Array): EventId
  /** Puts bytes in the place of an object's. Of a calendar on a server what was there before stays as the base of a merge. */
  replace(id: EventId, bytes: Uint8Array): void
  removeObject(id: EventId): void
  /** Puts an object back under the number that it had. */
  restore(object: StoredObject): void

  /** What takes place, sorted by start. `isCut`: there is more than is told. */
  between(span: Span): { events: readonly EventInstance[]; isCut: boolean }
  /** Null where there is no such event, or no such instance. */
  detail(id: EventId, instance: number | null, zone: string): EventDetail | null
  /** Events in which all these words stand, newest first, each once. */
  find(text: string, zone: string, limit: number): readonly EventInstance[]
}
