/** A reminder of an event or a to-do that is due. */
export type DueReminder = Readonly<{
  kind: 'event' | 'todo'
  /** When it was to be told. */
  triggerMs: number
  /** In capitals, as it stands in the object. */
  action: string
  title: string
  location: string
  /** What it reminds of; null where that has no time. `instance`: see `instanceId`. */
  at: Readonly<{
    instance: number | null
    startMs: number
    endMs: number
    days: Readonly<{ from: string; to: string }> | null
  }> | null
}>

/** How reminders of an object are looked at. */
type ReminderView = Readonly<{
  nowMs: number
  /** When the object was seen first: what was due before counts only for a day, and only while it lasts. */
  knownMs: number
  /** Reminders up to then were seen here, where the object itself cannot say so. */
  seenMs: number
  /** A name of the tz database. */
  zone: string
  /** Addresses of the person, in lower case. */
  own: ReadonlySet<string>
}>

/** What of an object is due, and when something of it will be; `nextMs` null: never. `none`: nothing in it reminds. */
export type Reminders =
  | Readonly<{ kind: 'none' }>
  | Readonly<{ kind: 'some'; due: DueReminder | null; nextMs: number | null }>

/** Reminders in calendar objects (RFC 5545 §3.6.6, RFC 9074); `formats/icalendar/alarms/` is the real one. Throws `calendar-unreadable`. */
export type ReminderFormat = {
  reminders(bytes: Uint8Array, view: ReminderView): Reminders
  /** Says in the object that all was seen up to now. */
  dismissReminders(bytes: Uint8Array, nowMs: number): Uint8Array
  snoozeReminders(bytes: Uint8Array, nowMs: number, untilMs: number, newUid: () => string): Uint8Array
}
