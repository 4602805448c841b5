import { describe, expect, test } from 'vitest'
import { readDays, readFind } from '../../../../../shared/features/find/read-find'

const today = '2026-03-10'
const read = (text: string) => readFind(text, today)

test('words, phrases and what must not be there', () => {
  expect(read('Müller "am See" -Regen Zahn*').terms).toEqual([
    { forms: ['muller', 'mueller'], wanted: true },
    { forms: ['am see'], wanted: true },
    { forms: ['regen'], wanted: false },
    { forms: ['zahn'], wanted: true },
  ])
})

test.each<[string, readonly string[], string | null]>([
  ['Arzt', ['mail', 'calendar', 'contacts', 'todos', 'chat'], 'Arzt'],
  ['in:calendar Arzt', ['calendar'], null],
  ['Arzt im:Kalender in:todos', ['calendar', 'todos'], null],
  ['in:Aufgaben', ['todos'], null],
  ['in:kontakte Eva', ['contacts'], null],
  ['in:mail Arzt', ['mail'], 'Arzt'],
  // What is no place is a word like any other, and what only mail understands asks for mail.
  ['in:the house', ['mail', 'calendar', 'contacts', 'todos', 'chat'], 'in:the house'],
  ['in:Chat Arzt', ['chat'], null],
  ['im:Gespräche in:mail Arzt', ['chat', 'mail'], 'Arzt'],
  ['from:eva Arzt', ['mail'], 'from:eva Arzt'],
  ['has:attachment', ['mail'], 'has:attachment'],
  ['http://example.org 10:30', ['mail', 'calendar', 'contacts', 'todos', 'chat'], 'http://example.org 10:30'],
])('%s', (text, places, mail) => {
  expect(read(text)).toMatchObject({ places, mail })
})

describe('when:', () => {
  test.each([
    ['2026', '2026-01-01', '2026-12-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2026-03-12', '2026-03-12', '2026-03-12'],
    ['12.3.2027', '2027-03-12', '2027-03-12'],
    ['1.4.', '2026-04-01', '2026-04-01'],
    ['heute', today, today],
    ['Tomorrow', '2026-03-11', '2026-03-11'],
    ['week', today, '2026-03-16'],
  ])('%s', (text, first, last) => {
    expect(readDays(text, today)).toEqual({ first, last })
  })
  test.each(['31.2.2026', '2026-13', '2026-02-30', 'someday', '', '12', '99999-01-01'])(
    '%s is no day',
    text => {
      expect(readDays(text, today)).toBeNull()
    },
  )
  test('spans, open ones too, and what cannot be read stays a word', () => {
    expect(read('when:2026-03-01..2026-03-15').when).toEqual({ first: '2026-03-01', last: '2026-03-15' })
    expect(read('wann:2026-04..').when).toEqual({ first: '2026-04-01', last: '9999-12-31' })
    expect(read('when:nonsense')).toMatchObject({ when: null, terms: [{ forms: ['when:nonsense'] }] })
    expect(read('when:2026-03 x').mail).toBe('on:2026-03-01..2026-03-31 x')
  })
})
