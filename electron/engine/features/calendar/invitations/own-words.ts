import { type Component, isComponent, withLines } from '../../../formats/icalendar/text/component'
import type { Line } from '../../../formats/icalendar/text/content-line'

/** Properties that guests change for themselves in their copy. What the inviter says of the first counts more than what I wrote. */
const names = ['DESCRIPTION', 'CATEGORIES', 'TRANSP'] as const

const linesOf = (component: Component, name: string): Line[] =>
  component.items.filter((item): item is Line => !isComponent(item) && item.name === name)

const wordsOf = (component: Component, name: string): string =>
  linesOf(component, name)
    .map(({ raw }) => raw.replace(/\r?\n[ \t]/g, '').trim())
    .join('\n')

/** What the inviter said of them: beside it is seen what a guest changed since. */
export const saidOf = (component: Component): string =>
  JSON.stringify(Object.fromEntries(names.map(name => [name, wordsOf(component, name)])))

function readSaid(said: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(said) as Readonly<Record<string, unknown>>
  } catch {
    return {}
  }
}

/** A new version with what I changed in the old one since its inviter said it; without `said` nobody can tell, and the new one holds. */
export function withOwnWords(made: Component, old: Component, said: string | null | undefined): Component {
  if (!said) return made
  const before = readSaid(said)
  let next = made
  for (const name of names) {
    const base = before[name]
    const isMine = typeof base === 'string' && wordsOf(old, name) !== base
    // Where both changed the text, the inviter's is what everybody reads.
    if (!isMine || (name === 'DESCRIPTION' && wordsOf(made, name) !== base)) continue
    next = withLines(next, name, linesOf(old, name))
  }
  return next
}
