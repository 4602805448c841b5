import { expect, test } from 'vitest'
import { quotable } from '../../../../../../../renderer/features/mail/list/drag/quotable'

test.each([
  ['invoice', 'invoice'],
  ['  "die Straße" ', 'die Straße'],
  ['„die Straße“', 'die Straße'],
  ['from:"anna b" x', 'from:‘anna b’ x'],
  ['"a b" "c d"', '‘a b’ ‘c d’'],
  ['"not closed', '‘not closed’'],
  ['it’s', 'it’s'],
  ['""', '‘’'],
])('%s between quotation marks is %s', (text, expected) => {
  expect(quotable(text, '‘’')).toBe(expected)
})

test.each([
  Array.from({ length: 60 }, (_, at) => `word${at}`).join(' '),
  '\u{1f600}'.repeat(500),
  'a'.repeat(5000),
])('a long text says that it goes on', text => {
  const shown = quotable(text, '‘’')
  expect([...shown].length).toBeLessThanOrEqual(122)
  expect(shown).toMatch(/ …$/)
  expect(text.startsWith(shown.slice(0, -2))).toBe(true)
})
