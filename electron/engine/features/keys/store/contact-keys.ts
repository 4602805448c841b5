import { keyFactsAt } from '../../../../../shared/features/keys/key-facts-at'
import { trustOf, withEvidence } from '../../../../../shared/features/keys/key-trust'
import { type KeyTrust, keyEvidence, keyFacts, keyTrust } from '../../../../../shared/features/keys/model'
import { SiegelError } from '../../../../../shared/kit/result'
import type { ContactKeyRow, OpenpgpStore } from '../../../ports/keys/openpgp'
import type { StoreContext } from '../../../store/context'
import type { WriteDb } from '../../../store/db'
import { type Sql, sql } from '../../../store/sql'
import { storedJson } from '../../../store/stored-json'
import { noteKeyIds } from './key-ids'

type ContactKeys = Pick<
  OpenpgpStore,
  | 'keysFor'
  | 'contactKeys'
  | 'publicKey'
  | 'byKeyId'
  | 'saveContactKey'
  | 'setTrust'
  | 'setInUse'
  | 'setRejected'
  | 'removeContactKey'
>

type Row = Readonly<{
  address: string
  facts: string
  publicKey: Uint8Array
  evidence: string
  ownTrust: string | null
  verifiedAtMs: number | null
  inUse: number
  rejected: number
  firstSeenAtMs: number
  prefers: number | null
}>

const evidenceList = keyEvidence.array()

