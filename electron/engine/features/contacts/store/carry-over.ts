import type { Carrying, CarryRow } from '../../../store/keep/carry-over'

/** A book of an account that was lost becomes one of this machine: what is in it is kept, whoever's it was. */
export function contactCarryOver({ insert }: Carrying): Readonly<Record<'address_books', CarryRow>> {
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
  }
}
