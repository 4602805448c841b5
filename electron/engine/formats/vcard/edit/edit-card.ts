import type { ContactChange, ContactFields, PartialDate } from '../../../../../shared/features/contacts/model'
import type { ByteText } from '../../content-lines/byte-text'
import { utf8Bytes } from '../../content-lines/byte-text'
import { type Card, propertiesOf, rawOf } from '../card'
import { nameOfDisplay } from '../fields/name-of-display'
import { writePartialDate } from '../fields/partial-dates'
import { anniversaryNames, dateOf, nameOf, readFields } from '../fields/read-fields'
import { kindOf } from '../group-cards'
import { partsOf, type WrittenValue, writeList, writeParts, writeText } from '../property-value'
import { CardLines } from './edit-lines'
import { editAddresses, editValues } from './edit-lists'

/**
 * The card with these changes, in the version that it has. What is equal to what the card says is not written, so that a
 * form that was saved without a change changes nothing.
 */
export function editCard(card: Card, change: ContactChange, revision: ByteText | null = null): Card {
  const before = readFields(card)
  const lines = new CardLines(card)
  const named = withDisplayName(before, change)
  const hasParts = propertiesOf(card, 'N').length > 0 && kindOf(card) === 'individual'
  const wanted = hasParts ? withNameParts(before, named) : named
  const differs = <K extends keyof ContactFields>(key: K): boolean =>
    wanted[key] !== undefined && JSON.stringify(wanted[key]) !== JSON.stringify(before[key])

  if (differs('name')) setName(lines, wanted.name ?? before.name)
  const after = { ...before, ...definedOf(wanted) }
  if (differs('displayName'))
    setOne(lines, 'FN', writeText(card.version, after.displayName), after.displayName === '')
  if (differs('organisation') || differs('units')) {
    const parts = [after.organisation, ...after.units]
    setOne(
      lines,
      'ORG',
      writeParts(card.version, parts),
      parts.every(part => part === ''),
    )
  }
  for (const [key, name] of singles)
    if (differs(key)) setOne(lines, name, writeText(card.version, after[key]), after[key] === '')
  if (differs('categories'))
    setOne(lines, 'CATEGORIES', writeList(card.version, after.categories), after.categories.length === 0)
  if (differs('birthday')) setDate(lines, ['BDAY'], after.birthday)
  if (differs('anniversary')) setDate(lines, anniversaryNames, after.anniversary)
  for (const list of ['emails', 'phones', 'urls', 'chats'] as const)
    if (differs(list)) editValues(lines, list, after[list])
  if (differs('addresses')) editAddresses(lines, after.addresses)
  const isChanged = rawOf(lines.card) !== rawOf(card)
  if (isChanged && revision !== null && propertiesOf(card, 'REV').length > 0)
    setOne(lines, 'REV', { value: revision, parameters: [] }, false)
  return lines.card
}

const singles = [
  ['nickname', 'NICKNAME'],
  ['title', 'TITLE'],
  ['role', 'ROLE'],
  ['note', 'NOTE'],
] as const

const definedOf = (change: ContactChange): Partial<ContactFields> =>
  Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  ) as Partial<ContactFields>

/** FN follows the name as long as it says the same as that. */
function withDisplayName(before: ContactFields, change: ContactChange): ContactChange {
  const isNamed = (['name', 'organisation'] as const).some(
    key => change[key] !== undefined && JSON.stringify(change[key]) !== JSON.stringify(before[key]),
  )
  if (change.displayName !== undefined || !isNamed) return change
  const followed = nameOf({ ...before, displayName: '' })
  if (before.displayName !== '' && before.displayName !== followed) return change
  const displayName = nameOf({ ...before, ...definedOf(change), displayName: '' })
  return { ...change, displayName }
}

/** The parts follow FN as long as they say the same as that; some programs show the parts alone. */
function withNameParts(before: ContactFields, change: ContactChange): ContactChange {
  const { displayName = before.displayName, name = before.name } = change
  const organisation = change.organisation ?? before.organisation
  const isSame = (one: ContactFields['name'], other: ContactFields['name']) =>
    JSON.stringify(one) === JSON.stringify(other)
  if (displayName === before.displayName || displayName === organisation) return change
  if (!isSame(name, before.name) || !isSame(name, nameOfDisplay(before.displayName))) return change
  return { ...change, name: nameOfDisplay(displayName) }
}

/** The first of this name says it from now on, and the others go. */
function setOne(lines: CardLines, name: string, written: WrittenValue, isGone: boolean): void {
  const [first, ...others] = propertiesOf(lines.card, name)
  for (const each of others) lines.remove(each)
  if (first === undefined) {
    if (!isGone) lines.add({ name }, written)
  } else if (isGone) lines.remove(first)
  else lines.replace(first, written)
}

/** The five parts that are read, and whatever stands behind them (RFC 9554 has seven). */
function setName(lines: CardLines, name: ContactFields['name']): void {
  const [found] = propertiesOf(lines.card, 'N')
  const further = found === undefined ? [] : partsOf(found.line, lines.version).slice(5)
  const parts = [name.family, name.given, name.additional, name.prefix, name.suffix, ...further]
  setOne(lines, 'N', writeParts(lines.version, parts), false)
}

function setDate(lines: CardLines, names: readonly string[], date: PartialDate | null): void {
  const found = names.flatMap(name => propertiesOf(lines.card, name))
  const [first, ...others] = found
  for (const each of others) lines.remove(each)
  if (date === null) {
    if (first !== undefined) lines.remove(first)
    return
  }
  const { value, isWithoutYear } = writePartialDate(date, lines.version)
  const parameters = isWithoutYear ? [{ name: 'X-APPLE-OMIT-YEAR', values: ['1604'] }] : []
  const written = { value: utf8Bytes(value), parameters }
  const name = lines.version === '4.0' ? names[0] : (names[1] ?? names[0])
  if (first === undefined) lines.add({ name: name ?? 'BDAY' }, written)
  else {
    const kept = first.line.parameters.filter(each => each.name !== 'VALUE')
    lines.replace(first, written, { parameters: kept })
  }
  // A form that was not read before must not stand beside it.
  if (dateOf(lines.card, names) === null) throw new Error('a date was written that cannot be read')
}
