import { keyConflict } from '../../../../../shared/features/keys/model'
import type { OpenpgpStore } from '../../../ports/keys/openpgp'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'
import { storedJson } from '../../../store/stored-json'

type AddressFacts = Pick<
  OpenpgpStore,
  'preference' | 'setPreference' | 'conflict' | 'conflicts' | 'setConflict' | 'clearConflict'
>

/** What is known of addresses beside their keys: an open question, and what they ask for. */
export function createKeyConflicts({ database, feed }: StoreContext): AddressFacts {
  const preference: OpenpgpStore['preference'] = given => {
    const row = database.read.get<{ prefers: number; atMs: number }>(
      sql`SELECT prefers_encryption AS prefers, at AS atMs FROM address_preferences
        WHERE address = ${given.toLowerCase()}`,
    )
    return row ? { prefersEncryption: row.prefers === 1, atMs: row.atMs } : null
  }
  return {
    preference,
    setPreference: (given, prefersEncryption, atMs) =>
      database.write(db => {
        const address = given.toLowerCase()
        const known = preference(address)
        if (known !== null && known.atMs > atMs) return
        db.run(
          sql`INSERT OR REPLACE INTO address_preferences VALUES (${address}, ${prefersEncryption ? 1 : 0}, ${atMs})`,
        )
        if (known?.prefersEncryption !== prefersEncryption) feed.note('key', [address])
      }),
    conflict: address => {
      const text = database.read.value<string>(
        sql`SELECT conflict FROM key_conflicts WHERE address = ${address.toLowerCase()}`,
      )
      return text === undefined ? null : storedJson(keyConflict, text)
    },
    conflicts: () =>
      database.read
        .column<string>(sql`SELECT conflict FROM key_conflicts ORDER BY address`)
        .flatMap(text => storedJson(keyConflict, text) ?? []),
    setConflict: conflict =>
      database.write(
        db => {
          const address = conflict.address.toLowerCase()
          const text = JSON.stringify(keyConflict.parse({ ...conflict, address }))
          db.run(sql`INSERT OR REPLACE INTO key_conflicts VALUES (${address}, ${text})`)
          feed.note('key', [address])
        },
        { durable: true },
      ),
    clearConflict: address =>
      database.write(db => {
        const { changes } = db.run(sql`DELETE FROM key_conflicts WHERE address = ${address.toLowerCase()}`)
        if (changes > 0) feed.note('key', [address.toLowerCase()])
      }),
  }
}
