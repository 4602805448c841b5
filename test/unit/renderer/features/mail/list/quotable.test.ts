import { expect, test } from 'vitest'
import { quotable } from '../../../../../../renderer/features/mail/list/quotable'

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
