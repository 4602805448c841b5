import { expect, test } from 'vitest'
import { eyeAt, placeOfEye } from '../../../../../../../renderer/features/mail/reader/body/eye'

const marks: [number, number][] = [
  [1, 0],
  [4, 100],
  [9, 220],
  // The second column begins at the top again.
  [12, 10],
  [15, 180],
]

test.each([
  ['the nearest element above', 190, { number: 15, belowPx: 10 }],
  ['one that begins there', 220, { number: 9, belowPx: 0 }],
  ['the last of the mail', 5000, { number: 9, belowPx: 4780 }],
])('what is looked at is told by %s', (_name, topPx, eye) => expect(eyeAt(marks, topPx)).toEqual(eye))

test('above the first element nothing is looked at', () => expect(eyeAt(marks, -1)).toBeNull())

test('it is found at its new place, and not once it is hidden', () => {
  expect(placeOfEye([[9, 700]], { number: 9, belowPx: 7 })).toBe(707)
  expect(placeOfEye([[8, 700]], { number: 9, belowPx: 7 })).toBeNull()
})
