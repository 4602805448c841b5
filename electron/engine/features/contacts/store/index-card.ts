import type { ContactFields, ContactKind, LabelledValue } from '../../../../../shared/features/contacts/model'
import { foldText } from '../../../../../shared/kit/fold-text'
import { byteTextOf } from '../../../formats/content-lines/byte-text'
import { nameOf, readFields } from '../../../formats/vcard/fields/read-fields'
import { kindOf, uidKey, uidOf } from '../../../formats/vcard/group-cards'
import { readCard } from '../../../formats/vcard/read-card'
import { wordsOfPerson, wordsOfText } from '../../../kit/people/address-words'
import type { WriteDb } from '../../../store/db'
import { jsonList, sql } from '../../../store/sql'

/** Words of one card that are kept for finding it. */
const mostWords = 8000
const mostNote = 2000

/** What a card is found, shown in a list and written to by. */
type IndexedCard = Readonly<{
  uid: string
  kind: ContactKind
  name: string
  sortKey: string
  fields: ContactFields
  words: string
  personWords: string
}>

/** Reads a card for the index. */
export function indexed(raw: Uint8Array): IndexedCard {
  const card = readCard(byteTextOf(raw))
  const fields = readFields(card)
  const name = nameOf(fields)
  const { family, given } = fields.name
  const names = [name, fields.displayName, fields.nickname, given, family].join(' ')
  const person = ['', ...fields.emails.map(({ value }) => value)]
    .slice(0, 50)
    .map(address => wordsOfPerson({ name: names, address }))
    .join('')
  const others = [
    fields.organisation,
    ...fields.units,
    fields.title,
    fields.role,
    ...fields.categories,
    ...fields.phones.flatMap(({ value }) => [value, value.replace(/[^\d+]/g, '')]),
    ...fields.addresses.flatMap(({ street, city, region, code, country }) => [
      street,
      city,
      region,
      code,
      country,
    ]),
    ...fields.urls.map(({ value }) => value),
    ...fields.chats.map(({ value }) => value),
    fields.note.slice(0, mostNote),
  ]
  const more = wordsOfText(others.filter(text => text !== '').join(' '))
  return {
    uid: uidKey(uidOf(card)),
    kind: kindOf(card),
    name,
    // By the family name where there is one, as books of addresses are sorted.
    sortKey: foldText([family, given, name].filter(part => part !== '').join(' ')),
    fields,
    words: (person + more).slice(0, mostWords),
    personWords: person.slice(0, mostWords),
  }
}

const preferredFirst = (values: readonly LabelledValue[]): string[] =>
  [...values].sort((one, other) => Number(other.preferred) - Number(one.preferred)).map(({ value }) => value)

/** Writes what is read of a card in the place of what was read of it before. */
export function writeIndex(db: WriteDb, id: number, card: IndexedCard): void {
  const { fields } = card
  const emails = JSON.stringify(preferredFirst(fields.emails))
  const phones = JSON.stringify(preferredFirst(fields.phones))
  const birthday = fields.birthday === null ? null : JSON.stringify(fields.birthday)
  db.run(sql`
    INSERT OR REPLACE INTO card_index VALUES (${id}, ${card.kind}, ${card.name}, ${card.sortKey}, ${fields.organisation},
      ${emails}, ${phones}, ${JSON.stringify(fields.categories)}, ${birthday}, ${card.words}, ${card.personWords})`)
  db.run(sql`DELETE FROM card_addresses WHERE card = ${id}`)
  db.run(sql`
    INSERT OR IGNORE INTO card_addresses SELECT lower(value), ${id} FROM json_each(${emails})`)
}

/** Cards that are no longer shown: they wait until their server was told. */
export function forgetIndex(db: WriteDb, ids: readonly number[]): void {
  const gone = jsonList(ids)
  db.run(sql`DELETE FROM card_index WHERE card IN (SELECT value FROM json_each(${gone}))`)
  db.run(sql`DELETE FROM card_addresses WHERE card IN (SELECT value FROM json_each(${gone}))`)
}
