import { expect, test } from 'vitest'
import { readQuick } from '../../../../../shared/features/calendar/quick/read-quick'
import { quickTodo } from '../../../../../shared/features/todos/quick-todo'

// A Tuesday.
const now = '2026-03-10T12:00'
const zone = 'Europe/Berlin'
const read = (text: string, language: 'de' | 'en' = 'de') =>
  quickTodo(text, readQuick(text, { now, language }), zone)

test.each([
  ['Milch kaufen', { title: 'Milch kaufen' }],
  ['Steuererklärung bis Freitag', { title: 'Steuererklärung', due: { at: '2026-03-13', zone: null } }],
  ['Zahnarzt anrufen morgen 14:30', { title: 'Zahnarzt anrufen', due: { at: '2026-03-11T14:30', zone } }],
  [
    'morgen Paket bei Lucia abholen',
    { title: 'Paket bei Lucia abholen', due: { at: '2026-03-11', zone: null } },
  ],
  ['call Eva tomorrow at 9', { title: 'call Eva', due: { at: '2026-03-11T09:00', zone } }],
  ['Bericht mit Eva besprechen !!', { title: 'Bericht mit Eva besprechen', priority: 3 }],
  ['pay rent !!! tomorrow', { title: 'pay rent', priority: 1, due: { at: '2026-03-11', zone: null } }],
  ['"Morgen ist auch noch ein Tag"', { title: 'Morgen ist auch noch ein Tag' }],
  [
    'Blumen gießen jeden 2. Dienstag',
    {
      title: 'Blumen gießen',
      due: { at: '2026-03-10', zone: null },
      rule: expect.stringContaining('FREQ=WEEKLY'),
    },
  ],
  [
    'Müll morgen 7:00 Erinnerung 30 min',
    { title: 'Müll', due: { at: '2026-03-11T07:00', zone }, alarms: ['PT30M'] },
  ],
])('%s', (text, fields) => {
  expect(read(text)).toEqual(fields)
})
