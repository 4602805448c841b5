import { z } from 'zod'
import type { Fingerprint } from '../../../../../shared/features/keys/model'
import { type CollectionFacts, collectionFacts } from '../../../../../shared/ipc/vault/collection-calls'
import { refusedObject } from '../../../../../shared/kit/collection-step'
import { SiegelError } from '../../../../../shared/kit/result'
import type { EncryptedCollectionStore, EncryptedRow } from '../../../ports/dav/encrypted-collections'
import { accountNumber } from '../../../store/account-number'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'
import { createSeenObjects } from './seen-objects'

type Row = {
  id: number
  joined: number
  working: number
  facts: string
  schedules: number
  signed_by: string | null
  key_object: Uint8Array
  refused: string
  stays_clear: string
  left_over: number
}

const factsText = (facts: CollectionFacts): string =>
  JSON.stringify({
    ...facts,
    members: facts.members.map(({ key, ...member }) => ({
      ...member,
      key: Buffer.from(key).toString('base64'),
    })),
  })

/** What cannot be read is told as damage: taken for nothing, a collection would be written to in clear. */
function factsOf(text: string): CollectionFacts {
  const schema = collectionFacts.extend({
    members: z.array(collectionFacts.shape.members.element.extend({ key: z.string() })),
  })
  try {
    const { members, ...rest } = schema.parse(JSON.parse(text))
    return {
      ...rest,
      members: members.map(member => ({ ...member, key: new Uint8Array(Buffer.from(member.key, 'base64')) })),
    }
  } catch (error) {
    throw new SiegelError('store-damaged', {}, { cause: error })
  }
}

const rowOf = (row: Row): EncryptedRow => ({
  id: row.id,
  isJoined: row.joined === 1,
  isWorking: row.working === 1,
  facts: factsOf(row.facts),
  schedules: row.schedules === 1,
  signedBy: row.signed_by as Fingerprint | null,
  keyObject: new Uint8Array(row.key_object),
  refused: z.array(refusedObject).catch([]).parse(JSON.parse(row.refused)),
  staysClear: z.array(z.number()).catch([]).parse(JSON.parse(row.stays_clear)),
  left: row.left_over,
})

/** Encrypted collections, what was seen in them, and the journal of replacing. */
export function createEncryptedCollectionStore(context: StoreContext): EncryptedCollectionStore {
  const { database, feed } = context
  const { read } = database
  const get: EncryptedCollectionStore['get'] = ({ accountId, url }) => {
    const found = read.get<Row>(sql`
      SELECT e.* FROM encrypted_collections e JOIN accounts a ON a.number = e.account
      WHERE a.id = ${accountId} AND e.url = ${url}`)
    return found ? rowOf(found) : null
  }
  return {
    ...createSeenObjects(context),
    get,
    joined: accountId =>
      read
        .column<string>(sql`
          SELECT e.url FROM encrypted_collections e JOIN accounts a ON a.number = e.account
          WHERE a.id = ${accountId} AND e.joined = 1`)
        .flatMap(url => {
          const row = get({ accountId, url })
          return row ? [{ url, row }] : []
        }),
    save: (place, { isJoined, isWorking, facts, signedBy, keyObject }) =>
      database.write(
        db => {
          db.run(sql`
            INSERT INTO encrypted_collections (account, url, joined, working, facts, signed_by, key_object)
            VALUES (${accountNumber(db, place.accountId)}, ${place.url}, ${isJoined ? 1 : 0}, ${isWorking ? 1 : 0},
              ${factsText(facts)}, ${signedBy}, ${keyObject})
            ON CONFLICT (account, url) DO UPDATE SET joined = excluded.joined, working = excluded.working,
              facts = excluded.facts, signed_by = excluded.signed_by, key_object = excluded.key_object`)
          feed.note('calendar', null)
          const saved = get(place)
          if (saved === null) throw new SiegelError('not-found', { what: 'calendar' })
          return saved
        },
        { durable: true },
      ),
    remove: ({ id }) =>
      database.write(
        db => {
          db.run(sql`DELETE FROM encrypted_collections WHERE id = ${id}`)
          feed.note('calendar', null)
        },
        { durable: true },
      ),
    forgetAccount: accountId =>
      database.write(
        db => {
          db.run(sql`DELETE FROM encrypted_collections WHERE account = ${accountNumber(db, accountId)}`)
        },
        { durable: true },
      ),
    setSchedules: (row, schedules) => {
      database.write(
        db => {
          db.run(sql`UPDATE encrypted_collections SET schedules = ${schedules ? 1 : 0} WHERE id = ${row.id}`)
        },
        { durable: true },
      )
      return { ...row, schedules }
    },
    serial: ({ accountId, url }) =>
      read.value<number>(sql`
        SELECT json_extract(e.facts, '$.serial') FROM encrypted_collections e JOIN accounts a ON a.number = e.account
        WHERE a.id = ${accountId} AND e.url = ${url}`) ?? 0,
    toldLeft: ({ id }, left) =>
      database.write(db => {
        db.run(sql`UPDATE encrypted_collections SET left_over = ${left} WHERE id = ${id}`)
        feed.note('calendar', null)
      }),
    told: ({ id }, { refused, staysClear, left }) =>
      database.write(db => {
        db.run(sql`
          UPDATE encrypted_collections SET refused = ${JSON.stringify(refused.slice(0, 1000))}, left_over = ${left},
            stays_clear = ${JSON.stringify(staysClear.slice(0, 1000))}
          WHERE id = ${id}`)
        feed.note('calendar', null)
      }),
    moves: ({ id }) =>
      read
        .all<{
          object: number
          new_href: string
          old_href: string
          old_etag: string | null
          old_schedule_tag: string | null
          old_bytes: Uint8Array
          adopted: number
        }>(sql`SELECT * FROM encrypted_moves WHERE collection = ${id} ORDER BY id`)
        .map(row => ({
          object: row.object,
          newHref: row.new_href,
          old: {
            ...{ href: row.old_href, etag: row.old_etag, scheduleTag: row.old_schedule_tag },
            bytes: new Uint8Array(row.old_bytes),
          },
          isAdopted: row.adopted === 1,
        })),
    saveMove: ({ id }, { object, newHref, old, isAdopted }) =>
      database.write(
        db => {
          db.run(sql`
            INSERT INTO encrypted_moves (collection, object, new_href, old_href, old_etag, old_schedule_tag, old_bytes, adopted)
            VALUES (${id}, ${object}, ${newHref}, ${old.href}, ${old.etag}, ${old.scheduleTag}, ${old.bytes}, ${isAdopted ? 1 : 0})
            ON CONFLICT (collection, object) DO UPDATE SET new_href = excluded.new_href, old_href = excluded.old_href,
              old_etag = excluded.old_etag, old_schedule_tag = excluded.old_schedule_tag, old_bytes = excluded.old_bytes,
              adopted = excluded.adopted`)
        },
        { durable: true },
      ),
    endMove: ({ id }, object) =>
      database.write(
        db => {
          db.run(sql`DELETE FROM encrypted_moves WHERE collection = ${id} AND object = ${object}`)
        },
        { durable: true },
      ),
  }
}
