import type { ContactKind } from '../../../../shared/features/contacts/model'
import type { ByteText } from '../content-lines/byte-text'
import { type Card, propertiesOf } from './card'
import { CardLines } from './edit/edit-lines'
import { shownLine } from './fields/shown-text'
import { textOf, writeUri } from './property-value'

/** How a card names the members of its group: RFC 6350's way, or the one that Apple had before it. */
const ways = [
  { kind: 'KIND', member: 'MEMBER' },
  { kind: 'X-ADDRESSBOOKSERVER-KIND', member: 'X-ADDRESSBOOKSERVER-MEMBER' },
] as const

/** What a card stands for. */
export function kindOf(card: Card): ContactKind {
  for (const { kind } of ways) {
    const found = propertiesOf(card, kind)[0]
    const value = found === undefined ? '' : textOf(found.line, card.version).trim().toLowerCase()
    if (value === 'group') return 'group'
    if (value === 'org') return 'organisation'
  }
  const showsCompany = propertiesOf(card, 'X-ABSHOWAS')[0]
  return showsCompany !== undefined && /company/i.test(textOf(showsCompany.line, card.version))
    ? 'organisation'
    : 'individual'
}

/** One that a group names: by the UID of a card, or by an address. */
export type NamedMember = Readonly<{ uid: string; address: string }>

const addressOf = (text: string): string => {
  const bare = text.replace(/^mailto:/i, '').split('?')[0] ?? ''
  try {
    return decodeURIComponent(bare)
  } catch {
    return bare
  }
}

const bareUid = (text: string): string => text.trim().replace(/^urn:uuid:/i, '')

/** Those that a group names, each once, in its order. */
export function membersOf(card: Card): NamedMember[] {
  const found = ways.flatMap(({ member }) => propertiesOf(card, member))
  const texts = new Set(
    found.map(({ line }) => textOf(line, card.version).trim()).filter(text => text !== ''),
  )
  return [...texts].map(text =>
    /^mailto:/i.test(text)
      ? { uid: '', address: shownLine(addressOf(text)) }
      : { uid: bareUid(text), address: '' },
  )
}

/** The form in which UIDs are compared: with and without `urn:uuid:`, in any case. */
export const uidKey = (uid: string): string => bareUid(uid).toLowerCase()

/** UID of a card; '' where it has none. */
export function uidOf(card: Card): string {
  const found = propertiesOf(card, 'UID')[0]
  return found === undefined ? '' : textOf(found.line, card.version).trim().slice(0, 2000)
}

/** Gives a card a UID that has none. */
export function withUid(card: Card, uid: string): Card {
  const lines = new CardLines(card)
  for (const each of propertiesOf(card, 'UID')) lines.remove(each)
  lines.add({ name: 'UID' }, writeUri(uid))
  return lines.card
}

/** Makes the members of a group these; those that stay keep their lines, also such that nobody here knows. */
export function editMembers(card: Card, wanted: readonly NamedMember[]): Card {
  const lines = new CardLines(card)
  const way = card.version === '4.0' && propertiesOf(card, ways[1].kind).length === 0 ? ways[0] : ways[1]
  if (kindOf(card) !== 'group') lines.add({ name: way.kind }, writeUri('group'))
  const keyOf = (member: NamedMember): string =>
    member.uid === '' ? `mailto:${member.address.toLowerCase()}` : uidKey(member.uid)
  const left = new Map(wanted.map(member => [keyOf(member), member]))
  for (const property of ways.flatMap(({ member }) => propertiesOf(card, member))) {
    const [member] = membersOf({ ...card, lines: [property] })
    if (member !== undefined && left.delete(keyOf(member))) continue
    lines.remove(property)
  }
  for (const member of left.values()) {
    const value: ByteText = member.uid === '' ? `mailto:${member.address}` : `urn:uuid:${bareUid(member.uid)}`
    lines.add({ name: way.member }, writeUri(value))
  }
  return lines.card
}
