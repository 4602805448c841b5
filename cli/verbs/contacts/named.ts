import {
  type AddressBook,
  type BookId,
  type ContactId,
  contactId,
} from '../../../shared/features/contacts/model'
import { SiegelError } from '../../../shared/kit/result'
import { UsageError } from '../../kit/exit'
import type { Session } from '../../kit/session'

/** What a book is called here: those that have no name of their own by what they are. */
const bookName = ({ name, kind }: Pick<AddressBook, 'name' | 'kind'>): string => name || kind

/** Books by the names that they go by here: that of an account's begins with its address. */
export type NamedBooks = Readonly<{
  all: readonly AddressBook[]
  nameOf(id: BookId): string
  /** By name or number; without either the one of this machine that is there from the first start. */
  find(text: string | undefined): AddressBook
}>

export async function loadBooks(session: Session): Promise<NamedBooks> {
  const all = await session.call('contacts.books', {})
  const accounts = all.some(({ accountId }) => accountId !== null)
    ? await session.call('accounts.list', {})
    : []
  const names = new Map(
    all.map((book): [BookId, string] => {
      const address = accounts.find(each => each.id === book.accountId)?.config.address
      return [book.id, address === undefined ? bookName(book) : `${address}/${bookName(book)}`]
    }),
  )
  const nameOf = (id: BookId): string => names.get(id) ?? String(id)
  return {
    all,
    nameOf,
    find: wanted => {
      if (wanted === undefined) {
        const first = all.find(({ kind, accountId }) => kind === 'personal' && accountId === null)
        if (first === undefined) throw new SiegelError('not-found', { what: 'address book' })
        return first
      }
      const isCalled = (book: AddressBook) => nameOf(book.id).toLowerCase() === wanted.toLowerCase()
      const called = all.filter(isCalled)
      const [first, ...others] = called.length > 0 ? called : all.filter(({ id }) => String(id) === wanted)
      if (first === undefined) throw new SiegelError('not-found', { what: 'address book', name: wanted })
      if (others.length > 0) throw new UsageError(`"${wanted}" is more than one address book; use a number`)
      return first
    },
  }
}

export const bookNamed = async (session: Session, wanted: string | undefined): Promise<AddressBook> =>
  (await loadBooks(session)).find(wanted)

export function contactIdOf(text: string | undefined): ContactId {
  const id = contactId.safeParse(Number(text))
  if (!id.success)
    throw new UsageError(`"${text ?? ''}" is not the number of a contact; "contacts list" shows them`)
  return id.data
}
