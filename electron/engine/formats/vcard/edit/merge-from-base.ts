import { type Card, type Property, rawOf } from '../card'
import { CardLines } from './edit-lines'
import { addWithLabel, isProperty, mergeCards, saysTheSame, valueKey } from './merge-cards'

const frame: ReadonlySet<string> = new Set(['BEGIN', 'END', 'VERSION'])
/** Where both sides wrote another one, ours is as good. */
const stamps: ReadonlySet<string> = new Set(['REV', 'PRODID', 'CREATED'])
/** Of these people have several, each for itself. */
const several: ReadonlySet<string> = new Set([
  ...['EMAIL', 'TEL', 'ADR', 'URL', 'IMPP', 'RELATED', 'KEY', 'MEMBER', 'X-ADDRESSBOOKSERVER-MEMBER'],
  ...['X-ABRELATEDNAMES', 'X-ABDATE', 'X-SOCIALPROFILE'],
])

/** A property with the label that its group gives it. `text`: all that it says, however it is folded and whatever its group is called. */
type Unit = Readonly<{ name: string; key: string; text: string; property: Property }>

const lineText = ({ line }: Property): string =>
  [
    line.name,
    ...line.parameters.map(({ name, values }) => `${name}=${values.join(',')}`).sort(),
    line.value,
  ].join(';')

function unitsOf(card: Card): Unit[] {
  const properties = card.lines.filter(isProperty)
  const isLabel = ({ line }: Property) => line.group !== '' && line.name.startsWith('X-AB')
  const labels = new Map<string, string[]>()
  for (const each of properties.filter(isLabel)) {
    const group = each.line.group.toLowerCase()
    labels.set(group, [...(labels.get(group) ?? []), lineText(each)])
  }
  return properties
    .filter(each => !frame.has(each.line.name) && !isLabel(each))
    .map(property => ({
      name: property.line.name,
      key: valueKey(property),
      text: [lineText(property), ...(labels.get(property.line.group.toLowerCase()) ?? []).sort()].join('\n'),
      property,
    }))
}

const texts = (units: readonly Unit[]): string => JSON.stringify(units.map(({ text }) => text).sort())
const isSame = (one: readonly Unit[], other: readonly Unit[]): boolean => texts(one) === texts(other)
const has = (units: readonly Unit[], text: string): boolean => units.some(each => each.text === text)

/** What goes from ours and what comes from theirs; null where both changed the same. */
type Change = Readonly<{ go: readonly Unit[]; come: readonly Unit[] }> | null

function changeOf(
  name: string,
  ours: readonly Unit[],
  theirs: readonly Unit[],
  base: readonly Unit[],
): Change {
  if (isSame(ours, theirs) || isSame(theirs, base)) return { go: [], come: [] }
  const come = theirs.filter(({ text }) => !has(ours, text))
  if (isSame(ours, base)) return { go: ours.filter(({ text }) => !has(theirs, text)), come }
  if (stamps.has(name)) return { go: [], come: [] }
  if (!several.has(name) && Math.max(ours.length, theirs.length, base.length) < 2) return null
  for (const { text, key } of base) {
    // Of one value the kind or the label was changed on both sides, or on one while the other took it away.
    if (has(ours, text) || has(theirs, text)) continue
    const kept = [ours, theirs].map(units => units.find(each => each.key === key)?.text)
    if (kept[0] !== kept[1]) return null
  }
  return {
    go: ours.filter(({ text }) => has(base, text) && !has(theirs, text)),
    come: come.filter(
      ({ text, key }) => !has(base, text) && !ours.some(each => each.key === key && !has(base, each.text)),
    ),
  }
}

/**
 * A card that was changed here and one that was changed on its server since `base`: what one side alone changed is taken from it, property by
 * property, with labels and kinds. Null where both changed the same thing in different ways. Without a base, or where one side made another
 * version of it, they are joined by what they say.
 */
export function mergeFromBase(ours: Card, theirs: Card, base: Card | null): Card | null {
  if (saysExactly(ours, theirs)) return theirs
  if (base === null || base.version !== ours.version || ours.version !== theirs.version) {
    if (saysTheSame(ours, theirs)) return theirs
    const { card, conflicts } = mergeCards(ours, theirs, base)
    return conflicts.length > 0 ? null : card
  }
  const [own, other, before] = [unitsOf(ours), unitsOf(theirs), unitsOf(base)]
  const lines = new CardLines(ours)
  for (const name of new Set([...own, ...other].map(each => each.name))) {
    const of = (units: readonly Unit[]) => units.filter(each => each.name === name)
    const change = changeOf(name, of(own), of(other), of(before))
    if (change === null) return null
    for (const { property } of change.go) lines.remove(property)
    for (const { property } of change.come) addWithLabel(lines, theirs, property, ours)
  }
  return saysExactly(lines.card, theirs) ? theirs : lines.card
}

const saysExactly = (one: Card, other: Card): boolean =>
  rawOf(one) === rawOf(other) || (one.version === other.version && isSame(unitsOf(one), unitsOf(other)))
