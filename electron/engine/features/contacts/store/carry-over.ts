import type { Carrying, CarryRow } from '../../../store/keep/carry-over'

/** A book of an account that was lost becomes one of this machine: what is in it is kept, whoever's it was. */
export function contactCarryOver({
  connection,
  insert,
}: Carrying): Readonly<Record<'address_books' | 'cards', CarryRow>> {
  const isHere = (book: unknown): boolean =>
    connection
      .prepare<unknown[]>('SELECT 1 FROM address_books WHERE id = ? AND account IS NULL')
      .get(book) !== undefined
  return {
    address_books: row =>
      insert('address_books', row) ||
      insert('address_books', {
        ...row,
        account: null,
        href: null,
        ctag: null,
        sync_token: null,
        read_only: 0,
      }),
    cards: row => {
      if (!isHere(row['book'])) return insert('cards', row)
      // Taken away here, and no server is left to be told.
      if (row['state'] === 'deleted') return false
      return insert('cards', { ...row, href: null, etag: null, base: null, state: 'here' })
    },
  }
}
