import type { BookId } from '../../../../../shared/features/contacts/model'
import { bytesOf, byteTextOf } from '../../../formats/content-lines/byte-text'
import { rawOf } from '../../../formats/vcard/card'
import { mergeFromBase } from '../../../formats/vcard/edit/merge-from-base'
import { isWrittenBy, whatServerKeeps } from '../../../formats/vcard/edit/server-copy'
import { uidKey, uidOf, withUid } from '../../../formats/vcard/group-cards'
import { readCard } from '../../../formats/vcard/read-card'
import { type ObjectRow, type ObjectRows, type StateRow, stateOf } from '../../../kit/collections/object-rows'
import { newUid } from '../../../kit/objects/new-uid'
import type { StoreContext } from '../../../store/context'
import type { WriteDb } from '../../../store/db'
import { sql } from '../../../store/sql'
import { forgetIndex, indexed, writeIndex } from './index-card'

const cardOf = (raw: Uint8Array) => readCard(byteTextOf(raw))

/** The cards of an address book on a server. */
export function remoteCardRows({ database, feed, random }: StoreContext, book: BookId): ObjectRows {
  const { read } = database
  /** Null: in whatever book. */
  const rowOf = (id: number, of: BookId | null): ObjectRow | undefined => {
    const row = read.get<Omit<ObjectRow, 'scheduleTag'>>(
      sql`SELECT id, href, etag, raw, base, state FROM cards WHERE id = ${id} AND (${of} IS NULL OR book = ${of})`,
    )
    if (row === undefined) return undefined
    const { raw, base } = row
    return { ...row, scheduleTag: null, raw: new Uint8Array(raw), base: base && new Uint8Array(base) }
  }
  const insert: ObjectRows['insert'] = (db, bytes, state, copy) => {
    const card = indexed(bytes)
    const { lastId } = db.run(sql`
      INSERT INTO cards (book, href, etag, uid, raw, state)
      VALUES (${book}, ${copy?.href ?? null}, ${copy?.etag ?? null}, ${card.uid}, ${bytes}, ${state})`)
    writeIndex(db, lastId, card)
    feed.note('contact', [lastId])
    return lastId
  }
  const update = (db: WriteDb, { id, href, etag, raw, base, state }: ObjectRow, isOther: boolean): void => {
    const card = indexed(raw)
    db.run(sql`
      UPDATE cards SET raw = ${raw}, uid = ${card.uid}, href = ${href}, etag = ${etag}, base = ${base}, state = ${state}
      WHERE id = ${id} AND book = ${book}`)
    if (state === 'deleted') forgetIndex(db, [id])
    else if (isOther) writeIndex(db, id, card)
    feed.note('contact', [id])
  }
  return {
    state: () =>
      stateOf(
        read.get<StateRow>(sql`SELECT sync_token, ctag, unfinished FROM address_books WHERE id = ${book}`),
      ),
    setState: (db, { syncToken, ctag, isUnfinished }) => {
      db.run(sql`
        UPDATE address_books SET sync_token = ${syncToken}, ctag = ${ctag}, unfinished = ${isUnfinished ? 1 : 0}
        WHERE id = ${book}`)
    },
    row: id => rowOf(id, book),
    addresses: () =>
      read.all(sql`SELECT id, href, etag, uid, state FROM cards WHERE book = ${book} AND href IS NOT NULL`),
    waiting: () =>
      read.column<number>(sql`SELECT id FROM cards WHERE book = ${book} AND state <> 'here' ORDER BY id`),
    twinOf: bytes => {
      const uid = uidKey(uidOf(cardOf(bytes)))
      if (uid === '') return undefined
      return read.value<number>(
        sql`SELECT id FROM cards WHERE book = ${book} AND uid = ${uid} AND state = 'new' ORDER BY id LIMIT 1`,
      )
    },
    insert,
    update,
    remove: (db, id) => {
      db.run(sql`DELETE FROM cards WHERE id = ${id} AND book = ${book}`)
      feed.note('contact', [id])
    },
    movedFrom: id => {
      const found = read.value<number>(sql`
        SELECT there.id FROM cards here JOIN address_books own ON own.id = here.book
        JOIN address_books other ON other.account = own.account AND other.id <> own.id
        JOIN cards there ON there.book = other.id AND there.uid = here.uid AND there.state = 'deleted' AND there.href IS NOT NULL
        WHERE here.id = ${id} AND here.book = ${book} AND here.uid <> '' AND here.state = 'new'`)
      return found === undefined ? undefined : rowOf(found, null)
    },
    isMovedTo: id =>
      read.value<number>(sql`
        SELECT 1 FROM cards here JOIN cards there ON there.uid = here.uid AND there.book <> here.book AND there.state = 'new'
        JOIN address_books other ON other.id = there.book AND other.href IS NOT NULL
        WHERE here.id = ${id} AND here.uid <> '' LIMIT 1`) === 1,
    removeMoved: (db, id) => {
      db.run(sql`DELETE FROM cards WHERE id = ${id} AND state = 'deleted'`)
      feed.note('contact', [id])
    },
    keepBeside: (db, bytes) => {
      const other = bytesOf(rawOf(withUid(cardOf(bytes), newUid({ random }))))
      return insert(db, other, 'new', null)
    },
    isOurs: ({ raw, base, state }, theirs) => {
      if (base === null) return false
      // Of a new one the base is what was sent; what was changed since is merged with that.
      if (state === 'new' && !Buffer.from(raw).equals(base)) return false
      return isWrittenBy(cardOf(raw), state === 'new' ? null : cardOf(base), cardOf(theirs))
    },
    serverCopy: (sent, copy) => {
      const { kept, ...verdict } = whatServerKeeps(cardOf(sent), cardOf(copy))
      return { ...verdict, bytes: verdict.lost.length === 0 ? copy : bytesOf(rawOf(kept)) }
    },
    merge: ({ raw, base }, theirs) => {
      const merged = mergeFromBase(cardOf(raw), cardOf(theirs), base && cardOf(base))
      return merged && bytesOf(rawOf(merged))
    },
  }
}
