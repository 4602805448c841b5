import type { BookId } from '../../../../../shared/features/contacts/model'
import { openRemoteObjects } from '../../../kit/collections/remote-objects'
import { isSameCollection } from '../../../kit/collections/same-collection'
import { createCollectionWaits } from '../../../kit/collections/waits'
import type { ContactStore } from '../../../ports/contacts/contact-store'
import type { RemoteCollections } from '../../../ports/dav/remote-objects'
import { accountNumber } from '../../../store/account-number'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'
import { indexed, writeIndex } from './index-card'
import { remoteCardRows } from './remote-rows'

type Remote = Pick<ContactStore, keyof RemoteCollections>

/** The address books that accounts have on servers. */
export function createRemoteBooks(context: StoreContext): Remote {
  const { database, feed } = context
  const waits = createCollectionWaits(context)
  const { read } = database
  return {
    remote: accountId =>
      read
        .all<{ id: number; href: string; read_only: number }>(sql`
          SELECT b.id, b.href, b.read_only FROM address_books b JOIN accounts a ON a.number = b.account
          WHERE a.id = ${accountId} AND b.href IS NOT NULL ORDER BY b.position, b.id`)
        .map(({ id, href, read_only }) => ({ id, url: href, isReadOnly: read_only === 1 })),
    told: (accountId, books, spelling) =>
      database.write(
        db => {
          const account = accountNumber(db, accountId)
          const known = db.all<{ id: number; href: string }>(
            sql`SELECT id, href FROM address_books WHERE account = ${account} AND href IS NOT NULL`,
          )
          for (const { url, name, owner, isReadOnly } of books) {
            const here = known.find(({ href }) => isSameCollection(href, url, spelling))
            if (here === undefined)
              db.run(sql`
                INSERT INTO address_books (account, href, name, owner, read_only, server_name, position)
                VALUES (${account}, ${url}, ${name}, ${owner}, ${isReadOnly ? 1 : 0}, ${name},
                  (SELECT coalesce(max(position), 0) + 1 FROM address_books))`)
            else
              db.run(sql`
                UPDATE address_books SET owner = ${owner}, read_only = ${isReadOnly ? 1 : 0},
                  name = iif(server_name IS ${name}, name, ${name}), server_name = ${name}
                WHERE id = ${here.id}`)
          }
          feed.note('contact', null)
        },
        { durable: true },
      ),
    openRemote: (id, url, spelling) =>
      openRemoteObjects(
        database,
        remoteCardRows(context, id as BookId),
        href => spelling(href, url),
        waits.of('contacts', id),
      ),
    waitingCount: accountId =>
      read.value<number>(sql`
        SELECT count(*) FROM cards c JOIN address_books b ON b.id = c.book JOIN accounts a ON a.number = b.account
        WHERE a.id = ${accountId} AND c.state <> 'here'`) ?? 0,
    makeLocal: id =>
      database.write(
        db => {
          db.run(sql`
            UPDATE address_books SET account = NULL, href = NULL, ctag = NULL, sync_token = NULL, unfinished = 0,
              server_name = NULL, owner = '', read_only = 0 WHERE id = ${id}`)
          db.run(sql`DELETE FROM cards WHERE book = ${id} AND state = 'deleted'`)
          db.run(
            sql`UPDATE cards SET href = NULL, etag = NULL, base = NULL, state = 'here' WHERE book = ${id}`,
          )
          feed.note('contact', null)
        },
        { durable: true },
      ),
    giveUp: (book, only) =>
      database.write(
        db => {
          const rows = db.all<{ id: number; state: string; base: Uint8Array | null }>(sql`
            SELECT id, state, base FROM cards
            WHERE book = ${book} AND state <> 'here' AND (${only} IS NULL OR id = ${only})`)
          for (const { id, state, base } of rows)
            if (state === 'new' || base === null) db.run(sql`DELETE FROM cards WHERE id = ${id}`)
            else {
              const card = indexed(base)
              // What the server has now is fetched with the next listing that tells of it.
              db.run(sql`
                UPDATE cards SET raw = ${base}, uid = ${card.uid}, base = NULL, state = 'here', etag = NULL WHERE id = ${id}`)
              writeIndex(db, id, card)
            }
          // So that all is compared.
          db.run(sql`UPDATE address_books SET ctag = NULL, sync_token = NULL WHERE id = ${book}`)
          feed.note('contact', null)
        },
        { durable: true },
      ),
    sendAgain: id =>
      database.write(
        db => {
          db.run(sql`UPDATE cards SET base = NULL WHERE id = ${id} AND state = 'new' AND href IS NULL`)
        },
        { durable: true },
      ),
    forgetCollection: id =>
      database.write(
        db => {
          db.run(sql`DELETE FROM address_books WHERE id = ${id} AND account IS NOT NULL`)
          feed.note('contact', null)
        },
        { durable: true },
      ),
    forgetAccount: accountId =>
      database.write(
        db => {
          db.run(sql`DELETE FROM address_books WHERE account = ${accountNumber(db, accountId)}`)
          feed.note('contact', null)
        },
        { durable: true },
      ),
  }
}
