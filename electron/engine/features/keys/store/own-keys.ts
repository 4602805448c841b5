import { keyFactsAt } from '../../../../../shared/features/keys/key-facts-at'
import { type Fingerprint, keyFacts } from '../../../../../shared/features/keys/model'
import { SiegelError } from '../../../../../shared/kit/result'
import type { OpenpgpStore, OwnKeyRow } from '../../../ports/keys/openpgp'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'
import { storedJson } from '../../../store/stored-json'
import { noteKeyIds } from './key-ids'

type OwnKeys = Pick<
  OpenpgpStore,
  | 'ownKeys'
  | 'ownKey'
  | 'ownKeysWithoutFacts'
  | 'saveOwnKey'
  | 'markBackedUp'
  | 'removeOwnKey'
  | 'remindedAtMs'
  | 'markReminded'
>

type Row = Readonly<{
  fingerprint: string
  facts: string
  publicKey: Uint8Array
  sealed: Uint8Array
  protection: 'vault' | 'passphrase'
  revocation: string | null
  backedUpAtMs: number | null
  addedAtMs: number
}>

/** The user's own keys, sealed by the vault. Every change is on the disk before it answers. */
export function createOwnKeys({ database, feed, clock, log }: StoreContext): OwnKeys {
  const read = (row: Row): OwnKeyRow[] => {
    const facts = storedJson(keyFacts, row.facts)
    if (facts === null) {
      log.error('store: the facts of an own key cannot be read', { fingerprint: row.fingerprint })
      return []
    }
    const { publicKey, sealed, protection, revocation, backedUpAtMs, addedAtMs } = row
    return [
      {
        facts: keyFactsAt(facts, clock.now()),
        publicKey,
        sealed,
        protection,
        revocation,
        backedUpAtMs,
        addedAtMs,
      },
    ]
  }
  const change = (fingerprint: Fingerprint, work: (nowMs: number) => ReturnType<typeof sql>): void =>
    database.write(
      db => {
        if (db.run(work(clock.now())).changes === 0) throw new SiegelError('not-found', { what: 'key' })
        feed.note('key', [fingerprint])
      },
      { durable: true },
    )

  const all = () =>
    database.read.all<Row>(
      sql`SELECT fingerprint, facts, public_key AS publicKey, sealed, protection, revocation,
        backed_up_at AS backedUpAtMs, added_at AS addedAtMs FROM own_keys ORDER BY number`,
    )

  return {
    ownKeys: () => all().flatMap(read),
    ownKeysWithoutFacts: () => all().filter(row => storedJson(keyFacts, row.facts) === null),
    ownKey: fingerprint =>
      database.read
        .all<Row>(
          sql`SELECT fingerprint, facts, public_key AS publicKey, sealed, protection, revocation,
            backed_up_at AS backedUpAtMs, added_at AS addedAtMs FROM own_keys WHERE fingerprint = ${fingerprint}`,
        )
        .flatMap(read)[0] ?? null,
    saveOwnKey: ({ facts, publicKey, sealed, protection, revocation }) =>
      database.write(
        db => {
          const text = JSON.stringify(keyFacts.parse(facts))
          db.run(
            sql`INSERT INTO own_keys (fingerprint, facts, public_key, sealed, protection, revocation, added_at)
              VALUES (${facts.fingerprint}, ${text}, ${publicKey}, ${sealed}, ${protection}, ${revocation}, ${clock.now()})
              ON CONFLICT (fingerprint) DO UPDATE SET facts = excluded.facts, public_key = excluded.public_key,
                sealed = excluded.sealed, protection = excluded.protection,
                revocation = coalesce(excluded.revocation, revocation), reminded_at = NULL`,
          )
          noteKeyIds(db, facts)
          feed.note('key', [facts.fingerprint])
        },
        { durable: true },
      ),
    markBackedUp: fingerprint =>
      change(
        fingerprint,
        nowMs => sql`UPDATE own_keys SET backed_up_at = ${nowMs} WHERE fingerprint = ${fingerprint}`,
      ),
    removeOwnKey: fingerprint =>
      change(fingerprint, () => sql`DELETE FROM own_keys WHERE fingerprint = ${fingerprint}`),
    remindedAtMs: fingerprint =>
      database.read.value<number | null>(
        sql`SELECT reminded_at FROM own_keys WHERE fingerprint = ${fingerprint}`,
      ) ?? null,
    markReminded: fingerprint =>
      database.write(db => {
        db.run(sql`UPDATE own_keys SET reminded_at = ${clock.now()} WHERE fingerprint = ${fingerprint}`)
      }),
  }
}
