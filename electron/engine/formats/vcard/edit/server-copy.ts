import { splitEscaped } from '../../content-lines/text-value'
import { type Card, type Property, typesOf } from '../card'
import { uidKey, uidOf } from '../group-cards'
import { valueText } from '../property-value'
import { CardLines } from './edit-lines'
import { addWithLabel, isProperty } from './merge-cards'

/** What a server made of a card that it was sent. */
export type KeptCard = Readonly<{
  /** What it left out, by names: `PHOTO`, `TEL;TYPE`, `X-ABLABEL`. */
  lost: readonly string[]
  /** Properties that it keeps with another value. */
  changed: readonly string[]
  /** Its copy with what it left out put back. */
  kept: Card
}>

/** What servers write as they like and nobody loses anything by. */
const ofServers: ReadonlySet<string> = new Set([
  ...['BEGIN', 'END', 'VERSION', 'REV', 'PRODID', 'CREATED', 'X-ABUID', 'CLIENTPIDMAP', 'SOURCE'],
])
/** How a value is written, or which of several comes first: said in another way by each version of vCard. */
const ofWriting: ReadonlySet<string> = new Set([
  ...['', 'VALUE', 'ENCODING', 'CHARSET', 'MEDIATYPE', 'PREF', 'PID', 'ALTID', 'X-APPLE-OMIT-YEAR'],
])
/** Kinds that say what every one of them is. */
const emptyTypes: ReadonlySet<string> = new Set(['internet', 'voice', 'pref', 'other', 'jpeg', 'png', 'gif'])
/** One name for what vCard 3 and 4 call otherwise. */
const oldNames: ReadonlyMap<string, string> = new Map([
  ['X-ADDRESSBOOKSERVER-KIND', 'KIND'],
  ['X-ADDRESSBOOKSERVER-MEMBER', 'MEMBER'],
  ['X-ANNIVERSARY', 'ANNIVERSARY'],
  ['X-GENDER', 'GENDER'],
])
/** Of lists each value by itself: servers divide and join them. */
const lists: ReadonlySet<string> = new Set(['CATEGORIES', 'NICKNAME'])

/** One thing that a card says. */
type Unit = Readonly<{ name: string; key: string; property: Property }>

