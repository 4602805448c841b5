import { syncCollections, syncOptions } from '../../kit/collections/sync'
import type { Verb } from '../../kit/verb'
import { loadBooks } from './named'

/** Address books of accounts, brought into step with their servers. */
export const contactSyncVerbs: readonly Verb[] = [
  {
    name: 'contacts sync',
    usage: 'contacts sync [--account A] [--remove-many]',
    about:
      'Bring changes of contacts to their servers and fetch what changed there. --remove-many: also where more than a third of an address book is gone there',
    options: syncOptions,
    positionals: [0, 0],
    run: (options, output) =>
      syncCollections(
        options,
        output,
        { collection: 'address book', thing: 'Contact', verb: 'contacts sync', waiting: 'contacts waiting' },
        async (session, asked) => {
          const { books, notes, problems } = await session.call('contacts.sync', asked)
          const names = await loadBooks(session)
          const named = books.map(each => ({ ...each, book: names.nameOf(each.bookId) }))
          return {
            collections: named.map(each => ({ ...each, name: each.book })),
            notes: notes.map(each => ({ ...each, id: each.contactId })),
            problems,
            needsAttention: (await session.call('contacts.waits', {})).length,
            result: { books: named, notes, problems },
          }
        },
      ),
  },
]
