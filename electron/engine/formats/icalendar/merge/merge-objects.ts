import { mergedAlarms } from '../alarms/edit-alarms'
import {
  type Component,
  componentsIn,
  type Item,
  isComponent,
  propertyOf,
  readComponents,
  withLine,
  withLines,
  writeComponent,
} from '../text/component'
import { type Line, makeLine, readLine } from '../text/content-line'
import { writeText } from '../text/values'

/** Properties that say one thing together: when it takes place. Half of one side and half of the other would be a time that nobody chose. */
const timeNames = new Set(['DTSTART', 'DTEND', 'DURATION', 'DUE', 'RRULE', 'RDATE', 'EXDATE', 'EXRULE'])
/** What programs write at every change; that both sides did is no conflict. */
const stampNames = new Set([
  ...['DTSTAMP', 'LAST-MODIFIED', 'CREATED', 'SEQUENCE'],
  ...['X-MOZ-LASTACK', 'X-MOZ-GENERATION'],
])
const time = '(time)'
const inner = '(components)'

/**
 * What two changes of one object come to, by property: what one side alone changed is taken from it. Null where both
 * changed the same in different ways, or where there is no base and the two differ. Bytes one a character; what neither side changed
 * keeps the bytes that `theirs` has. Throws `calendar-unreadable`.
 */
export function mergeObjects(base: string | null, ours: string, theirs: string): string | null {
  const [our] = readComponents(ours)
  const [their] = readComponents(theirs)
  if (our === undefined || their === undefined) return null
  if (said(our) === said(their)) return theirs
  const [old] = base === null ? [] : readComponents(base)
  if (old === undefined) return null
  if (said(our) === said(old)) return theirs
  if (said(their) === said(old)) return ours
  const merged = mergeCalendars(old, our, their)
  return merged === null ? null : writeComponent(merged)
}

/** The object with another UID in all its components, as a second one beside the first. */
export function withOtherUid(bytes: string, uid: string): string {
  const [calendar] = readComponents(bytes)
  if (calendar === undefined) return bytes
  const items = calendar.items.map(item =>
    isComponent(item) && propertyOf(item, 'UID') !== undefined
      ? withLine(item, 'UID', makeLine('UID', writeText(uid)))
      : item,
  )
  return writeComponent({ ...calendar, items })
}

/** Whether somebody else is invited. */
export const hasGuests = (bytes: string): boolean =>
  readComponents(bytes).some(calendar =>
    componentsIn(calendar).some(each => propertyOf(each, 'ATTENDEE') !== undefined),
  )

/** A component by what it is: an event by the instance that it is about, a zone by its name. */
const keyOf = (component: Component): string =>
  [
    component.name,
    propertyOf(component, 'RECURRENCE-ID')?.value ?? '',
    propertyOf(component, 'TZID')?.value ?? '',
  ].join(' ')

const byKey = (calendar: Component): Map<string, Component> =>
  new Map(componentsIn(calendar).map(each => [keyOf(each), each]))

function mergeCalendars(base: Component, ours: Component, theirs: Component): Component | null {
  const [old, our, their] = [byKey(base), byKey(ours), byKey(theirs)]
  // Instances are named by the times of their series: moved on one side, those that the other side changed would lose their place.
  const isMoved = (side: Map<string, Component>) =>
    [...old].some(([key, each]) => {
      const now = side.get(key)
      return now !== undefined && groups(each).get(time) !== groups(now).get(time)
    })
  const hasOthers = (side: Map<string, Component>) =>
    [...side.keys()].sort().join('\n') !== [...old.keys()].sort().join('\n')
  if ((isMoved(our) && hasOthers(their)) || (isMoved(their) && hasOthers(our))) return null

  const merged = new Map<string, Component | null>()
  for (const key of new Set([...their.keys(), ...our.keys()])) {
    const [before, mine, other] = [old.get(key), our.get(key), their.get(key)]
    if (mine && other) {
      const both = before ? mergeComponents(before, mine, other) : said(mine) === said(other) ? other : null
      if (both === null && !key.startsWith('VTIMEZONE')) return null
      merged.set(key, both ?? other)
      continue
    }
    const [left] = [mine, other].filter(each => each !== undefined)
    if (left === undefined) continue
    // Not there before: it is new. Gone on one side: it goes, unless the other side changed it.
    if (before === undefined) merged.set(key, left)
    else if (said(before) !== said(left)) return null
  }
  const kept = theirs.items.flatMap((item): Item[] => {
    if (!isComponent(item)) return [item]
    const made = merged.get(keyOf(item))
    return made ? [made] : []
  })
  const added = [...merged].flatMap(([key, each]) => (each && !their.has(key) ? [each] : []))
  return { ...theirs, items: [...kept, ...added] }
}

/** Null: both changed the same. */
function mergeComponents(base: Component, ours: Component, theirs: Component): Component | null {
  const [old, our, their] = [groups(base), groups(ours), groups(theirs)]
  let merged = theirs
  for (const name of new Set([...our.keys(), ...old.keys(), ...their.keys()])) {
    const [before, mine, other] = [old.get(name), our.get(name), their.get(name)]
    if (mine === other || mine === before) continue
    if (stampNames.has(name)) {
      if (isLater(linesOf(ours, name), linesOf(theirs, name)))
        merged = withLines(merged, name, linesOf(ours, name))
      continue
    }
    if (other !== before && name === inner) {
      const alarms = mergedAlarms(ours, theirs)
      if (alarms === null) return null
      merged = { ...merged, items: [...merged.items.filter(item => !isComponent(item)), ...alarms] }
      continue
    }
    if (other !== before) return null
    if (name === inner)
      merged = {
        ...merged,
        items: [...merged.items.filter(item => !isComponent(item)), ...componentsIn(ours)],
      }
    else
      for (const each of name === time ? timeNames : [name])
        merged = withLines(merged, each, linesOf(ours, each))
  }
  return merged
}

const linesOf = (component: Component, name: string): Line[] =>
  component.items.filter((item): item is Line => !isComponent(item) && item.name === name)

/** Of two stamps or numbers, whether the first is the later one. */
function isLater(ours: readonly Line[], theirs: readonly Line[]): boolean {
  const [mine = '', other = ''] = [ours, theirs].map(([line]) => (line ? readLine(line).value.trim() : ''))
  const [left, right] = [Number(mine), Number(other)]
  return Number.isNaN(left) || Number.isNaN(right) ? mine > other : left > right
}

/** What a component says, property by property, whatever their order, folds and spelling. */
function groups(component: Component): Map<string, string> {
  const found = new Map<string, string[]>()
  const add = (name: string, text: string) => found.set(name, [...(found.get(name) ?? []), text])
  for (const item of component.items) {
    if (isComponent(item)) add(inner, said(item))
    else if (item.name !== '') add(timeNames.has(item.name) ? time : item.name, lineSaid(item))
  }
  return new Map([...found].map(([name, texts]) => [name, texts.sort().join('\n')]))
}

function lineSaid(line: Line): string {
  const { name, parameters, value } = readLine(line)
  const sorted = [...parameters].sort((left, right) => (left.name < right.name ? -1 : 1))
  return JSON.stringify([name, sorted, value])
}

/** All that a component says but for who wrote it and when. */
function said(component: Component): string {
  const own = [...groups(component)].filter(
    ([name]) => name !== 'DTSTAMP' && name !== 'LAST-MODIFIED' && name !== 'PRODID',
  )
  return JSON.stringify([component.name, own.sort(([left], [right]) => (left < right ? -1 : 1))])
}
