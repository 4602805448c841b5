import type { AlarmNews } from '../../shared/features/alarms/model'
import { isQuietAt, type QuietHours } from '../../shared/features/alarms/notices'
import type { Words } from './dialogs/words'

/** What the desktop is told. `title` is plain text to every desktop; a body may be read as markup, so no content stands in it. */
export type DesktopNotice = Readonly<{ title: string; body: string }>

export type ReminderParts = Readonly<{
  now: () => number
  words: () => Words
  notify: (notice: DesktopNotice) => void
}>

/** Signs that change how others are read, and line breaks, have no place in a title. */
export const plain = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 200)

/**
 * Tells the desktop of reminders that are due. What they say is told only where the person wants it: it may be seen on a locked screen, and the
 * desktop may keep it. While the profile is locked nothing is known here but when the next one is due, and no more is told.
 */
export const createReminders = ({ now, words, notify }: ReminderParts) => {
  let nextMs: number | null = null
  let isOff = true
  let hours: QuietHours | null = null
  const isQuiet = (): boolean => isOff || isQuietAt(hours, now())
  return {
    /** From the engine. */
    news({ fresh, notices, quietHours, title, nextMs: next }: AlarmNews): void {
      nextMs = next
      isOff = notices === 'none'
      hours = quietHours
      if (fresh === 0 || isQuiet()) return
      const { reminder, remindersDue, reminderDue } = words()
      const body = fresh === 1 ? reminderDue : remindersDue.replace('{{count}}', String(fresh))
      const shown = title === null ? '' : plain(title)
      notify(shown === '' ? { title: `Siegel: ${reminder}`, body } : { title: shown, body: reminder })
    },
    /** To be called now and then while the profile is locked: told once, and the rest when it is opened. */
    checkLocked(): void {
      if (nextMs === null || isQuiet() || now() < nextMs) return
      nextMs = null
      const { reminder, reminderLocked } = words()
      notify({ title: `Siegel: ${reminder}`, body: reminderLocked })
    },
  }
}
