import { lengthOf } from './lengths'

/** A window that mail is read in: its width in pixels, and whether it is dark. */
export type Scene = Readonly<{ width: number; isDark: boolean }>

/** What a reader may look at a mail in; what shows in none of these shows to nobody. */
export const scenes: readonly Scene[] = [320, 505, 665, 900, 1280].flatMap(width => [
  { width, isDark: false },
  { width, isDark: true },
])
/** For mail that asks for nothing. */
export const usualScene: Scene = { width: 665, isDark: false }

const compare = (one: number, sign: string, other: number): boolean =>
  sign === '<' ? one < other : sign === '<=' ? one <= other : sign === '>' ? one > other : one >= other

function featureHolds(text: string, { width, isDark }: Scene): boolean {
  const named = /^(-?[a-z-]+)\s*(?::\s*(.+))?$/.exec(text)
  if (named) {
    const [, name = '', value = ''] = named
    const length = lengthOf(value, 16, null)
    if (/^min-(?:device-)?width$/.test(name)) return length !== null && width >= length
    if (/^max-(?:device-)?width$/.test(name)) return length !== null && width <= length
    if (name === 'prefers-color-scheme') return value === (isDark ? 'dark' : 'light')
    // Screens differ in these; mail that shows on some of them is seen by somebody.
    return /resolution|device-pixel-ratio|orientation|hover|pointer|color|aspect-ratio|height/.test(name)
  }
  const range = /^width\s*([<>]=?)\s*(\S+)$/.exec(text)
  const length = range ? lengthOf(range[2] ?? '', 16, null) : null
  return length !== null && compare(width, range?.[1] ?? '', length)
}

/** Whether a list of media queries holds in a scene (Media Queries 4 §2); what is not understood does not. */
export function mediaHolds(list: string, scene: Scene): boolean {
  return list
    .slice(0, 2000)
    .toLowerCase()
    .split(',')
    .some(query => {
      const text = query.trim().replace(/^only\s+/, '')
      const isNot = /^not\s+/.test(text)
      const parts = text.replace(/^not\s+/, '').split(/\s+and\s+/)
      const holds = parts.every(part => {
        const feature = /^\((.*)\)$/.exec(part.trim())
        return feature
          ? featureHolds((feature[1] ?? '').trim(), scene)
          : /^(?:all|screen|)$/.test(part.trim())
      })
      return holds !== isNot
    })
}
