import type { Todo, TodoDetail, TodoFields } from '../../../../shared/features/todos/model'

/** What is known of a to-do by itself, whoever looks: plain values, that the index keeps as JSON. */
export type TodoFacts = Readonly<
  Omit<Todo, 'id' | 'calendarId' | 'parent' | 'dueMs' | 'startMs'> & {
    /** UID of what it is a part of. */
    parentUid: string | null
  }
>

/** The same with all that is shown of one. */
export type TodoRead = TodoFacts & Pick<TodoDetail, 'notes' | 'isCut' | 'categories' | 'alarms'>

/** Fields with the UID of what it is a part of in place of its number. */
export type TodoChange = Omit<TodoFields, 'parent'> & { parentUid?: string | null | undefined }

/** To-dos as bytes (RFC 5545 §3.6.2); `formats/icalendar/todo/` is the real one. Throws the errors of events and `calendar-unreadable`. */
export type TodoFormat = {
  create(change: TodoChange, uid: string, nowMs: number): Uint8Array
  /** Lines that nothing is said about stay byte for byte. `zone`: in which floating times are seen. */
  change(bytes: Uint8Array, change: TodoChange, nowMs: number, zone: string): Uint8Array
  /** Done, or open again. One that repeats goes on to its next time that is still to come; `isMoved` then. */
  done(
    bytes: Uint8Array,
    isDone: boolean,
    nowMs: number,
    zone: string,
  ): { bytes: Uint8Array; isMoved: boolean }
  read(bytes: Uint8Array): TodoRead
  /** The instant of a time, as a reader in a zone sees it. */
  instant(when: NonNullable<Todo['due']>, zone: string): number | null
}
