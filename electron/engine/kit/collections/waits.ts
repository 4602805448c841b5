import {
  type CollectionWaitFacts,
  collectionWaitFacts,
  collectionWaitKind,
} from '../../../../shared/kit/collections/wait'
import type { DavCollection } from '../../ports/dav/discovery'
import type { CollectionWait, CollectionWaits, WaitsOfCollection } from '../../ports/dav/waits'
import type { StoreContext } from '../../store/context'
import { sql } from '../../store/sql'
import { storedJson } from '../../store/stored-json'

type Row = {
  id: number
  collection: number
  what: string
  object: number | null
  href: string | null
  facts: string
  at_ms: number
}

/** An object that could not be read is asked for again after an hour, and each time after twice as long, up to a week. */
const firstWaitMs = 3_600_000
const longestWaitMs = 7 * 86_400_000
const waitMs = (tries: number): number => Math.min(firstWaitMs * 2 ** Math.min(tries, 20), longestWaitMs)

const factsOf = (text: string): CollectionWaitFacts => storedJson(collectionWaitFacts, text) ?? {}

/** Of no interest to a person, and so no kind of `collectionWaitKind`. */
const inFlight = 'in-flight'

/** What waits in collections on servers. It knows of objects by their numbers alone. */
export function createCollectionWaits({ database, feed, clock }: StoreContext): CollectionWaits {
  const { read } = database

  const noteOf = (kind: string): void => feed.note(kind === 'contacts' ? 'contact' : 'calendar', null)

  const of = (kind: DavCollection['kind'], collection: number): WaitsOfCollection => {
    const isInFlight = (object: number): boolean =>
      read.value<number>(sql`
        SELECT 1 FROM collection_waits
        WHERE kind = ${kind} AND collection = ${collection} AND what = ${inFlight} AND object = ${object}`) ===
      1
    return {
      unread: () =>
        read
          .all<{ href: string; etag: string | null; tries: number; due_ms: number }>(sql`
          SELECT href, etag, tries, due_ms FROM collection_waits
          WHERE kind = ${kind} AND collection = ${collection} AND what = 'unread'`)
          .map(({ due_ms, ...each }) => ({ ...each, isDue: due_ms <= clock.now() })),
      pulled: ({ unread = [], settled = [] }) => {
        if (unread.length === 0 && settled.length === 0) return
        database.write(db => {
          for (const href of settled)
            db.run(sql`
            DELETE FROM collection_waits
            WHERE kind = ${kind} AND collection = ${collection} AND what = 'unread' AND href = ${href}`)
          for (const { href, etag, isSoon } of unread) {
            const tries =
              (db.value<number>(sql`
              SELECT tries FROM collection_waits
              WHERE kind = ${kind} AND collection = ${collection} AND what = 'unread' AND href = ${href}`) ??
                0) + 1
            const due = isSoon ? 0 : clock.now() + waitMs(tries - 1)
            db.run(sql`
            INSERT INTO collection_waits (kind, collection, what, href, etag, tries, due_ms, at_ms)
            VALUES (${kind}, ${collection}, 'unread', ${href}, ${etag}, ${tries}, ${due}, ${clock.now()})
            ON CONFLICT DO UPDATE SET etag = ${etag}, tries = ${tries}, due_ms = ${due}`)
          }
          noteOf(kind)
        })
      },
      say: (what, object, facts) =>
        database.write(db => {
          const before = db.value<string>(sql`
          SELECT facts FROM collection_waits
          WHERE kind = ${kind} AND collection = ${collection} AND what = ${what} AND coalesce(object, 0) = ${object ?? 0}`)
          const answer = before === undefined ? undefined : factsOf(before).answer
          const text = JSON.stringify({ ...facts, ...(answer ? { answer } : {}) })
          if (text === before) return
          db.run(sql`
          INSERT INTO collection_waits (kind, collection, what, object, facts, at_ms)
          VALUES (${kind}, ${collection}, ${what}, ${object}, ${text}, ${clock.now()})
          ON CONFLICT DO UPDATE SET facts = ${text}, at_ms = ${clock.now()}`)
          noteOf(kind)
        }),
      end: (what, object) =>
        database.write(db => {
          const { changes } = db.run(sql`
          DELETE FROM collection_waits WHERE kind = ${kind} AND collection = ${collection} AND what = ${what}
            AND (${object === undefined ? 1 : 0} OR coalesce(object, 0) = ${object ?? 0})`)
          if (changes > 0) noteOf(kind)
        }),
      endOthers: (what, objects) =>
        database.write(db => {
          const { changes } = db.run(sql`
          DELETE FROM collection_waits WHERE kind = ${kind} AND collection = ${collection} AND what = ${what} AND object IS NOT NULL
            AND object NOT IN (SELECT value FROM json_each(${JSON.stringify([...objects])}))`)
          if (changes > 0) noteOf(kind)
        }),
      objectGone: object =>
        database.write(db => {
          const { changes } = db.run(sql`
          DELETE FROM collection_waits WHERE kind = ${kind} AND collection = ${collection} AND object = ${object}`)
          if (changes > 0) noteOf(kind)
        }),
      isInFlight,
      sending: object => {
        if (isInFlight(object)) return true
        database.write(
          db =>
            db.run(sql`
            INSERT INTO collection_waits (kind, collection, what, object, at_ms)
            VALUES (${kind}, ${collection}, ${inFlight}, ${object}, ${clock.now()})`),
          { durable: true },
        )
        return false
      },
      landed: object => {
        if (!isInFlight(object)) return
        database.write(db =>
          db.run(sql`
          DELETE FROM collection_waits
          WHERE kind = ${kind} AND collection = ${collection} AND what = ${inFlight} AND object = ${object}`),
        )
      },
      answer: what =>
        factsOf(
          read.value<string>(sql`
          SELECT facts FROM collection_waits WHERE kind = ${kind} AND collection = ${collection} AND what = ${what}`) ??
            '{}',
        ).answer ?? null,
    }
  }

  const waitOf = (row: Row): CollectionWait[] => {
    const what = collectionWaitKind.safeParse(row.what)
    if (!what.success) return []
    const { id, collection: collectionId, object, href, at_ms: atMs } = row
    return [{ ...{ id, collectionId, object, href, atMs }, what: what.data, facts: factsOf(row.facts) }]
  }
  const get = (id: number): CollectionWait | null =>
    read.all<Row>(sql`SELECT * FROM collection_waits WHERE id = ${id}`).flatMap(waitOf)[0] ?? null
  const inKind = (id: number, work: () => void): void => {
    const kind = read.value<string>(sql`SELECT kind FROM collection_waits WHERE id = ${id}`)
    work()
    if (kind !== undefined) noteOf(kind)
  }
  return {
    of,
    get,
    list: kind =>
      read
        .all<Row>(sql`SELECT * FROM collection_waits WHERE kind = ${kind} ORDER BY at_ms DESC, id DESC`)
        .flatMap(waitOf),
    answered: (id, answer) =>
      database.write(
        db =>
          inKind(id, () => {
            const facts = { ...get(id)?.facts, answer }
            db.run(sql`UPDATE collection_waits SET facts = ${JSON.stringify(facts)} WHERE id = ${id}`)
          }),
        { durable: true },
      ),
    tryAgain: id =>
      database.write(db =>
        inKind(
          id,
          () => void db.run(sql`UPDATE collection_waits SET due_ms = 0, etag = NULL WHERE id = ${id}`),
        ),
      ),
    remove: id =>
      database.write(db => inKind(id, () => void db.run(sql`DELETE FROM collection_waits WHERE id = ${id}`))),
    forget: (kind, collectionId) =>
      database.write(db => {
        db.run(sql`DELETE FROM collection_waits WHERE kind = ${kind} AND collection = ${collectionId}`)
        noteOf(kind)
      }),
  }
}