function keysOf({ line }: Property, name: string): string[] {
  const value = valueText(line)
  if (name === 'UID' || name === 'MEMBER') return [uidKey(value)]
  if (name === 'TEL') return [value.replace(/^tel:/i, '').replace(/[^\d+*#a-z]/gi, '')]
  if (name === 'EMAIL')
    return [
      value
        .replace(/^mailto:/i, '')
        .trim()
        .toLowerCase(),
    ]
  if (name === 'PHOTO' || name === 'LOGO' || name === 'KEY')
    return [value.replace(/^data:[^,]*,/i, '').replace(/[\s=]/g, '')]
  if (name === 'BDAY' || name === 'ANNIVERSARY') return [value.replace(/[-:\s]|T00:?00.*$/g, '')]
  const parts = lists.has(name) ? splitEscaped(value, ',') : [value]
  return parts.map(part =>
    part
      .replace(/\\n/gi, ' ')
      .replace(/\\([,;:\\])/g, '$1')
      .replace(/\s+/g, ' ')
      .trim()
      // Parts at the end that are empty.
      .replace(/[;\s]+$/, ''),
  )
}

const nameOf = (name: string): string => oldNames.get(name) ?? name

const unitsOf = (card: Card): Unit[] =>
  card.lines
    .filter(isProperty)
    .filter(({ line }) => !ofServers.has(line.name) && !isLabel(line))
    .flatMap(property => {
      const name = nameOf(property.line.name)
      return keysOf(property, name).flatMap(key => (key === '' ? [] : [{ name, key, property }]))
    })

const isLabel = ({ group, name }: Property['line']): boolean => group !== '' && name.startsWith('X-AB')

const labelOf = (card: Card, { line: { group } }: Property): string => {
  const found = card.lines
    .filter(isProperty)
    .find(
      ({ line }) =>
        line.name === 'X-ABLABEL' && group !== '' && line.group.toLowerCase() === group.toLowerCase(),
    )
  return found === undefined ? '' : valueText(found.line).trim()
}

/** What is said beside a value, and is not there: kinds, a label, other parameters. */
function lostBeside(sent: Card, copy: Card, mine: Property, other: Property): string[] {
  const name = mine.line.name
  const kinds = new Set(typesOf(other.line))
  const missing = typesOf(mine.line).filter(type => !emptyTypes.has(type) && !kinds.has(type))
  const there = new Set(other.line.parameters.map(each => each.name))
  const parameters = mine.line.parameters
    .map(each => each.name)
    .filter(each => each !== 'TYPE' && !ofWriting.has(each) && !there.has(each))
  const label = labelOf(sent, mine)
  return [
    ...(missing.length > 0 ? [`${name};TYPE`] : []),
    ...parameters.map(each => `${name};${each}`),
    ...(label !== '' && labelOf(copy, other) === '' ? ['X-ABLABEL'] : []),
  ]
}

/**
 * Compares a card that was sent with what the server has of it now. What it writes in another order, folded, escaped, divided or in the words of another
 * version of vCard is the same, and so is what it adds.
 */
export function whatServerKeeps(sent: Card, copy: Card): KeptCard {
  const lost: string[] = []
  const changed: string[] = []
  const lines = new CardLines(copy)
  const [ours, theirs] = [unitsOf(sent), unitsOf(copy)]
  // Nothing of a card is in it.
  if (theirs.length === 0)
    return { lost: [...new Set(ours.map(({ name }) => name))], changed: [], kept: sent }
  for (const name of new Set(ours.map(each => each.name))) {
    const [mine, others] = [ours, theirs].map(all => all.filter(each => each.name === name)) as [
      Unit[],
      Unit[],
    ]
    const absent = mine.filter(({ key }) => !others.some(each => each.key === key))
    const missing = mine.length - others.length
    if (absent.length > 0 && missing <= 0) changed.push(name)
    if (absent.length > 0 && missing > 0) {
      lost.push(name)
      const back = new Set(absent.slice(0, missing).map(({ property }) => property))
      for (const property of back) addWithLabel(lines, sent, property, copy)
    }
    for (const { key, property } of mine) {
      const other = others.find(each => each.key === key)
      const beside = other === undefined ? [] : lostBeside(sent, copy, property, other.property)
      if (other === undefined || beside.length === 0) continue
      lost.push(...beside)
      lines.remove(other.property)
      addWithLabel(lines, sent, property, copy)
    }
  }
  return { lost: [...new Set(lost)], changed: [...new Set(changed)], kept: lines.card }
}

/**
 * Whether a card of the server was made of `ours` and of nobody else's writing, where an answer was lost: it says nothing that ours does not
 * say, and differs from `before` in nothing but what was changed here. `before` null: there was none.
 */
export function isWrittenBy(ours: Card, before: Card | null, copy: Card): boolean {
  if (uidKey(uidOf(ours)) !== uidKey(uidOf(copy))) return false
  const [mine, old, theirs] = [ours, before, copy].map(card => (card === null ? [] : unitsOf(card))) as [
    Unit[],
    Unit[],
    Unit[],
  ]
  const of = (units: readonly Unit[], name: string) =>
    units
      .filter(each => each.name === name)
      .map(({ key, property }) => [key, ...typesOf(property.line).sort()].join('\n'))
      .sort()
  let isOurs = before === null
  for (const name of new Set([...mine, ...old, ...theirs].map(each => each.name))) {
    const [here, then, there] = [mine, old, theirs].map(units => of(units, name)) as [
      string[],
      string[],
      string[],
    ]
    if (before !== null && String(there) === String(then)) continue
    if (before !== null && String(here) === String(then)) return false
    const said = new Set(mine.filter(each => each.name === name).map(({ key }) => key))
    if (theirs.some(each => each.name === name && !said.has(each.key))) return false
    isOurs = true
  }
  return isOurs
}
