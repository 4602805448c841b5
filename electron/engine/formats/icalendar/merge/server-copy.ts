import {
  type Component,
  componentsIn,
  type Item,
  isComponent,
  propertyOf,
  readComponents,
  withLines,
  writeComponent,
} from '../text/component'
import { type Line, readLine } from '../text/content-line'
import { readDuration, readText } from '../text/values'

/** What a server made of an object that it was sent. */
export type ServerCopy = Readonly<{
  /** Properties and components that it left out, by their names; a changed instance of a series as `RECURRENCE-ID` with its value. */
  lost: readonly string[]
  /** Properties that it keeps with another value. */
  changed: readonly string[]
  /** Its copy with what it left out put back, bytes one a character. */
  kept: string
}>

/** What servers write as they like and nobody loses anything by. */
const ofServers = new Set([
  ...['DTSTAMP', 'LAST-MODIFIED', 'CREATED', 'SEQUENCE', 'PRODID', 'CALSCALE', 'METHOD', 'VERSION'],
  ...['X-WR-CALNAME', 'X-WR-TIMEZONE'],
])
/** One may stand for the other (RFC 5545 §3.6.1). */
const lengths = new Set(['DTEND', 'DUE', 'DURATION'])

/**
 * Compares what was sent with what the server has of it now. What it writes in another order, folded, escaped or divided in another way is the same, and
 * so is what it adds. Throws `calendar-unreadable`.
 */
export function whatServerKeeps(sent: string, copy: string): ServerCopy {
  const [ours] = readComponents(sent)
  const [theirs] = readComponents(copy)
  if (ours === undefined || theirs === undefined) return { lost: [], changed: [], kept: copy }
  const lost: string[] = []
  const changed: string[] = []
  const theirsOf = new Map(componentsIn(theirs).map(each => [keyOf(each), each]))
  const mended = new Map<Component, Component>()
  const missing: Component[] = []
  for (const mine of componentsIn(ours)) {
    if (mine.name === 'VTIMEZONE') continue
    const other = theirsOf.get(keyOf(mine))
    if (other === undefined) {
      const instance = propertyOf(mine, 'RECURRENCE-ID')
      lost.push(instance ? `RECURRENCE-ID ${instance.value.trim()}` : mine.name)
      missing.push(mine)
    } else mended.set(other, compare(mine, other, lost, changed))
  }
  // Without its series an instance is another event.
  const items = theirs.items.map((item): Item => (isComponent(item) ? (mended.get(item) ?? item) : item))
  const isMended = lost.length > 0
  return {
    ...{ lost: [...new Set(lost)], changed: [...new Set(changed)] },
    kept: isMended ? writeComponent({ ...theirs, items: [...items, ...missing] }) : copy,
  }
}

/**
 * Whether a copy of the server was made of `ours`, and of nobody else's writing: all in it carries the stamps (DTSTAMP, SEQUENCE) of ours, one at least is
 * not what it was before, something that was changed here is changed there, and nothing is that was not: two machines may well write in the same
 * second. `before` null: there was none.
 */
export function isWrittenBy(ours: string, before: string | null, copy: string): boolean {
  const [mine, old, theirs] = [ours, before, copy].map(text =>
    text === null ? new Set<string>() : stampsOf(text),
  )
  if (mine === undefined || old === undefined || theirs === undefined || theirs.size === 0) return false
  return (
    [...theirs].every(stamp => mine.has(stamp)) &&
    [...theirs].some(stamp => !old.has(stamp)) &&
    (before === null || isOnlyOurChange(ours, before, copy))
  )
}

function isOnlyOurChange(ours: string, base: string, copy: string): boolean {
  const [mine, old, theirs] = [factsOf(ours), factsOf(base), factsOf(copy)]
  let isOurs = false
  for (const name of new Set([...mine.keys(), ...old.keys(), ...theirs.keys()])) {
    if (theirs.get(name) === old.get(name)) continue
    if (mine.get(name) === old.get(name)) return false
    isOurs = true
  }
  return isOurs
}

