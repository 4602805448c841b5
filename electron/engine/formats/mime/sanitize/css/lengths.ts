/** CSS pixels in one of a unit (CSS Values 4 §6.2); those of the font and the window are counted where they are known. */
const absolute: Readonly<Record<string, number>> = {
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  q: 96 / 101.6,
  rem: 16,
}
/** A pane of a usual width and height, for what is measured by the window. */
const viewport = 600

/**
 * A length of CSS or of an attribute in pixels; null where it cannot be told (`auto`, `calc()`, a share of something unknown).
 * `percentOf`: what 100 % are in pixels, or null.
 */
export function lengthOf(text: string, fontPx: number, percentOf: number | null): number | null {
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*([a-z%]*)\s*$/i.exec(text.slice(0, 100))
  if (!match) return null
  const value = Number(match[1])
  const unit = (match[2] ?? '').toLowerCase()
  if (unit === '') return value
  if (unit === '%') return percentOf === null ? (value === 0 ? 0 : null) : (value * percentOf) / 100
  if (unit === 'em') return value * fontPx
  if (unit === 'ex' || unit === 'ch') return (value * fontPx) / 2
  if (/^[sld]?v(?:w|h|min|max|i|b)$/.test(unit)) return (value * viewport) / 100
  const factor = Object.hasOwn(absolute, unit) ? absolute[unit] : undefined
  return factor === undefined ? null : value * factor
}
