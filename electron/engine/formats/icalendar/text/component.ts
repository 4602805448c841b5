import { SiegelError } from '../../../../../shared/kit/result'
import { type Line, lineOf, makeLine, type Property, readLine } from './content-line'

/** A component (RFC 5545 §3.6) as it was read: its lines and the components in it, in their order. */
export type Component = Readonly<{
  /** In capitals: VCALENDAR, VEVENT, VALARM … */
  name: string
  begin: Line
  items: readonly Item[]
  end: Line
}>
export type Item = Line | Component

export const isComponent = (item: Item): item is Component => 'items' in item

/** Components within components: real ones go three deep. */
const deepest = 20
/** Lines of one text: a calendar of 10,000 events has some 200,000. */
const mostLines = 5_000_000

/** A line of bytes with all that is folded onto it. */
function* linesOf(bytes: string): Generator<Line> {
  let from = 0
  while (from < bytes.length) {
    let to = bytes.indexOf('\n', from)
    while (to >= 0 && (bytes[to + 1] === ' ' || bytes[to + 1] === '\t')) to = bytes.indexOf('\n', to + 1)
    const end = to < 0 ? bytes.length : to + 1
    yield lineOf(bytes.slice(from, end))
    from = end
  }
}

const componentName = (line: Line): string => readLine(line).value.trim().toUpperCase().slice(0, 100)

/**
 * Reads the components of a text, given as bytes one a character (latin1). Lines outside of any are dropped when they are blank.
 * Throws `calendar-unreadable`: `not-icalendar`, `cut` (a component without its end), `mismatch` (the end of another one),
 * `nesting`, `lines`.
 */
export function readComponents(bytes: string): Component[] {
  type Open = { name: string; begin: Line; items: Item[] }
  const open: Open[] = []
  const done: Component[] = []
  let count = 0
  for (const line of linesOf(bytes)) {
    count += 1
    if (count > mostLines) throw new SiegelError('calendar-unreadable', { reason: 'lines' })
    const inside = open.at(-1)
    if (line.name === 'BEGIN') {
      if (open.length >= deepest) throw new SiegelError('calendar-unreadable', { reason: 'nesting' })
      open.push({ name: componentName(line), begin: line, items: [] })
    } else if (line.name === 'END') {
      if (inside === undefined || inside.name !== componentName(line))
        throw new SiegelError('calendar-unreadable', { reason: 'mismatch' })
      open.pop()
      const made = { ...inside, end: line }
      const parent = open.at(-1)
      if (parent) parent.items.push(made)
      else done.push(made)
    } else if (inside) inside.items.push(line)
    else if (line.raw.trim() !== '') throw new SiegelError('calendar-unreadable', { reason: 'not-icalendar' })
  }
  if (open.length > 0) throw new SiegelError('calendar-unreadable', { reason: 'cut' })
  if (done.length === 0) throw new SiegelError('calendar-unreadable', { reason: 'not-icalendar' })
  return done
}

/** The bytes of a component, one a character: as it was read but for what was changed. */
export function writeComponent(component: Component): string {
  const pieces: string[] = []
  const write = (item: Item): void => {
    if (!isComponent(item)) {
      pieces.push(item.raw)
      return
    }
    pieces.push(item.begin.raw)
    for (const each of item.items) write(each)
    pieces.push(item.end.raw)
  }
  write(component)
  return pieces.join('')
}

/** A new component. */
export const makeComponent = (name: string, items: readonly Item[]): Component => ({
  name,
  begin: makeLine('BEGIN', name),
  items,
  end: makeLine('END', name),
})

/** Components of a name that stand directly in another. */
export const componentsIn = (component: Component, name?: string): Component[] =>
  component.items.filter(isComponent).filter(each => name === undefined || each.name === name)

/** All properties of a name, taken apart. */
export const propertiesOf = (component: Component, name: string): Property[] =>
  component.items.flatMap(item => (!isComponent(item) && item.name === name ? [readLine(item)] : []))

/** The first property of a name. */
export function propertyOf(component: Component, name: string): Property | undefined {
  const line = component.items.find(item => !isComponent(item) && item.name === name)
  return line === undefined || isComponent(line) ? undefined : readLine(line)
}

/**
 * The component with these lines in the place of all of a name; where there were none, behind its other properties. A line
 * that says the same as the one before it keeps the bytes of that one.
 */
export function withLines(component: Component, name: string, lines: readonly Line[]): Component {
  const before = component.items.filter(item => !isComponent(item) && item.name === name) as Line[]
  const same = (left: Line): Line =>
    before.find(right => JSON.stringify(readLine(right)) === JSON.stringify(readLine(left))) ?? left
  const next = lines.map(same)
  if (before.length === next.length && before.every((line, at) => line === next[at])) return component
  const [first] = before
  const rest = component.items.filter(item => isComponent(item) || item.name !== name)
  const firstComponent = rest.findIndex(isComponent)
  // Properties come before components (§3.6).
  const place =
    first === undefined ? (firstComponent < 0 ? rest.length : firstComponent) : component.items.indexOf(first)
  return { ...component, items: [...rest.slice(0, place), ...next, ...rest.slice(place)] }
}

/** The component with one line of a name, or none. */
export const withLine = (component: Component, name: string, line: Line | null): Component =>
  withLines(component, name, line === null ? [] : [line])

/** The component without the properties of these names. */
export const without = (component: Component, names: readonly string[]): Component => ({
  ...component,
  items: component.items.filter(item => isComponent(item) || !names.includes(item.name)),
})
