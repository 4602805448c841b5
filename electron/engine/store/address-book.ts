import type { Address } from '../../../shared/model/mail'
import type { ReadDb, WriteDb } from './db'
import { sql } from './sql'

const weightOfWritten = 20
const weightOfReceived = 1

/** Gathers the addresses of a batch, so that each is written once. */
export class AddressBatch {
  readonly #seen = new Map<string, { name: string; weight: number; lastUsedMs: number }>()

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
        weight: (known?.weight ?? 0) + (written ? weightOfWritten : weightOfReceived),
        lastUsedMs: Math.max(known?.lastUsedMs ?? 0, dateMs),
      })
    }
  }

  write(db: WriteDb): void {
    for (const [address, entry] of this.#seen) {
      db.run(sql`
        INSERT INTO address_book VALUES (${address}, ${entry.name}, ${entry.weight}, ${entry.lastUsedMs})
        ON CONFLICT (address) DO UPDATE SET
          name = CASE WHEN excluded.name <> '' THEN excluded.name ELSE name END,
          weight = weight + excluded.weight, last_used = max(last_used, excluded.last_used)`)
    }
  }
}

/** Addresses of which the address, or a word of the name, begins with the prefix; most used first. */
export function suggestAddresses(db: ReadDb, prefix: string, limit: number): Address[] {
  const plain = prefix.trim().replace(/[\\%_]/g, '\\$&')
  if (plain === '') return []
  return db.all<Address>(sql`
    SELECT name, address FROM address_book
    WHERE address LIKE ${`${plain}%`} ESCAPE '\\' OR name LIKE ${`${plain}%`} ESCAPE '\\' OR name LIKE ${`% ${plain}%`} ESCAPE '\\'
    ORDER BY weight DESC, last_used DESC LIMIT ${limit}`)
}
