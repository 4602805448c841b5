import type { BookId, ContactId } from '../../../../../shared/features/contacts/model'
import type { ContactWait } from '../../../../../shared/features/contacts/waits'
import { answersTo } from '../../../../../shared/kit/collection-wait'
import { answerWait } from '../../../kit/collections/answer-wait'
import type { CollectionWait } from '../../../ports/dav/waits'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'

/** What of address books on servers waits for somebody. */
export function contactWaitUseCases(
  context: Needs<'davSync', 'collectionWaits' | 'contacts' | 'transaction'>,
): Pick<UseCases, 'contacts.waits' | 'contacts.answer'> {
  const { store } = context
  const told = ({ id, collectionId, what, object, href, facts, atMs }: CollectionWait): ContactWait => {
    const contactId = object as ContactId | null
    const name = contactId === null ? '' : (store.contacts.detail(contactId)?.name ?? '')
    const bookId = collectionId as BookId
    return { ...{ id, bookId, what, contactId, name, href, atMs }, ...facts, answers: [...answersTo[what]] }
  }
  return {
    // A book that was removed takes with it what waited there.
    'contacts.waits': () => {
      const books = new Set<number>(store.contacts.books().map(({ id }) => id))
      return store.collectionWaits
        .list('contacts')
        .filter(({ collectionId }) => books.has(collectionId))
        .map(told)
    },
    'contacts.answer': asked => {
      answerWait(context, 'contacts', store.contacts, asked)
      context.davSync.syncNow(null)
      return {}
    },
  }
}
