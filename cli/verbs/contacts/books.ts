import { UsageError } from '../../kit/exit'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { bookNamed, loadBooks } from './named'

/** Address books. */
export const contactBookVerbs: readonly Verb[] = [
  {
    name: 'contacts books',
    usage: 'contacts books',
    about: 'List the address books',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const books = await withSession(options, loadBooks)
      output.result(
        books.all.map(book => ({ ...book, name: books.nameOf(book.id) })),
        () =>
          books.all.map(
            book =>
              `${book.id}  ${books.nameOf(book.id)}  ${book.contacts} contacts${book.readOnly ? '  read only' : ''}${book.owner === '' ? '' : `  of ${book.owner}`}`,
          ),
      )
    },
  },
  {
    name: 'contacts add-book',
    usage: 'contacts add-book NAME',
    about: 'Make an address book on this machine',
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      const [name = ''] = options.positionals
      const made = await withSession(options, session => session.call('contacts.addBook', { name }))
      output.result({ ...made, name }, () => [`Made address book ${made.bookId}, "${name}".`])
    },
  },
  {
    name: 'contacts rename-book',
    usage: 'contacts rename-book BOOK NAME',
    about: 'Give an address book another name',
    options: {},
    positionals: [2, 2],
    async run(options, output) {
      const [book = '', name = ''] = options.positionals
      const renamed = await withSession(options, async session => {
        const { id } = await bookNamed(session, book)
        await session.call('contacts.renameBook', { bookId: id, name })
        return { bookId: id, name }
      })
      output.result(renamed, () => [`Renamed to "${name}".`])
    },
  },
  {
    name: 'contacts remove-book',
    usage: 'contacts remove-book BOOK --yes',
    about: 'Remove an address book of this machine with all contacts in it; this cannot be taken back',
    options: { yes: { type: 'boolean' } },
    positionals: [1, 1],
    async run(options, output) {
      const removed = await withSession(options, async session => {
        const book = await bookNamed(session, options.positionals[0])
        if (!options.flag('yes'))
          throw new UsageError(`${book.contacts} contacts would go with it; add --yes if that is wanted`)
        await session.call('contacts.removeBook', { bookId: book.id })
        return { bookId: book.id, contacts: book.contacts }
      })
      output.result(removed, () => [`Removed with ${removed.contacts} contacts.`])
    },
  },
]
