import { expect, test } from 'vitest'
import { createOutput, printable } from '../../../../../cli/kit/words/output'

test('mail cannot send control sequences or reversed text to the terminal', () => {
  expect(printable('a\u001b[31mb\u202ecod.exe\tc\n')).toBe('a\ufffd[31mb\ufffdcod.exe\tc\n')
})

test('JSON carries no control character either, and is the same value', () => {
  const written: string[] = []
  const out = { write: (text: string) => written.push(text) } as unknown as NodeJS.WritableStream
  const value = { subject: 'a\u009b31m\u007f\u202ecod.exe\u001b' }
  createOutput(true, { out, err: out }).result(value, () => [])
  expect(written.join('')).toMatch(/^[\x20-\x7e]+\n$/)
  expect(JSON.parse(written.join(''))).toEqual(value)
})
