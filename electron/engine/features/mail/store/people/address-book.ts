import type { Address } from '../../../../../../shared/features/mail/model'
import type { ReadDb, WriteDb } from '../../../../store/db'
import { jsonList, sql } from '../../../../store/sql'
import { typedWords, wordsOfPerson } from './address-words'

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
const halfLifeDays = 180
const nobody = /^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|mailer-daemon|bounces?|notifications?)\b/i

type Row = Address & { weight: number; last_used: number; written: number; words: string }

/**
 * People of whom every word typed begins a word of the name, a piece of the address or its domain, whatever the accents. First
 * those the user wrote to, then by how much and how lately; who is found by the domain alone comes after those found by
 * name, and addresses that nobody reads last.
 */
export function suggestAddresses(db: ReadDb, typed: string, limit: number, nowMs: number): Address[] {
  const words = typedWords(typed)
  if (words.length === 0) return []
  const starts = jsonList(words.map(word => ` ${word}`))
  // What the program has not cut into words yet is asked as it stands.
  const plain = `%${typed.trim().replace(/[\\%_]/g, '\\$&')}%`
  const found = db.all<Row>(sql`
    SELECT name, address, weight, last_used, written, words FROM address_book
    WHERE CASE WHEN words = '' THEN address LIKE ${plain} ESCAPE '\\' OR name LIKE ${plain} ESCAPE '\\'
      ELSE NOT EXISTS (SELECT 1 FROM json_each(${starts}) typed WHERE instr(words, typed.value) = 0) END
    ORDER BY written > 0 DESC, weight DESC, last_used DESC LIMIT ${candidates}`)
  const rank = (row: Row): number[] => [
    nobody.test(row.address) ? 1 : 0,
    isByDomainAlone(row, words) ? 1 : 0,
    row.written > 0 ? 0 : 1,
    -row.weight * 0.5 ** (Math.max(0, nowMs - row.last_used) / 86_400_000 / halfLifeDays),
    -row.last_used,
  ]
  return found
    .map(row => ({ row, rank: rank(row) }))
    .sort((one, other) => compareRanks(one.rank, other.rank))
    .slice(0, limit)
    .map(({ row }) => ({ name: row.name, address: row.address }))
}

function compareRanks(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, place) => value !== other[place])
  return at === -1 ? 0 : (one[at] ?? 0) - (other[at] ?? 0)
}

function isByDomainAlone({ name, address }: Address, typed: readonly string[]): boolean {
  const ofPerson = wordsOfPerson({ name, address: address.slice(0, Math.max(0, address.lastIndexOf('@'))) })
  return !typed.some(word => ofPerson.includes(` ${word}`))
}
