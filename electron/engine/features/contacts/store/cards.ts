import type { ContactId } from '../../../../../shared/features/contacts/model'
import { uidKey } from '../../../formats/vcard/group-cards'
import type { CardRow, ContactStore } from '../../../ports/contacts/contact-store'
import type { StoreContext } from '../../../store/context'
import type { WriteDb } from '../../../store/db'
import { jsonList, sql } from '../../../store/sql'
import { indexed, writeIndex } from './index-card'

type StoredCard = Omit<CardRow, 'bookId'> & Readonly<{ book: CardRow['bookId'] }>

type Cards = Pick<
  ContactStore,
  'card' | 'cardsOf' | 'withUid' | 'withAddress' | 'add' | 'replace' | 'restore' | 'remove'
>

/** Cards, and the index that is written with them. */
export function createCards({ database, feed }: StoreContext): Cards {
  const { read } = database
  indexMissing(database)

  const reindex = (db: WriteDb, id: ContactId, raw: Uint8Array): void => {
    const card = indexed(raw)
    db.run(sql`UPDATE cards SET uid = ${card.uid} WHERE id = ${id}`)
    writeIndex(db, id, card)
    feed.note('contact', [id])
  }
  return {
    card: id => {
      const found = read.get<StoredCard>(
        sql`SELECT id, book, href, etag, raw, base FROM cards WHERE id = ${id}`,
      )
      if (found === undefined) return null
      const { book, ...card } = found
      return { ...card, bookId: book }
    },
    cardsOf: bookId => read.column<ContactId>(sql`SELECT id FROM cards WHERE book = ${bookId} ORDER BY id`),
    withUid: (bookId, uid) =>
      uid === ''
        ? []
        : read.column<ContactId>(
            sql`SELECT id FROM cards WHERE book = ${bookId} AND uid = ${uidKey(uid)} ORDER BY id`,
          ),
    withAddress: address =>
      read.column<ContactId>(
        sql`SELECT card FROM card_addresses WHERE address = lower(${address}) ORDER BY card`,
      ),
    add: ({ bookId, href, etag, raw, base }) =>
      database.write(
        db => {
          const { lastId } = db.run(sql`
            INSERT INTO cards (book, href, etag, uid, raw, base) VALUES (${bookId}, ${href}, ${etag}, '', ${raw}, ${base})`)
          reindex(db, lastId as ContactId, raw)
          return lastId as ContactId
        },
        { durable: true },
      ),
    replace: (id, raw) =>
      database.write(
        db => {
          // The first change of a card that is on a server keeps what it was changed from.
          db.run(sql`
            UPDATE cards SET base = CASE WHEN href IS NULL THEN NULL ELSE coalesce(base, raw) END, raw = ${raw}
            WHERE id = ${id}`)
          reindex(db, id, raw)
        },
        { durable: true },
      ),
    restore: ({ id, bookId, href, etag, raw, base }) =>
      database.write(
        db => {
          db.run(sql`DELETE FROM cards WHERE id = ${id}`)
          db.run(sql`
            INSERT INTO cards (id, book, href, etag, uid, raw, base)
            VALUES (${id}, ${bookId}, ${href}, ${etag}, '', ${raw}, ${base})`)
          reindex(db, id, raw)
        },
        { durable: true },
      ),
    remove: ids =>
      database.write(
        db => {
          db.run(sql`DELETE FROM cards WHERE id IN (SELECT value FROM json_each(${jsonList(ids)}))`)
          feed.note('contact', ids)
        },
        { durable: true },
      ),
  }
}

/** Cards without an index: of a store that was rebuilt, or of a program that did not know how. */
function indexMissing(database: StoreContext['database']): void {
  const missing = database.read.column<ContactId>(
    sql`SELECT id FROM cards WHERE NOT EXISTS (SELECT 1 FROM card_index WHERE card = id)`,
  )
  for (let from = 0; from < missing.length; from += 500)
    database.write(db => {
      for (const id of missing.slice(from, from + 500)) {
        const raw = db.value<Uint8Array>(sql`SELECT raw FROM cards WHERE id = ${id}`)
        if (raw !== undefined) writeIndex(db, id, indexed(raw))
      }
    })
}
