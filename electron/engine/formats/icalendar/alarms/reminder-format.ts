import type { DueReminder, ReminderFormat } from '../../../ports/calendar/alarms'
import { readerZone } from '../shown/occurrences'
import { type Component, componentsIn, readComponents, writeComponent } from '../text/component'
import { alarmTimes, type DueAlarm, hasAlarms, neverDue } from './alarm-times'
import { dismissed, snoozed } from './edit-alarms'

const asLatin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

/** What is told of a reminder is short, whatever stands in the object. */
const shortText = 500

function read(bytes: Uint8Array): Component {
  const [calendar] = readComponents(asLatin1(bytes))
  return calendar as Component
}

const dayText = (wallMs: number): string => new Date(wallMs).toISOString().slice(0, 10)

const told = (calendar: Component, { triggerMs, action, made, title, location }: DueAlarm): DueReminder => ({
  kind: componentsIn(calendar, 'VTODO').length > 0 ? 'todo' : 'event',
  triggerMs,
  action,
  title: title.slice(0, shortText),
  location: location.slice(0, shortText),
  at: made && {
    instance: made.id,
    startMs: made.startMs,
    endMs: made.endMs,
    days: made.isAllDay ? { from: dayText(made.startWallMs), to: dayText(made.endWallMs) } : null,
  },
})

/** Most objects have no reminder: they need not be taken apart. A name may be written in any case, or folded. */
const mayRemind = (bytes: Uint8Array): boolean => /VALARM|X-MOZ-SNOOZE|\n[ \t]/i.test(asLatin1(bytes))

export const reminderFormat: ReminderFormat = {
  reminders(bytes, { zone, ...view }) {
    if (!mayRemind(bytes)) return { kind: 'none' }
    const calendar = read(bytes)
    if (!hasAlarms(calendar)) return { kind: 'none' }
    const { due, nextMs } = alarmTimes(calendar, { ...view, reader: readerZone(zone) })
    return { kind: 'some', due: due && told(calendar, due), nextMs: nextMs >= neverDue ? null : nextMs }
  },
  dismissReminders: (bytes, nowMs) => Buffer.from(writeComponent(dismissed(read(bytes), nowMs)), 'latin1'),
  snoozeReminders: (bytes, nowMs, untilMs, newUid) =>
    Buffer.from(writeComponent(snoozed(read(bytes), nowMs, untilMs, newUid)), 'latin1'),
}
