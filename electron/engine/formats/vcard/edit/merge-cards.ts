import { foldText } from '../../../../../shared/kit/fold-text'
import type { ByteText } from '../../content-lines/byte-text'
import { type Card, type CardLine, type Property, rawOf } from '../card'
import { valueText } from '../property-value'
import { convertProperty } from './convert-property'
import { CardLines } from './edit-lines'

/** What two cards are joined of that never stands twice, and of which one's own stays. */
const alone = new Set(['BEGIN', 'END', 'VERSION', 'UID', 'PRODID', 'REV', 'KIND', 'CREATED', 'X-ABUID'])
/** Of these a card has one: two values are a question, and both are kept in a note of the report. */
const single = new Set([
  'FN',
  'N',
  'BDAY',
  'ANNIVERSARY',
  'ORG',
  'GENDER',
  'PHOTO',
  'LOGO',
  'X-ADDRESSBOOKSERVER-KIND',
])

const normalised = (text: string): string => foldText(text.replace(/\s+/g, ' ').trim())

/** What makes two values the same one. Numbers are compared by their digits, pictures by their bytes. */
export function valueKey({ line }: Property): string {
  const value = valueText(line)
  if (line.name === 'TEL')
    return value
      .replace(/^tel:/i, '')
      .replace(/[^\d+*#a-z]/gi, '')
      .replace(/^00/, '+')
  if (line.name === 'EMAIL') return normalised(value.replace(/^mailto:/i, ''))
  if (line.name === 'PHOTO' || line.name === 'LOGO') return value.replace(/\s/g, '')
  return normalised(value)
}

const keyOf = (property: Property): string => `${property.line.name}\n${valueKey(property)}`

export const isProperty = (each: CardLine): each is Property => each.line !== null

/** Values that stand in both, once, and would stand twice: both are said. */
type MergeConflict = Readonly<{ name: string; kept: string; other: string }>

export type Merged = Readonly<{ card: Card; conflicts: readonly MergeConflict[] }>

/**
 * A card that came beside one that is here, from a common ancestor or (null) none. By property, by name and normalised value:
 * what `theirs` added comes, what it removed goes, and where both changed the one value of a kind, ours stays and both are
 * told. Labels come with their values.
 */
export function mergeCards(ours: Card, theirs: Card, base: Card | null): Merged {
  const lines = new CardLines(ours)
  const inBase = new Set((base?.lines ?? []).filter(isProperty).map(keyOf))
  const inTheirs = new Set(theirs.lines.filter(isProperty).map(keyOf))
  const ourProperties = ours.lines.filter(isProperty)
  const inOurs = new Set(ourProperties.map(keyOf))
  const conflicts: MergeConflict[] = []

  for (const property of ourProperties) {
    if (isAlone(property) || inTheirs.has(keyOf(property)) || !inBase.has(keyOf(property))) continue
    lines.remove(property)
  }
  for (const property of theirs.lines.filter(isProperty)) {
    const { name } = property.line
    if (isAlone(property) || inOurs.has(keyOf(property)) || inBase.has(keyOf(property))) continue
    if (isEmpty(property)) continue
    const standing = single.has(name)
      ? lines.card.lines.filter(isProperty).find(each => each.line.name === name)
      : undefined
    if (standing !== undefined && isEmpty(standing)) lines.remove(standing)
    else if (standing !== undefined) {
      if (!isPart(property, standing))
        conflicts.push({ name, kept: valueText(standing.line), other: valueText(property.line) })
      continue
    }
    addWithLabel(lines, theirs, property, ours)
  }
  return { card: lines.card, conflicts }
}

const isAlone = ({ line }: Property): boolean => alone.has(line.name) || line.name.startsWith('X-AB')
const isEmpty = ({ line }: Property): boolean => valueText(line).replace(/[;,\s]/g, '') === ''

/** A name with nothing in it that the other has not, too, is no other one. */
function isPart(less: Property, more: Property): boolean {
  const words = (each: Property) =>
    valueKey(each)
      .split(/[\s;,]+/)
      .filter(word => word !== '')
  const known = new Set(words(more))
  return less.line.name !== 'PHOTO' && words(less).every(word => known.has(word))
}

/** Puts a property of `theirs` into a card that began as `ours`, with the label of its group. */
export function addWithLabel(lines: CardLines, theirs: Card, property: Property, ours: Card): void {
  const { group } = property.line
  if (theirs.version === ours.version && group === '') {
    lines.addLines([{ ...property, raw: ended(property.raw) }])
    return
  }
  const companions = group === '' ? [] : companionsOf(theirs, group)
  const free = companions.length > 0 ? lines.freeGroup() : ''
  for (const each of [property, ...companions]) {
    const { parameters, written } = convertProperty(each, theirs.version, ours.version)
    const name = each.line.name === 'X-ABLABEL' ? 'X-ABLabel' : each.line.name
    lines.add({ group: free, name, parameters }, written)
  }
}

const ended = (raw: ByteText): ByteText => (/[\r\n]$/.test(raw) ? raw : `${raw}\r\n`)

const companionsOf = (card: Card, group: ByteText): Property[] =>
  card.lines
    .filter(isProperty)
    .filter(
      each => each.line.group.toLowerCase() === group.toLowerCase() && each.line.name.startsWith('X-AB'),
    )

/** What a card says, the same for cards that say the same in whatever order and spelling. */
export const contentOf = (card: Card): string =>
  JSON.stringify(
    card.lines
      .filter(isProperty)
      .filter(each => !isAlone(each) && !isEmpty(each))
      .map(keyOf)
      .sort(),
  )

/** Whether two cards say the same. */
export const saysTheSame = (one: Card, other: Card): boolean =>
  rawOf(one) === rawOf(other) || contentOf(one) === contentOf(other)
