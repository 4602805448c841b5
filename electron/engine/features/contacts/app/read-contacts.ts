import { SiegelError } from '../../../../../shared/kit/result'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { requireCard } from './context'
import { findDuplicates } from './find-duplicates'

const mostFound = 500
const mostCollected = 2000

/** Address books and cards, as they are looked at. */
export function readContactUseCases(
  context: Needs<'cards', 'contacts' | 'people' | 'settings'>,
): Pick<
  UseCases,
  | 'contacts.books'
  | 'contacts.list'
  | 'contacts.find'
  | 'contacts.show'
  | 'contacts.raw'
  | 'contacts.groups'
  | 'contacts.members'
  | 'contacts.collected'
  | 'contacts.duplicates'
> {
  const { contacts, people, settings } = context.store
  const collected = () =>
    settings.get().collectAddresses
      ? people.writtenTo(mostCollected).filter(({ address }) => contacts.withAddress(address).length === 0)
      : []
  return {
    'contacts.books': () =>
      contacts
        .books()
        .map(book => (book.kind === 'collected' ? { ...book, contacts: collected().length } : book)),
    'contacts.list': ({ bookId }) => [...contacts.list(bookId)],
    'contacts.find': ({ text }) => [...contacts.find(text, mostFound)],
    'contacts.show': ({ id }) => {
      const found = contacts.detail(id)
      if (found === null) throw new SiegelError('not-found', { what: 'contact', name: String(id) })
      return found
    },
    'contacts.raw': ({ id }) => ({ bytes: requireCard(context, id).raw }),
    'contacts.groups': () => [...contacts.groups()],
    'contacts.members': ({ group }) => [...contacts.members(group)],
    'contacts.collected': () => collected(),
    'contacts.duplicates': () => findDuplicates(contacts.list(null)),
  }
}
