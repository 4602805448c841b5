import type { ContactId, PartialDate } from '../../../../../shared/features/contacts/model'
import { partialDate } from '../../../../../shared/features/contacts/model'
import { foldText } from '../../../../../shared/kit/fold-text'
import { byteTextOf } from '../../../formats/content-lines/byte-text'
import { readFields } from '../../../formats/vcard/fields/read-fields'
import { readCard } from '../../../formats/vcard/read-card'
import { typedWords } from '../../../kit/people/address-words'
import type { ContactStore } from '../../../ports/contacts/contact-store'
import type { StoreContext } from '../../../store/context'
import { jsonList, sql } from '../../../store/sql'
import { storedJson } from '../../../store/stored-json'
import { type IndexRow, summaryOf } from './contact-rows'

/** Lists and finds, on what the index holds. */
export function createFinder({
  database: { read },
}: StoreContext): Pick<ContactStore, 'list' | 'find' | 'birthdays' | 'anniversaries'> {
  return {
    list: bookId =>
      read
        .all<IndexRow>(sql`
          SELECT c.id, c.book, c.uid, i.kind, i.name, i.organisation, i.emails, i.phones, i.categories
          FROM cards c JOIN card_index i ON i.card = c.id
          WHERE ${bookId} IS NULL OR c.book = ${bookId} ORDER BY i.sort_key, c.id`)
        .map(summaryOf),
    find: (text, limit) => {
      const words = typedWords(text)
      // A number is found by any part of it, however it was cut, and without the zero of a long-distance call.
      const digits = text.replace(/\D/g, '').replace(/^0+/, '')
      const isNumber = digits.length > 2 && /^[\d\s+()/.-]+$/.test(text)
      const starts = jsonList(isNumber ? [digits] : words.map(word => ` ${word}`))
      if (words.length === 0) return []
      return read
        .all<IndexRow>(sql`
          SELECT c.id, c.book, c.uid, i.kind, i.name, i.organisation, i.emails, i.phones, i.categories
          FROM cards c JOIN card_index i ON i.card = c.id
          WHERE NOT EXISTS (SELECT 1 FROM json_each(${starts}) typed WHERE instr(i.words, typed.value) = 0)
          ORDER BY instr(i.sort_key, ${foldText(words[0] ?? '')}) <> 1, i.sort_key, c.id LIMIT ${limit}`)
        .map(summaryOf)
    },
    birthdays: () =>
      read
        .all<{ card: ContactId; name: string; birthday: string }>(
          sql`SELECT card, name, birthday FROM card_index WHERE birthday IS NOT NULL ORDER BY sort_key, card`,
        )
        .flatMap(({ card, name, birthday }) => {
          const date: PartialDate | null = storedJson(partialDate, birthday)
          return date === null ? [] : [{ id: card, name, birthday: date }]
        }),
    anniversaries: () =>
      read
        .all<{ id: ContactId; name: string; raw: Uint8Array }>(sql`
          SELECT c.id, i.name, c.raw FROM cards c JOIN card_index i ON i.card = c.id
          WHERE instr(c.raw, ${Buffer.from('ANNIVERSARY')}) > 0 OR instr(c.raw, ${Buffer.from('X-ABDATE')}) > 0
          ORDER BY i.sort_key, c.id`)
        .flatMap(({ id, name, raw }) => {
          const { anniversary } = readFields(readCard(byteTextOf(raw)))
          return anniversary === null ? [] : [{ id, name, anniversary }]
        }),
  }
}
