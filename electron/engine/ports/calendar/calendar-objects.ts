import type { EventFields, EventScope } from '../../../../shared/features/calendar/model'

/** Which instances an edit is about. */
export type EditPlace = Readonly<{
  /** See `instanceId`; null: of the whole. */
  instance: number | null
  scope: EventScope
  /** The zone of whoever edits, in which floating times are seen. */
  zone: string
}>

/** What an edit is made with: when, and how it is told from others. */
export type EditFacts = Readonly<{
  nowMs: number
  /** Whether others are to see it as a new version (RFC 5546 §2.1.4): not for a change by a guest. */
  raisesSequence: boolean
  /** Who invites, where guests are added to an event without an ORGANIZER. */
  organizer: Readonly<{ address: string; name: string }> | null
}>

/** What an edit makes of an object, as bytes: what stands in its place (null: nothing), and one that it was split into. */
export type EditedBytes = Readonly<{
  bytes: Uint8Array | null
  more: Uint8Array | null
  /** Instances that had been changed by themselves and have no place any more. */
  dropped: number
}>

/** An object of a file. `hasTime`: it can take place; an event without a start that can be read cannot. */
export type ImportedObject = Readonly<{
  uid: string
  kind: string
  title: string
  bytes: Uint8Array
  hasTime: () => boolean
}>

/** A calendar as somebody publishes it. `name` empty, `colour` (`#rrggbb`) and `intervalMs` null: it does not say. */
export type PublishedCalendar = Readonly<{
  name: string
  colour: string | null
  intervalMs: number | null
  /** Without their reminders. */
  objects: readonly ImportedObject[]
}>

/** Calendar objects as bytes, read and edited: `formats/icalendar/` is the real one. Throws the errors of events (`error-facts.ts`). */
export type CalendarObjects = {
  create(fields: EventFields, uid: string, facts: EditFacts): Uint8Array
  /** `uid`: of what a series is split into. */
  change(bytes: Uint8Array, place: EditPlace, fields: EventFields, uid: string, facts: EditFacts): EditedBytes
  remove(bytes: Uint8Array, place: EditPlace, facts: EditFacts): EditedBytes
  /** Whether anybody is invited. */
  hasGuests(bytes: Uint8Array): boolean
  /** The address that invites; null where nobody does. */
  organizer(bytes: Uint8Array): string | null
  /** Throws `calendar-unreadable`. */
  split(file: Uint8Array): readonly ImportedObject[]
  /** Throws `calendar-unreadable`. */
  published(file: Uint8Array): PublishedCalendar
  /** One file of all, in pieces. */
  join(objects: Iterable<Uint8Array>): Iterable<Uint8Array>
  /** An object whose components carry no UID, with this one in each. */
  withUid(bytes: Uint8Array, uid: string): Uint8Array
}
