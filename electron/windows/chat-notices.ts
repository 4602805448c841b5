import { isQuietAt } from '../../shared/features/alarms/notices'
import type { ChatNews } from '../../shared/features/chat/model'
import { plain, type ReminderParts } from './reminders'

/**
 * Tells the desktop of messages in chat, by the same rule as of reminders: who wrote only where the person wants it, never what. Nothing
 * while somebody has the window before them. While the profile is locked nothing comes and nothing is told.
 */
export const createChatNotices = ({
  now,
  words,
  notify,
  isWatched,
}: ReminderParts & Readonly<{ isWatched: () => boolean }>) => ({
  /** From the engine. */
  news({ fresh, notices, quietHours, title }: ChatNews): void {
    if (fresh === 0 || notices === 'none' || isQuietAt(quietHours, now()) || isWatched()) return
    const { chat, chatMessage, chatMessages } = words()
    const body = fresh === 1 ? chatMessage : chatMessages.replace('{{count}}', String(fresh))
    const shown = title === null ? '' : plain(title)
    notify({ title: shown === '' ? `Siegel: ${chat}` : shown, body })
  },
})
