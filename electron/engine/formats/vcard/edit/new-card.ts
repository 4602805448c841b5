import type { ContactFields } from '../../../../../shared/features/contacts/model'
import { noFields } from '../../../../../shared/features/contacts/model'
import { type Card, rawOf, type VcardVersion } from '../card'
import { nameOf } from '../fields/read-fields'
import { readCard } from '../read-card'
import { editCard } from './edit-card'

/**
 * A new card. 3.0 by default, which every server and every program takes; no PRODID, which would name the program, and no REV.
 */
export function newCard(uid: string, fields: Partial<ContactFields>, version: VcardVersion = '3.0'): Card {
  const empty = `BEGIN:VCARD\r\nVERSION:${version}\r\nUID:${uid}\r\nEND:VCARD\r\n`
  const whole = { ...noFields, ...fields }
  const card = editCard(readCard(empty), { ...whole, displayName: whole.displayName || nameOf(whole) })
  // Both must stand in a card of 3.0 (RFC 2426 §3.1), also where nothing is known.
  const missing = [
    ...(card.lines.some(each => each.line?.name === 'N') ? [] : ['N:;;;;\r\n']),
    ...(card.lines.some(each => each.line?.name === 'FN') ? [] : ['FN:\r\n']),
  ].join('')
  return readCard(rawOf(card).replace(/\r\nEND:VCARD\r\n$/, `\r\n${missing}END:VCARD\r\n`))
}
