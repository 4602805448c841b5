import { expect, test } from 'vitest'
import { createChatNotices } from '../../../../electron/windows/chat-notices'
import { wordsFor } from '../../../../electron/windows/dialogs/words'
import { createReminders, type DesktopNotice } from '../../../../electron/windows/reminders'
import type { AlarmNews } from '../../../../shared/features/alarms/model'
import { isQuietAt } from '../../../../shared/features/alarms/notices'
import type { ChatNews } from '../../../../shared/features/chat/model'

const news = (more: Partial<AlarmNews>): AlarmNews => ({
  ...{ fresh: 1, notices: 'plain', quietHours: null, title: null, nextMs: null },
  ...more,
})

function started() {
  const told: DesktopNotice[] = []
  let nowMs = 1000
  const reminders = createReminders({
    now: () => nowMs,
    words: () => wordsFor('en', 'en'),
    notify: notice => void told.push(notice),
  })
  return { told, reminders, at: (ms: number) => (nowMs = ms) }
}

test('the desktop is told that something is due, and what only where that is wanted', () => {
  const { told, reminders } = started()
  reminders.news(news({}))
  reminders.news(news({ fresh: 3 }))
  reminders.news(news({ notices: 'content', title: 'Doctor\u202e\n<b>' }))
  reminders.news(news({ notices: 'none', title: null }))
  reminders.news(news({ fresh: 0, nextMs: 5 }))
  expect(told).toEqual([
    { title: 'Siegel: Reminder', body: 'An event or a to-do is due.' },
    { title: 'Siegel: Reminder', body: '3 reminders are due.' },
    // A title is plain text to every desktop; a body could be read as markup.
    { title: 'Doctor <b>', body: 'Reminder' },
  ])
})

test('while it is locked one reminder is told, without what it says, and not before its time', () => {
  const { told, reminders, at } = started()
  reminders.news(news({ fresh: 0, notices: 'content', nextMs: 5000 }))
  reminders.checkLocked()
  at(5000)
  reminders.checkLocked()
  reminders.checkLocked()
  expect(told).toEqual([{ title: 'Siegel: Reminder', body: 'A reminder is due. Unlock Siegel to see it.' }])
})

test('where the desktop is to be told nothing, it is told nothing while locked', () => {
  const { told, reminders, at } = started()
  reminders.news(news({ fresh: 0, notices: 'none', nextMs: 5000 }))
  at(6000)
  reminders.checkLocked()
  expect(told).toEqual([])
})

test.each([
  [{ from: 22, until: 7 }, [22, 23, 0, 6], [7, 12, 21]],
  [{ from: 9, until: 17 }, [9, 16], [8, 17, 0]],
  [{ from: 0, until: 23 }, [0, 22], [23]],
  [null, [], [0, 12, 23]],
])('of quiet hours %o only those are quiet that they name', (hours, quiet, loud) => {
  const at = (hour: number) => isQuietAt(hours, new Date(2026, 10, 28, hour, 59).getTime())
  expect(quiet.map(at)).toEqual(quiet.map(() => true))
  expect(loud.map(at)).toEqual(loud.map(() => false))
})

test('in quiet hours the desktop is told nothing, of reminders and of chat alike, while it is locked too', () => {
  const quietHours = { from: 22, until: 7 }
  const { told, reminders, at } = started()
  at(new Date(2026, 10, 28, 23).getTime())
  reminders.news(news({ quietHours }))
  reminders.news(news({ fresh: 0, quietHours, nextMs: 5 }))
  reminders.checkLocked()
  expect(told).toEqual([])
  at(new Date(2026, 10, 29, 8).getTime())
  reminders.checkLocked()
  expect(told).toHaveLength(1)
})

test('of chat the desktop is told that somebody wrote, who only where that is wanted, and never what', () => {
  const told: DesktopNotice[] = []
  let isWatched = false
  let nowMs = new Date(2026, 10, 28, 12).getTime()
  const chat = createChatNotices({
    ...{ now: () => nowMs, words: () => wordsFor('en', 'en'), notify: notice => void told.push(notice) },
    isWatched: () => isWatched,
  })
  const tell = (more: Partial<ChatNews>) =>
    chat.news({ ...{ fresh: 1, notices: 'plain', quietHours: null, title: null }, ...more })
  tell({})
  tell({ fresh: 4 })
  tell({ notices: 'content', title: 'Eva\u202e\n<b>' })
  expect(told).toEqual([
    { title: 'Siegel: Chat', body: 'A new message.' },
    { title: 'Siegel: Chat', body: '4 new messages.' },
    { title: 'Eva <b>', body: 'A new message.' },
  ])
  tell({ notices: 'none' })
  tell({ fresh: 0 })
  isWatched = true
  tell({})
  isWatched = false
  nowMs = new Date(2026, 10, 28, 23).getTime()
  tell({ quietHours: { from: 22, until: 7 } })
  expect(told).toHaveLength(3)
})
