import { expect, test } from 'vitest'
import { printable } from '../../../cli/output'

test('mail cannot send control sequences or reversed text to the terminal', () => {
  expect(printable('a\u001b[31mb\u202ecod.exe\tc\n')).toBe('a\ufffd[31mb\ufffdcod.exe\tc\n')
})
