import type { Address } from '../../../../../../shared/features/mail/model'
import { typedWords, wordsOfPerson } from '../../../../kit/people/address-words'
import { rankPeople } from '../../../../kit/people/rank-people'
import type { AddressUse, Candidate } from '../../../../ports/contacts/people'
import type { ReadDb, WriteDb } from '../../../../store/db'
import { jsonList, sql } from '../../../../store/sql'

/** Gathers the addresses of a batch, so that each is written once. */
export class AddressBatch {
  readonly #seen = new Map<string, { name: string; count: number; written: number; lastUsedMs: number }>()

  add(
    header: { from: readonly Address[]; to: readonly Address[]; cc: readonly Address[] },
    dateMs: number,
    written: boolean,
  ): void {
    for (const person of written ? [...header.to, ...header.cc].slice(0, 50) : header.from.slice(0, 1)) {
      if (person.address === '' || person.address.length > 320) continue
      const key = person.address.toLowerCase()
      const known = this.#seen.get(key)
      this.#seen.set(key, {
        name: person.name || (known?.name ?? ''),
        count: (known?.count ?? 0) + 1,
        written: (known?.written ?? 0) + (written ? 1 : 0),
        lastUsedMs: Math.max(known?.lastUsedMs ?? 0, dateMs),
      })
    }
  }

  write(db: WriteDb): void {
    for (const [address, { name, count, written, lastUsedMs }] of this.#seen) {
      const weight = count - written + weightOfWritten * written
      const words = wordsOfPerson({ name, address })
      // Words of an earlier name stay: whoever was found by it is found by it still.
      db.run(sql`
        INSERT INTO address_book (address, name, weight, last_used, words, written)
        VALUES (${address}, ${name}, ${weight}, ${lastUsedMs}, ${words}, ${written})
        ON CONFLICT (address) DO UPDATE SET
          words = CASE WHEN excluded.name = '' OR excluded.name = name THEN words
            WHEN words = '' THEN '' ELSE substr(words || excluded.words, -4000) END,
          name = CASE WHEN excluded.name <> '' THEN excluded.name ELSE name END,
          weight = weight + excluded.weight, last_used = max(last_used, excluded.last_used),
          written = written + excluded.written`)
    }
  }
}

/** As the column has counted from the beginning: a message to somebody is 20, one from them 1. */
const weightOfWritten = 20
/** Of so many, the most used, the best are chosen. */
const candidates = 400

type Row = Address & { weight: number; last_used: number; written: number }

const useOf = ({ weight, last_used, written }: Row): AddressUse => ({
  weight,
  lastUsedMs: last_used,
  written,
})

/**
 * People of whom every word typed begins a word of the name, a piece of the address or its domain, whatever the accents. Who
 * of them comes first is `rankPeople`'s to say.
 */
export function peopleOfMail(db: ReadDb, typed: string): Candidate[] {
  const words = typedWords(typed)
  if (words.length === 0) return []
  const starts = jsonList(words.map(word => ` ${word}`))
  // What the program has not cut into words yet is asked as it stands.
  const plain = `%${typed.trim().replace(/[\\%_]/g, '\\$&')}%`
  const found = db.all<Row>(sql`
    SELECT name, address, weight, last_used, written FROM address_book
    WHERE CASE WHEN words = '' THEN address LIKE ${plain} ESCAPE '\\' OR name LIKE ${plain} ESCAPE '\\'
      ELSE NOT EXISTS (SELECT 1 FROM json_each(${starts}) typed WHERE instr(words, typed.value) = 0) END
    ORDER BY written > 0 DESC, weight DESC, last_used DESC LIMIT ${candidates}`)
  return found.map(row => ({ name: row.name, address: row.address, use: useOf(row), isContact: false }))
}

/** What mail knows of these addresses, in lower case. */
export function addressUse(db: ReadDb, addresses: readonly string[]): Map<string, AddressUse> {
  const asked = jsonList(addresses.map(address => address.toLowerCase()))
  const found = db.all<Row>(sql`
    SELECT name, address, weight, last_used, written FROM address_book
    WHERE address IN (SELECT value FROM json_each(${asked}))`)
  return new Map(found.map(row => [row.address, useOf(row)]))
}

/** Everybody to whom mail was written, those of lately first. */
export function writtenTo(db: ReadDb, limit: number): (Address & { lastUsedMs: number })[] {
  const found = db.all<Row>(sql`
    SELECT name, address, weight, last_used, written FROM address_book WHERE written > 0
    ORDER BY last_used DESC LIMIT ${limit}`)
  return found.map(({ name, address, last_used }) => ({ name, address, lastUsedMs: last_used }))
}

/** The best of those whom mail knows. */
export const suggestAddresses = (db: ReadDb, typed: string, limit: number, nowMs: number): Address[] =>
  rankPeople(peopleOfMail(db, typed), typedWords(typed), nowMs).slice(0, limit)
