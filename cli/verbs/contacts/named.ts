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
export const bookName = ({ name, kind }: Pick<AddressBook, 'name' | 'kind'>): string => name || kind

/** A book by its number or its name; without either the one of this machine that is there from the first start. */
export async function bookNamed(session: Session, wanted: string | undefined): Promise<AddressBook> {
  const books = await session.call('contacts.books', {})
  const found =
    wanted === undefined
      ? books.find(({ kind, accountId }) => kind === 'personal' && accountId === null)
      : (books.find(book => bookName(book).toLowerCase() === wanted.toLowerCase()) ??
        books.find(({ id }) => String(id) === wanted))
  if (found === undefined)
    throw new SiegelError('not-found', {
      what: 'address book',
      ...(wanted === undefined ? {} : { name: wanted }),
    })
  return found
}

export const idsOfBooks = (books: readonly AddressBook[]): ReadonlyMap<BookId, string> =>
  new Map(books.map(book => [book.id, bookName(book)]))

export function contactIdOf(text: string | undefined): ContactId {
  const id = contactId.safeParse(Number(text))
  if (!id.success)
    throw new UsageError(`"${text ?? ''}" is not the number of a contact; "contacts list" shows them`)
  return id.data
}
