import { expect, test } from 'vitest'
import { wordsFor } from '../../../../electron/windows/dialogs/words'
import { createReminders, type DesktopNotice } from '../../../../electron/windows/reminders'
import type { AlarmNews } from '../../../../shared/features/alarms/model'

const news = (more: Partial<AlarmNews>): AlarmNews => ({
  ...{ fresh: 1, notices: 'plain', title: null, nextMs: null },
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
