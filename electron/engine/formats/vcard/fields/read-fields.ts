import type {
  ContactFields,
  LabelledValue,
  PartialDate,
  PostalAddress,
} from '../../../../../shared/features/contacts/model'
import { parameterValues } from '../../content-lines/content-line'
import { type Card, type Property, propertiesOf } from '../card'
import { listOf, partsOf, textOf } from '../property-value'
import { labelOf } from './labels'
import { readPartialDate, yearless } from './partial-dates'
import { shownLine, shownText } from './shown-text'

const mostNote = 1_000_000

const firstText = (card: Card, name: string): string => {
  const found = propertiesOf(card, name)
  const best = found.find(({ line }) => parameterValues(line, 'PREF')[0] === '1') ?? found[0]
  return best === undefined ? '' : shownLine(textOf(best.line, card.version))
}

const firstParts = (card: Card, name: string): string[] => {
  const found = propertiesOf(card, name)[0]
  return found === undefined ? [] : partsOf(found.line, card.version).map(shownLine)
}

/** Values that stand in a list of the fields, each with the property that it comes from. */
export type Placed<T> = Readonly<{ property: Property; value: T }>

/** Names under which a kind of value stands. */
export const listNames = {
  emails: ['EMAIL'],
  phones: ['TEL'],
  urls: ['URL'],
  chats: ['IMPP', 'X-JABBER', 'X-AIM', 'X-ICQ', 'X-MSN', 'X-YAHOO', 'X-SKYPE', 'X-MATRIX'],
} as const
export type ListName = keyof typeof listNames

const prefixes: Readonly<Record<ListName, RegExp>> = {
  emails: /^mailto:/i,
  phones: /^tel:/i,
  urls: /^(?!)/,
  chats: /^(?!)/,
}

export function placedValues(card: Card, list: ListName): Placed<LabelledValue>[] {
  return card.lines.flatMap(each => {
    if (each.line === null || !(listNames[list] as readonly string[]).includes(each.line.name)) return []
    const property: Property = { ...each, line: each.line }
    const value = shownText(textOf(each.line, card.version), 4000).trim().replace(prefixes[list], '')
    return value === '' ? [] : [{ property, value: { value, ...labelOf(card, property) } }]
  })
}

export function placedAddresses(card: Card): Placed<PostalAddress>[] {
  return propertiesOf(card, 'ADR').flatMap(property => {
    const parts = partsOf(property.line, card.version).map(part => shownText(part, 1000).trim())
    if (parts.every(part => part === '')) return []
    const [poBox = '', extended = '', street = '', city = '', region = '', code = '', country = ''] = parts
    return [
      {
        property,
        value: { poBox, extended, street, city, region, code, country, ...labelOf(card, property) },
      },
    ]
  })
}

/** Names under which an anniversary stands, the standard's first. */
export const anniversaryNames = [
  'ANNIVERSARY',
  'X-ANNIVERSARY',
  'X-WEDDING',
  'X-EVOLUTION-ANNIVERSARY',
] as const

export function dateOf(card: Card, names: readonly string[]): PartialDate | null {
  for (const name of names)
    for (const { line } of propertiesOf(card, name)) {
      const omitted = Number(parameterValues(line, 'X-APPLE-OMIT-YEAR')[0] ?? yearless)
      const found = readPartialDate(textOf(line, card.version), omitted)
      if (found !== null) return found
    }
  return null
}

/** BDAY where it is no date that is read. */
export const birthdayText = (card: Card): string =>
  dateOf(card, ['BDAY']) === null ? firstText(card, 'BDAY').slice(0, 200) : ''

/** What a card says, for people. Whatever is not among it is looked at by nobody and stays. */
export function readFields(card: Card): ContactFields {
  const [family = '', given = '', additional = '', prefix = '', suffix = ''] = firstParts(card, 'N')
  const [organisation = '', ...units] = firstParts(card, 'ORG')
  return {
    displayName: firstText(card, 'FN'),
    name: { family, given, additional, prefix, suffix },
    nickname: firstText(card, 'NICKNAME'),
    organisation,
    units: units.filter(unit => unit !== '').slice(0, 20),
    title: firstText(card, 'TITLE'),
    role: firstText(card, 'ROLE'),
    emails: placedValues(card, 'emails')
      .map(({ value }) => value)
      .slice(0, 500),
    phones: placedValues(card, 'phones')
      .map(({ value }) => value)
      .slice(0, 500),
    addresses: placedAddresses(card)
      .map(({ value }) => value)
      .slice(0, 100),
    urls: placedValues(card, 'urls')
      .map(({ value }) => value)
      .slice(0, 200),
    chats: placedValues(card, 'chats')
      .map(({ value }) => value)
      .slice(0, 200),
    birthday: dateOf(card, ['BDAY']),
    anniversary: dateOf(card, anniversaryNames),
    note: propertiesOf(card, 'NOTE')
      .map(({ line }) => shownText(textOf(line, card.version), mostNote))
      .join('\n\n')
      .slice(0, mostNote),
    categories: [
      ...new Set(
        propertiesOf(card, 'CATEGORIES').flatMap(({ line }) => listOf(line, card.version).map(shownLine)),
      ),
    ].slice(0, 500),
  }
}

/** What a card is called where FN is missing (RFC 2426 demands it, and many have none): for the view only, never written. */
export function nameOf(fields: ContactFields): string {
  const { name } = fields
  const parts = [name.prefix, name.given, name.additional, name.family, name.suffix].filter(
    part => part !== '',
  )
  return (
    [
      fields.displayName,
      parts.join(' '),
      fields.nickname,
      fields.organisation,
      fields.emails[0]?.value,
      fields.phones[0]?.value,
    ].find(each => each !== undefined && each !== '') ?? ''
  ).slice(0, 1000)
}

/** Names that are read here or say how the card is written. */
const readNames = new Set([
  ...['BEGIN', 'END', 'VERSION', 'UID', 'PRODID', 'REV', 'KIND', 'X-ADDRESSBOOKSERVER-KIND', 'MEMBER'],
  ...['X-ADDRESSBOOKSERVER-MEMBER', 'X-ABLABEL', 'X-ABADR', 'X-ABSHOWAS', 'X-ABUID', 'PHOTO', 'BDAY'],
  ...['FN', 'N', 'NICKNAME', 'ORG', 'TITLE', 'ROLE', 'ADR', 'NOTE', 'CATEGORIES'],
  ...Object.values(listNames).flat(),
  ...anniversaryNames,
])

/** Names of properties that are kept and not shown. */
export const unreadNames = (card: Card): string[] =>
  [
    ...new Set(
      card.lines.flatMap(({ line }) =>
        line === null || readNames.has(line.name) ? [] : [line.name.slice(0, 100)],
      ),
    ),
  ].slice(0, 200)
