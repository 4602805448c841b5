import { describe, expect, test } from 'vitest'
import {
  type Colour,
  composite,
  contrast,
  darkBackground,
  darkText,
  fromOklch,
  parseColour,
  toOklch,
  white,
  writeColour,
} from '../../../../renderer/mail-frame/colour'

const rgb = (red: number, green: number, blue: number, alpha = 1): Colour => ({ red, green, blue, alpha })
const paper = rgb(35, 36, 37)

/** The same colours every time (a linear congruential generator), so that a failure can be repeated. */
const someColours = (count: number): Colour[] => {
  let state = 20261128
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return Array.from({ length: count }, () => rgb(next() * 255, next() * 255, next() * 255))
}

describe('colours for the dark', () => {
  test('are read and written as computed styles write them', () => {
    expect(parseColour('rgb(1, 2, 3)')).toEqual(rgb(1, 2, 3))
    expect(parseColour('rgba(1, 2, 3, 0.5)')).toEqual(rgb(1, 2, 3, 0.5))
    expect(writeColour(rgb(1.4, 2.6, 3, 0.5))).toBe('rgba(1, 3, 3, 0.5)')
    for (const text of ['', 'red', 'oklch(0.5 0.1 20)', 'rgb(1 2 3)']) expect(parseColour(text)).toBeNull()
  })

  test('go to OKLCH and come back', () => {
    for (const colour of someColours(200)) {
      const back = fromOklch(toOklch(colour), 1)
      for (const part of ['red', 'green', 'blue'] as const)
        expect(Math.abs(back[part] - colour[part])).toBeLessThan(1)
    }
    expect(toOklch(white).lightness).toBeCloseTo(1, 3)
  })

  test('white becomes the paper, dark grounds stay, buttons keep their hue', () => {
    expect(darkBackground(white, paper)).toEqual(paper)
    expect(darkBackground(rgb(18, 52, 86), paper)).toEqual(rgb(18, 52, 86))
    const button = rgb(40, 167, 69)
    const drawn = toOklch(darkBackground(button, paper))
    expect(Math.abs(drawn.hue - toOklch(button).hue)).toBeLessThan(0.05)
    expect(drawn.lightness).toBeLessThanOrEqual(0.53)
    for (const ground of someColours(500))
      expect(toOklch(darkBackground(ground, paper)).lightness).toBeLessThan(0.75)
  })

  test('text can be read on every ground, whatever both were', () => {
    const colours = someColours(4000)
    for (let at = 0; at < colours.length; at += 2) {
      const ground = darkBackground(colours[at]!, paper)
      const text = darkText({ ...colours[at + 1]!, alpha: at % 5 === 0 ? 0.6 : 1 }, [ground])
      expect(contrast(composite(text, ground), ground)).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('text on a gradient can be read on all of it', () => {
    const grounds = [rgb(11, 61, 145), rgb(30, 30, 40), rgb(60, 20, 70)]
    for (const colour of someColours(300)) {
      const text = darkText(colour, grounds)
      for (const ground of grounds) expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('white on a button stays white where it can be read', () => {
    expect(darkText(white, [rgb(0, 102, 204)])).toEqual(white)
  })
})
