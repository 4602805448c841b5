import type { ContactFields } from '../../../../../shared/features/contacts/model'
import { noFields } from '../../../../../shared/features/contacts/model'
import { type Card, rawOf, type VcardVersion } from '../card'
import { nameOfDisplay } from '../fields/name-of-display'
import { nameOf, readFields } from '../fields/read-fields'
import { readCard } from '../read-card'
import { editCard } from './edit-card'

const hasName = (card: Card): boolean => card.lines.some(each => each.line?.name === 'N')

/**
 * A new card. 3.0 by default, which every server and every program takes; no PRODID, which would name the program, and no REV.
 */
export function newCard(
  uid: string,
  fields: Partial<ContactFields>,
  { version = '3.0', isGroup = false }: Readonly<{ version?: VcardVersion; isGroup?: boolean }> = {},
): Card {
  const empty = `BEGIN:VCARD\r\nVERSION:${version}\r\nUID:${uid}\r\nEND:VCARD\r\n`
  const whole = { ...noFields, ...fields }
  const card = editCard(readCard(empty), { ...whole, displayName: whole.displayName || nameOf(whole) })
  const { displayName, organisation } = readFields(card)
  const isPerson = !isGroup && displayName !== organisation
  // Both must stand in a card of 3.0 (RFC 2426 §3.1), also where nothing is known.
  if (isPerson && displayName !== '' && !hasName(card))
    return editCard(card, { name: nameOfDisplay(displayName), displayName })
  const missing = [
    ...(hasName(card) ? [] : ['N:;;;;\r\n']),
    ...(card.lines.some(each => each.line?.name === 'FN') ? [] : ['FN:\r\n']),
  ].join('')
  return readCard(rawOf(card).replace(/\r\nEND:VCARD\r\n$/, `\r\n${missing}END:VCARD\r\n`))
}