/** Other people's keys, one row for each address a key is met for. */
export function createContactKeys({ database, feed, clock, log }: StoreContext): ContactKeys {
  const factsOf = (text: string) => {
    const facts = storedJson(keyFacts, text)
    if (facts === null) log.error('store: the facts of a key cannot be read')
    return facts === null ? null : keyFactsAt(facts, clock.now())
  }

  const read = (row: Row): ContactKeyRow[] => {
    const facts = factsOf(row.facts)
    if (facts === null) return []
    const evidence = storedJson(evidenceList, row.evidence) ?? []
    return [
      {
        address: row.address,
        facts,
        publicKey: row.publicKey,
        trust: trustOf(evidence, ownWord(row.ownTrust)),
        evidence,
        inUse: row.inUse === 1,
        rejected: row.rejected === 1,
        verifiedAtMs: row.verifiedAtMs,
        firstSeenAtMs: row.firstSeenAtMs,
        prefersEncryption: row.prefers === null ? null : row.prefers === 1,
      },
    ]
  }

  const change = (address: string, work: (db: WriteDb) => Sql): void =>
    database.write(
      db => {
        if (db.run(work(db)).changes === 0) throw new SiegelError('not-found', { what: 'key' })
        feed.note('key', [address])
      },
      { durable: true },
    )

  return {
    keysFor: given =>
      database.read
        .all<Row>(
          sql`SELECT a.address, p.facts, p.public_key AS publicKey, a.evidence, a.own_trust AS ownTrust,
            a.verified_at AS verifiedAtMs, a.in_use AS inUse, a.rejected, a.first_seen_at AS firstSeenAtMs,
            f.prefers_encryption AS prefers
            FROM key_addresses a JOIN public_keys p USING (fingerprint)
            LEFT JOIN address_preferences f ON f.address = a.address
            WHERE a.address = ${given.toLowerCase()} ORDER BY a.in_use DESC, a.number`,
        )
        .flatMap(read),
    contactKeys: () =>
      database.read
        .all<Row>(
          sql`SELECT a.address, p.facts, p.public_key AS publicKey, a.evidence, a.own_trust AS ownTrust,
            a.verified_at AS verifiedAtMs, a.in_use AS inUse, a.rejected, a.first_seen_at AS firstSeenAtMs,
            f.prefers_encryption AS prefers
            FROM key_addresses a JOIN public_keys p USING (fingerprint)
            LEFT JOIN address_preferences f ON f.address = a.address
            ORDER BY a.address, a.in_use DESC, a.number`,
        )
        .flatMap(read),
    publicKey: fingerprint => {
      const row = database.read.get<{ facts: string; publicKey: Uint8Array }>(
        sql`SELECT facts, public_key AS publicKey FROM public_keys WHERE fingerprint = ${fingerprint}`,
      )
      const facts = row ? factsOf(row.facts) : null
      return row && facts ? { facts, publicKey: row.publicKey } : null
    },
    byKeyId: id =>
      database.read
        .all<{ facts: string; publicKey: Uint8Array; own: number }>(
          sql`SELECT o.facts, o.public_key AS publicKey, 1 AS own
            FROM key_ids i JOIN own_keys o USING (fingerprint) WHERE i.key_id = ${id.toLowerCase()}
            UNION ALL SELECT p.facts, p.public_key, 0
            FROM key_ids i JOIN public_keys p USING (fingerprint) WHERE i.key_id = ${id.toLowerCase()}`,
        )
        .flatMap(row => {
          const facts = factsOf(row.facts)
          return facts === null ? [] : [{ facts, publicKey: row.publicKey, own: row.own === 1 }]
        }),
    saveContactKey: ({ address: given, facts, publicKey, evidence, inUse }) =>
      database.write(db => {
        const address = given.toLowerCase()
        const { fingerprint } = facts
        db.run(
          sql`INSERT INTO public_keys (fingerprint, facts, public_key)
            VALUES (${fingerprint}, ${JSON.stringify(keyFacts.parse(facts))}, ${publicKey})
            ON CONFLICT (fingerprint) DO UPDATE SET facts = excluded.facts, public_key = excluded.public_key`,
        )
        noteKeyIds(db, facts)
        const known = db.value<string>(
          sql`SELECT evidence FROM key_addresses WHERE address = ${address} AND fingerprint = ${fingerprint}`,
        )
        const before = known === undefined ? [] : (storedJson(evidenceList, known) ?? [])
        const reasons = JSON.stringify(withEvidence(before, keyEvidence.parse(evidence)))
        db.run(
          sql`INSERT INTO key_addresses (address, fingerprint, evidence, first_seen_at)
            VALUES (${address}, ${fingerprint}, ${reasons}, ${evidence.atMs})
            ON CONFLICT (address, fingerprint) DO UPDATE SET evidence = excluded.evidence`,
        )
        if (inUse)
          db.run(
            sql`UPDATE key_addresses SET in_use = 1
              WHERE address = ${address} AND fingerprint = ${fingerprint} AND rejected = 0
              AND NOT EXISTS (SELECT 1 FROM key_addresses WHERE address = ${address} AND in_use = 1)`,
          )
        feed.note('key', [address])
      }),
    setTrust: (address, fingerprint, trust) =>
      change(address.toLowerCase(), () => {
        const word = trust === 'none' ? null : trust
        const verifiedAtMs = trust === 'verified' ? clock.now() : null
        return sql`UPDATE key_addresses SET own_trust = ${word}, verified_at = ${verifiedAtMs}
          WHERE address = ${address.toLowerCase()} AND fingerprint = ${fingerprint}`
      }),
    setInUse: (address, fingerprint) =>
      change(address.toLowerCase(), db => {
        db.run(sql`UPDATE key_addresses SET in_use = 0 WHERE address = ${address.toLowerCase()}`)
        return sql`UPDATE key_addresses SET in_use = 1, rejected = 0
          WHERE address = ${address.toLowerCase()} AND fingerprint = ${fingerprint}`
      }),
    setRejected: (address, fingerprint, rejected) =>
      change(address.toLowerCase(), () =>
        rejected
          ? sql`UPDATE key_addresses SET rejected = 1, in_use = 0
              WHERE address = ${address.toLowerCase()} AND fingerprint = ${fingerprint}`
          : sql`UPDATE key_addresses SET rejected = 0
              WHERE address = ${address.toLowerCase()} AND fingerprint = ${fingerprint}`,
      ),
    removeContactKey: (address, fingerprint) =>
      change(address.toLowerCase(), db => {
        const others = db.value<number>(
          sql`SELECT count(*) FROM key_addresses
            WHERE fingerprint = ${fingerprint} AND address <> ${address.toLowerCase()}`,
        )
        if (others === 0)
          return sql`DELETE FROM public_keys WHERE fingerprint = ${fingerprint}
            AND EXISTS (SELECT 1 FROM key_addresses
              WHERE address = ${address.toLowerCase()} AND fingerprint = ${fingerprint})`
        return sql`DELETE FROM key_addresses
          WHERE address = ${address.toLowerCase()} AND fingerprint = ${fingerprint}`
      }),
  }
}

const ownWord = (text: string | null): KeyTrust | null => keyTrust.safeParse(text).data ?? null