/** What each event says, property by property in one spelling, without what servers write as they like. */
function factsOf(text: string): ReadonlyMap<string, string> {
  const [calendar] = readComponents(text)
  const facts = new Map<string, string>()
  for (const event of calendar ? componentsIn(calendar) : []) {
    if (event.name === 'VTIMEZONE') continue
    const names = new Set(event.items.map(({ name }) => name))
    for (const name of names) {
      if (name === '' || ofServers.has(name)) continue
      const lines = linesOf(event, name).flatMap(valuesOf)
      const inner = componentsIn(event)
        .filter(each => each.name === name)
        .map(each => linesOf(each, 'TRIGGER').flatMap(valuesOf).join())
      facts.set(
        `${keyOf(event)} ${lengths.has(name) ? 'length' : name}`,
        [...lines, ...inner].sort().join('\n'),
      )
    }
  }
  return facts
}

const stampsOf = (text: string): Set<string> => {
  const [calendar] = readComponents(text)
  const events =
    calendar === undefined ? [] : componentsIn(calendar).filter(({ name }) => name !== 'VTIMEZONE')
  const value = (component: Component, name: string): string =>
    propertyOf(component, name)?.value.trim() ?? ''
  return new Set(
    events.map(each => `${keyOf(each)} ${value(each, 'DTSTAMP')} ${value(each, 'SEQUENCE') || '0'}`),
  )
}

/** An event by the instance that it is about, as an instant is written: zones may be named otherwise. */
const keyOf = (component: Component): string =>
  `${component.name} ${propertyOf(component, 'RECURRENCE-ID')?.value.trim() ?? ''}`

const linesOf = (component: Component, name: string): Line[] =>
  component.items.filter((item): item is Line => !isComponent(item) && item.name === name)

function compare(ours: Component, theirs: Component, lost: string[], changed: string[]): Component {
  let mended = theirs
  const hasLength = theirs.items.some(item => !isComponent(item) && lengths.has(item.name))
  for (const name of new Set(ours.items.flatMap(item => (isComponent(item) ? [] : [item.name])))) {
    if (name === '' || ofServers.has(name)) continue
    const others = linesOf(theirs, name)
    const left = others.flatMap(valuesOf)
    const absent = linesOf(ours, name).filter(line => {
      const values = valuesOf(line).filter(value => !left.includes(value))
      return values.length > 0
    })
    if (absent.length === 0 || (lengths.has(name) && others.length === 0 && hasLength)) continue
    const count = linesOf(ours, name).length - others.length
    if (count <= 0) changed.push(name)
    else {
      lost.push(name)
      mended = withLines(mended, name, [...others, ...absent.slice(0, count)])
    }
  }
  const alarms = componentsIn(ours).filter(mine => !componentsIn(theirs).some(each => isSame(mine, each)))
  const count = componentsIn(ours).length - componentsIn(theirs).length
  if (count <= 0 || alarms.length === 0) return mended
  lost.push(...alarms.map(({ name }) => name))
  return { ...mended, items: [...mended.items, ...alarms.slice(0, count)] }
}

/** Whether an alarm is that one, whatever else stands in it. */
const isSame = (mine: Component, other: Component): boolean =>
  mine.name === other.name &&
  linesOf(mine, 'TRIGGER').flatMap(valuesOf).join() === linesOf(other, 'TRIGGER').flatMap(valuesOf).join()

/** Of lists each value by itself: servers divide and join them. */
const lists = new Set(['CATEGORIES', 'RESOURCES', 'EXDATE', 'RDATE', 'FREEBUSY'])

/** What a line says, in one spelling. */
function valuesOf(line: Line): string[] {
  const { name, value } = readLine(line)
  if (name === 'RRULE' || name === 'EXRULE') return [value.toUpperCase().split(';').sort().join(';')]
  const parts = lists.has(name) ? value.split(/(?<!\\),/) : [value]
  return parts.map(part => {
    const length = readDuration(part)
    if (length) return `P${length.days}D${length.ms}`
    const text = readText(part).trim()
    return /^mailto:/i.test(text) ? text.toLowerCase() : text
  })
}
