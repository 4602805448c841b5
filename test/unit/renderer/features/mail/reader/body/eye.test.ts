import { expect, test } from 'vitest'
import { edgeFor, eyeAt } from '../../../../../../../renderer/features/mail/reader/body/html/eye'

type Marks = Parameters<typeof eyeAt>[0]
/** Two columns: the left one of three paragraphs, the second of them long; the right one of two. */
const marks: Marks = [
  [0, 10, true],
  [50, 100, true],
  [250, 300, false],
  [450, 500, false],
  [600, 900, true],
  [700, 40, true],
  [800, 120, true],
]

test('what begins first below the upper edge is kept, in whichever column', () => {
  expect(eyeAt(marks, 20, 600)).toEqual({ place: 700, belowPx: 20 })
  expect(eyeAt(marks, 101, 600)).toEqual({ place: 50, belowPx: -1 })
  expect(eyeAt(marks, 104, 600)).toEqual({ place: 800, belowPx: 16 })
})

test('within a long paragraph it is a place of it, and below the last the one above', () => {
  expect(eyeAt(marks, 200, 600)).toEqual({ place: 250, belowPx: 100 })
  expect(eyeAt(marks, 600, 600)).toEqual({ place: 600, belowPx: 300 })
  expect(eyeAt(marks, 1500, 600)).toEqual({ place: 600, belowPx: -600 })
  expect(eyeAt([], 100, 600)).toBeNull()
})

test('it is found again at its new height; what was folded away gives its place to what comes behind it', () => {
  const eye = { place: 250, belowPx: 100 }
  expect(edgeFor(marks, eye)).toBe(200)
  expect(
    edgeFor(
      [
        [0, 10, true],
        [250, 1000, false],
      ],
      eye,
    ),
  ).toBe(900)
  expect(
    edgeFor(
      [
        [0, 10, true],
        [600, 130, true],
      ],
      eye,
    ),
  ).toBe(30)
  expect(edgeFor([[0, 10, true]], eye)).toBe(-90)
  expect(edgeFor([], eye)).toBeNull()
})
