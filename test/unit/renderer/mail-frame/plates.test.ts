import { expect, test } from 'vitest'
import { isDarkShape } from '../../../../renderer/mail-frame/plates'

type Dot = readonly [red: number, green: number, blue: number, alpha: number]
const clear: Dot = [0, 0, 0, 0]
const black: Dot = [20, 20, 24, 255]
const navy: Dot = [10, 30, 90, 255]
const white: Dot = [255, 255, 255, 255]
const orange: Dot = [240, 130, 20, 255]
/** A picture of 100 dots with so many of each kind. */
const dots = (...kinds: readonly (readonly [count: number, dot: Dot])[]): Uint8ClampedArray =>
  new Uint8ClampedArray(kinds.flatMap(([count, dot]) => Array.from({ length: count }, () => dot).flat()))

test.each([
  ['a black logo', dots([60, clear], [40, black])],
  ['a dark blue one with a small bright spot', dots([70, clear], [25, navy], [5, orange])],
  ['thin letters that are drawn half', dots([80, clear], [20, [20, 20, 24, 90]])],
  ['one fine line', dots([99, clear], [1, black])],
])('%s on transparent ground needs a plate', (_name, picture) => expect(isDarkShape(picture)).toBe(true))

test.each([
  ['a white logo', dots([60, clear], [40, white])],
  ['a bright one', dots([60, clear], [40, orange])],
  ['half dark, half bright', dots([40, clear], [30, black], [30, white])],
  ['a dark picture without holes', dots([100, black])],
  ['a photo with cut corners', dots([4, clear], [96, black])],
  ['nothing at all', dots([100, clear])],
  ['nearly nothing', dots([99, clear], [1, [0, 0, 0, 40]])],
])('%s needs none', (_name, picture) => expect(isDarkShape(picture)).toBe(false))
