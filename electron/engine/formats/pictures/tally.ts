/** Linear light of an sRGB part from 0 to 255 (WCAG 2). */
const light = Float64Array.from({ length: 256 }, (_, part) => {
  const value = part / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
})

/** Below this a dot has less than 2:1 on the dark paper of the window (35, 36, 37): it is hardly seen there. */
const darkBelow = 0.083

/** What was counted of the dots of a picture, each weighed by how opaque it is (0 to 255). */
export type Tally = { dots: number; drawn: number; dark: number }

export const emptyTally = (): Tally => ({ dots: 0, drawn: 0, dark: 0 })

export const isDarkDot = (red: number, green: number, blue: number): boolean =>
  0.2126 * (light[red] ?? 1) + 0.7152 * (light[green] ?? 1) + 0.0722 * (light[blue] ?? 1) < darkBelow

export function countDot(tally: Tally, red: number, green: number, blue: number, alpha: number): void {
  tally.dots += 1
  if (alpha === 0) return
  tally.drawn += alpha
  if (isDarkDot(red, green, blue)) tally.dark += alpha
}
