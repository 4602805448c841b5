/** Linear parts from 0 to 255 in sRGB, and opacity from 0 to 1. */
export type Colour = Readonly<{ red: number; green: number; blue: number; alpha: number }>

/** Lightness 0 to 1, chroma about 0 to 0.37, hue in radians. */
type Oklch = Readonly<{ lightness: number; chroma: number; hue: number }>

export const white: Colour = { red: 255, green: 255, blue: 255, alpha: 1 }
const black: Colour = { red: 0, green: 0, blue: 0, alpha: 1 }

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

/** A colour as computed styles write those of sRGB; null for any other notation. */
export const parseColour = (text: string): Colour | null => {
  const parts = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.e-]+))?\)$/.exec(text)
  if (!parts) return null
  const [, red, green, blue, alpha = '1'] = parts
  return { red: Number(red), green: Number(green), blue: Number(blue), alpha: clamp(Number(alpha), 0, 1) }
}

export const writeColour = ({ red, green, blue, alpha }: Colour): string => {
  const parts = [red, green, blue].map(Math.round).join(', ')
  return alpha === 1 ? `rgb(${parts})` : `rgba(${parts}, ${alpha})`
}

const toLinear = (part: number): number => {
  const value = part / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}
const fromLinear = (value: number): number =>
  255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055)

/** OKLCH (Björn Ottosson, "A perceptual color space for image processing"; CSS Color 4 §9). */
export const toOklch = ({ red, green, blue }: Colour): Oklch => {
  const [r, g, b] = [toLinear(red), toLinear(green), toLinear(blue)]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(a, bb),
    hue: Math.atan2(bb, a),
  }
}

const partsOf = ({ lightness, chroma, hue }: Oklch): readonly [number, number, number] => {
  const a = chroma * Math.cos(hue)
  const b = chroma * Math.sin(hue)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

/** Back to sRGB; what lies outside loses chroma, never lightness. */
export const fromOklch = (colour: Oklch, alpha: number): Colour => {
  let { chroma } = colour
  let parts = partsOf(colour)
  for (let step = 0; step < 24 && parts.some(part => part < -0.0005 || part > 1.0005); step++) {
    chroma *= 0.88
    parts = partsOf({ ...colour, chroma: step === 23 ? 0 : chroma })
  }
  const [red, green, blue] = parts.map(part => clamp(fromLinear(clamp(part, 0, 1)), 0, 255))
  return { red: red ?? 0, green: green ?? 0, blue: blue ?? 0, alpha }
}

/** `over` laid on an opaque `under`. */
export const composite = (over: Colour, under: Colour): Colour => {
  const mix = (a: number, b: number): number => a * over.alpha + b * (1 - over.alpha)
  return {
    red: mix(over.red, under.red),
    green: mix(over.green, under.green),
    blue: mix(over.blue, under.blue),
    alpha: 1,
  }
}

const luminance = ({ red, green, blue }: Colour): number =>
  0.2126 * toLinear(red) + 0.7152 * toLinear(green) + 0.0722 * toLinear(blue)

/** WCAG 2 contrast ratio of two opaque colours, 1 to 21. */
export const contrast = (one: Colour, other: Colour): number => {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}

/** Up to this a background counts as dark and stays as it is. */
const darkUpTo = 0.42

/**
 * A background for the dark: dark ones stay, buttons keep their hue, light ones fall to the tones above `canvas`, which
 * white itself becomes.
 */
export const darkBackground = (colour: Colour, canvas: Colour): Colour => {
  const { lightness, chroma, hue } = toOklch(colour)
  if (lightness <= darkUpTo) return colour
  if (chroma >= 0.11 && lightness <= 0.72)
    return fromOklch({ lightness: Math.min(lightness, 0.52), chroma, hue }, colour.alpha)
  if (lightness > 0.995 && chroma < 0.004) return { ...canvas, alpha: colour.alpha }
  const base = Math.min(toOklch(canvas).lightness, darkUpTo)
  const mapped = base + ((1 - lightness) * (darkUpTo - base)) / (1 - darkUpTo)
  return fromOklch({ lightness: mapped, chroma: Math.min(chroma, 0.06), hue }, colour.alpha)
}

/** What body text must have (WCAG 2.2, 1.4.3), with a little for rounding. */
const enough = 4.55

/** The worst contrast of a text with what it stands on. */
const worst = (text: Colour, grounds: readonly Colour[]): number =>
  Math.min(...grounds.map(ground => contrast(composite(text, ground), ground)))

/**
 * A text colour for the dark on grounds that were mapped already: raised until it can be read on each of them, or
 * lowered where white cannot be read.
 */
export const darkText = (colour: Colour, grounds: readonly Colour[]): Colour => {
  const { lightness, chroma, hue } = toOklch(colour)
  const first = {
    lightness: lightness < 0.6 ? 0.93 - 0.38 * lightness : Math.max(lightness, 0.72),
    chroma: Math.min(chroma, 0.16),
    hue,
  }
  const asIs = worst(colour, grounds)
  // White on a button that kept its colour is what its maker chose.
  if (lightness >= 0.72 && asIs >= enough) return colour
  const at = (light: number, colourful: number, alpha: number): Colour =>
    fromOklch({ lightness: light, chroma: colourful, hue }, alpha)
  for (const alpha of colour.alpha === 1 ? [1] : [colour.alpha, 1]) {
    for (let step = 0; step <= 10; step++) {
      const light = first.lightness + ((1 - first.lightness) * step) / 10
      const raised = at(light, first.chroma * (1 - step / 10), alpha)
      if (worst(raised, grounds) >= enough) return raised
    }
  }
  for (let step = 0; step <= 10; step++) {
    const light = Math.min(lightness, 0.45) * (1 - step / 10)
    const lowered = at(light, first.chroma * (1 - step / 10), 1)
    if (worst(lowered, grounds) >= enough) return lowered
  }
  return worst(white, grounds) >= worst(black, grounds) ? white : black
}

/** A line for the dark: seen, and quieter than text. Lines on a ground that was dark stay. */
export const darkLine = (colour: Colour, sentGround: Colour): Colour => {
  const { lightness, chroma, hue } = toOklch(colour)
  if (toOklch(sentGround).lightness <= darkUpTo) return colour
  if (chroma >= 0.11) return fromOklch({ lightness: clamp(lightness, 0.45, 0.65), chroma, hue }, colour.alpha)
  return fromOklch({ lightness: 0.42, chroma: Math.min(chroma, 0.06), hue }, colour.alpha)
}
