import type { BookId, ContactId } from '../../../../../shared/features/contacts/model'
import { bytesOf, byteTextOf } from '../../../formats/content-lines/byte-text'
import { rawOf } from '../../../formats/vcard/card'
import { uidKey, uidOf, withUid } from '../../../formats/vcard/group-cards'
import { readCard } from '../../../formats/vcard/read-card'
import { newUid } from '../../../kit/objects/new-uid'
import type { ContactStore } from '../../../ports/contacts/contact-store'
import type { StoreContext } from '../../../store/context'
import type { WriteDb } from '../../../store/db'
import { jsonList, sql } from '../../../store/sql'
import { forgetIndex, indexed, writeIndex } from './index-card'

type Cards = Pick<
  ContactStore,
  'card' | 'cardsOf' | 'withUid' | 'withAddress' | 'add' | 'replace' | 'restore' | 'remove'
>

/** Cards, and the index that is written with them. */
export function createCards({ database, feed, random }: StoreContext): Cards {
  const { read } = database
  indexMissing(database)

  const isRemote = (db: WriteDb, book: BookId | undefined): boolean =>
    db.value<number>(sql`SELECT 1 FROM address_books WHERE id = ${book ?? 0} AND account IS NOT NULL`) === 1
  const bookOf = (db: WriteDb, id: ContactId): BookId | undefined =>
    db.value<BookId>(sql`SELECT book FROM cards WHERE id = ${id}`)
  const insert = (db: WriteDb, id: ContactId | null, book: BookId, given: Uint8Array): ContactId => {
    const isThere = isRemote(db, book)
    // A server takes no card without a UID (RFC 6352 §5.1).
    const raw = isThere ? withSomeUid(given, () => newUid({ random })) : given
    const { lastId } = db.run(sql`
      INSERT INTO cards (id, book, uid, raw, state) VALUES (${id}, ${book}, '', ${raw}, ${isThere ? 'new' : 'here'})`)
    reindex(db, lastId as ContactId, raw)
    return lastId as ContactId
  }

  const reindex = (db: WriteDb, id: ContactId, raw: Uint8Array): void => {
    const card = indexed(raw)
    db.run(sql`UPDATE cards SET uid = ${card.uid} WHERE id = ${id}`)
    writeIndex(db, id, card)
    feed.note('contact', [id])
  }
  return {
    card: id => {
      const found = read.get<{ id: ContactId; book: BookId; raw: Uint8Array }>(
        sql`SELECT id, book, raw FROM cards WHERE id = ${id} AND state <> 'deleted'`,
      )
      return found === undefined ? null : { id: found.id, bookId: found.book, raw: found.raw }
    },
    cardsOf: bookId =>
      read.column<ContactId>(
        sql`SELECT c.id FROM cards c JOIN card_index i ON i.card = c.id WHERE c.book = ${bookId} ORDER BY c.id`,
      ),
    withUid: (bookId, uid) =>
      uid === ''
        ? []
        : read.column<ContactId>(sql`
            SELECT id FROM cards WHERE book = ${bookId} AND uid = ${uidKey(uid)} AND state <> 'deleted' ORDER BY id`),
    withAddress: address =>
      read.column<ContactId>(
        sql`SELECT card FROM card_addresses WHERE address = lower(${address}) ORDER BY card`,
      ),
    add: ({ bookId, raw }) => database.write(db => insert(db, null, bookId, raw), { durable: true }),
    replace: (id, raw) =>
      database.write(
        db => {
          // Of a new one the server has nothing yet; the base of a changed one is what it had before the first change.
          const isFirst = isRemote(db, bookOf(db, id)) ? 1 : 0
          db.run(sql`
            UPDATE cards SET raw = ${raw},
              base = CASE WHEN ${isFirst} AND state = 'here' THEN coalesce(base, raw) ELSE base END,
              state = CASE WHEN ${isFirst} AND state = 'here' THEN 'changed' ELSE state END
            WHERE id = ${id}`)
          reindex(db, id, raw)
        },
        { durable: true },
      ),
    restore: ({ id, bookId, raw }) =>
      database.write(
        db => {
          const now = db.get<{ book: BookId; state: string }>(
            sql`SELECT book, state FROM cards WHERE id = ${id}`,
          )
          if (now === undefined) {
            insert(db, id, bookId, raw)
            return
          }
          // What the server has of it, and under which name, stays as it is known: only what is in it comes back.
          const isThere = isRemote(db, now.book) ? 1 : 0
          db.run(sql`
            UPDATE cards SET raw = ${raw},
              base = CASE WHEN ${isThere} AND state = 'here' THEN coalesce(base, raw)
                WHEN state = 'deleted' AND base = ${raw} THEN NULL ELSE base END,
              state = CASE WHEN state = 'deleted' THEN iif(base = ${raw}, 'here', 'changed')
                WHEN ${isThere} AND state = 'here' THEN 'changed' ELSE state END
            WHERE id = ${id}`)
          reindex(db, id, raw)
        },
        { durable: true },
      ),
    remove: ids =>
      database.write(
        db => {
          const all = jsonList(ids)
          // A server that has it is to be told; a row says so until it was.
          db.run(sql`
            DELETE FROM cards WHERE id IN (SELECT value FROM json_each(${all})) AND (state = 'new' OR state = 'here' AND
              book IN (SELECT id FROM address_books WHERE account IS NULL))`)
          db.run(sql`
            UPDATE cards SET base = coalesce(base, raw), state = 'deleted'
            WHERE id IN (SELECT value FROM json_each(${all})) AND state <> 'deleted'`)
          forgetIndex(db, ids)
          feed.note('contact', ids)
        },
        { durable: true },
      ),
  }
}

/** Cards without an index: of a store that was rebuilt, or of a program that did not know how. */
function indexMissing(database: StoreContext['database']): void {
  const missing = database.read.column<ContactId>(
    sql`SELECT id FROM cards WHERE state <> 'deleted' AND NOT EXISTS (SELECT 1 FROM card_index WHERE card = id)`,
  )
  for (let from = 0; from < missing.length; from += 500)
    database.write(db => {
      for (const id of missing.slice(from, from + 500)) {
        const raw = db.value<Uint8Array>(sql`SELECT raw FROM cards WHERE id = ${id}`)
        if (raw !== undefined) writeIndex(db, id, indexed(raw))
      }
    })
}

function withSomeUid(raw: Uint8Array, make: () => string): Uint8Array {
  const card = readCard(byteTextOf(raw))
  return uidOf(card) === '' ? bytesOf(rawOf(withUid(card, make()))) : raw
}
