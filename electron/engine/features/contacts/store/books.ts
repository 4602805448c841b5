import type { AddressBook, BookId } from '../../../../../shared/features/contacts/model'
import type { AccountId } from '../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../shared/kit/result'
import type { ContactStore } from '../../../ports/contacts/contact-store'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'

type BookRow = {
  id: BookId
  name: string
  kind: AddressBook['kind']
  account: AccountId | null
  read_only: number
  owner: string
  contacts: number
}

/**
 * Address books. Two are there from the first start: one to write into, and the one of whom was written to, which holds no cards
 * of its own. They have no name: the faces call them in the language of the person.
 */
export function createBooks({
  database,
  feed,
}: StoreContext): Pick<ContactStore, 'books' | 'addBook' | 'renameBook' | 'removeBook'> {
  const { read } = database
  const first = (kind: AddressBook['kind']): void => {
    if (
      read.value<number>(
        sql`SELECT 1 FROM address_books WHERE kind = ${kind} AND account IS NULL LIMIT 1`,
      ) === 1
    )
      return
    database.write(db => db.run(sql`INSERT INTO address_books (name, kind) VALUES ('', ${kind})`))
  }
  first('personal')
  first('collected')

  const required = (id: BookId): BookRow => {
    const found = read.get<BookRow>(sql`SELECT id, name, kind, read_only FROM address_books WHERE id = ${id}`)
    if (found === undefined) throw new SiegelError('not-found', { what: 'address book' })
    return found
  }
  return {
    books: () =>
      read
        .all<BookRow>(sql`
          SELECT b.id, b.name, b.kind, a.id AS account, b.read_only, b.owner,
            (SELECT count(*) FROM cards c JOIN card_index i ON i.card = c.id WHERE c.book = b.id) AS contacts
          FROM address_books b LEFT JOIN accounts a ON a.number = b.account
          ORDER BY b.kind = 'collected', b.account IS NOT NULL, b.position, b.id`)
        .map(({ account, read_only, ...book }) => ({
          ...book,
          accountId: account,
          readOnly: read_only === 1 || book.kind === 'collected',
        })),
    addBook: name =>
      database.write(
        db => {
          const { lastId } = db.run(sql`INSERT INTO address_books (name, position) VALUES (${name}, 1)`)
          feed.note('contact', null)
          return lastId as BookId
        },
        { durable: true },
      ),
    renameBook: (id, name) => {
      required(id)
      database.write(
        db => {
          db.run(sql`UPDATE address_books SET name = ${name} WHERE id = ${id}`)
          feed.note('contact', null)
        },
        { durable: true },
      )
    },
    removeBook: id => {
      required(id)
      database.write(
        db => {
          db.run(sql`DELETE FROM address_books WHERE id = ${id}`)
          feed.note('contact', null)
        },
        { durable: true },
      )
    },
  }
}
