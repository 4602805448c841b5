import { expect, test } from 'vitest'
import { personName } from '../../../../../renderer/features/mail/people-names'
import { withoutControls } from '../../../../../renderer/ui/fields/text-direction'
import { directionOf, directionsOf } from '../../../../../shared/kit/text-direction'

test.each([
  ['שלום עולם', 'rtl'],
  ['مرحبا', 'rtl'],
  ['ܫܠܡܐ', 'rtl'],
  ['Re: שלום', 'ltr'],
  ['«(12) שלום', 'rtl'],
  ['Grüße', 'ltr'],
  ['京都', 'ltr'],
  ['2026 – 11', null],
  ['', null],
] as const)('%j begins %s', (text, direction) => {
  expect(directionOf(text)).toBe(direction)
})

test('a line has the direction of its paragraph, whatever it begins with', () => {
  expect(directionsOf(['שלום', 'Siegel הוא', '', 'Hello', 'שלום', '', '', '123', 'مرحبا'])).toEqual([
    'rtl',
    'rtl',
    'ltr',
    'ltr',
    'ltr',
    'ltr',
    'ltr',
    'rtl',
    'rtl',
  ])
  expect(directionsOf([])).toEqual([])
})

test('nothing in a name turns round what stands beside it', () => {
  expect(personName({ name: '\u202emoc.knab@eciffo', address: 'x@evil.example' })).toBe('moc.knab@eciffo')
  expect(personName({ name: ' \u2067\u2069 ', address: 'a@b.example' })).toBe('a@b.example')
  for (const control of [
    '\u202a',
    '\u202b',
    '\u202c',
    '\u202d',
    '\u202e',
    '\u2066',
    '\u2067',
    '\u2068',
    '\u2069',
  ])
    expect(withoutControls(`invoice${control}fdp.exe`)).toBe('invoicefdp.exe')
  expect(withoutControls('א\u200fב')).toBe('א\u200fב')
})
