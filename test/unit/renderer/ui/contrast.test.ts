import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(join(import.meta.dirname, '../../../../renderer/ui/tokens/tokens.css'), 'utf8')

type Theme = 'light' | 'dark'

/** A colour of the palette as three channels, 0..255. */
function colour(name: string, theme: Theme): readonly number[] {
  const found = new RegExp(
    `--${name}: (?:light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)|(#[0-9a-f]{6}));`,
  ).exec(css)
  const hex = found?.[3] ?? (theme === 'light' ? found?.[1] : found?.[2])
  if (hex === undefined) throw new Error(`no colour ${name}`)
  return [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16))
}

/** WCAG 2.2: relative luminance and contrast ratio. */
function contrast(one: readonly number[], other: readonly number[]): number {
  const luminance = (channels: readonly number[]) => {
    const [r, g, b] = channels.map(value => {
      const share = value / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
  }
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light! + 0.05) / (dark! + 0.05)
}

const surfaces = ['rail', 'paper-3', 'paper-2', 'paper', 'raised', 'field', 'accent-soft', 'accent-faint']
const pairs: readonly (readonly [string, string])[] = [
  ...surfaces.flatMap(surface => ['ink', 'ink-2', 'accent'].map(text => [text, surface] as const)),
  ...['paper-3', 'paper-2', 'paper', 'raised', 'field'].flatMap(surface =>
    ['ink-3', 'wax', 'ochre'].map(text => [text, surface] as const),
  ),
  ['ink', 'wax-soft'],
  ['wax', 'wax-soft'],
  ['ink', 'ochre-soft'],
  ['ochre', 'ochre-soft'],
  ['accent', 'ochre-soft'],
  ['on-accent', 'accent-fill'],
  ['on-accent', 'accent-fill-hover'],
  ['on-accent', 'wax-fill'],
]

describe.each(['light', 'dark'] as const)('in the %s theme', theme => {
  test.each(pairs)('%s is readable on %s', (text, surface) => {
    expect(contrast(colour(text, theme), colour(surface, theme))).toBeGreaterThanOrEqual(4.5)
  })

  test.each(['paper', 'paper-2', 'paper-3', 'raised'])('frames of fields are visible on %s', surface => {
    expect(contrast(colour('line-strong', theme), colour(surface, theme))).toBeGreaterThanOrEqual(3)
  })
})
