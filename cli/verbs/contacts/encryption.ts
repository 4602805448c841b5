import { encryptionVerbs } from '../../kit/collections/encryption'
import type { Verb } from '../../kit/verb'
import { loadBooks } from './named'

export const contactEncryptionVerbs: readonly Verb[] = encryptionVerbs({
  word: 'contacts',
  kind: 'contacts',
  named: 'BOOK',
  about: 'an address book',
  load: async session => {
    const books = await loadBooks(session)
    return {
      find: books.find,
      nameOf: id => {
        const found = books.all.find(each => each.id === id)
        return found ? books.nameOf(found.id) : String(id)
      },
    }
  },
  pass: async (session, accountId) => {
    const { books, problems } = await session.call('contacts.sync', { accountId, removesMany: false })
    return {
      steps: books.map(each => ({ ...each, id: each.bookId })),
      problems: problems.map(({ bookId, problem }) => ({ id: bookId, problem })),
    }
  },
})
