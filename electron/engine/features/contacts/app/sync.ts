import type { BookId, ContactId } from '../../../../../shared/features/contacts/model'
import { requireAccount } from '../../../kit/require'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'

/** Address books of accounts, brought into step with their servers. */
export function contactSyncUseCases(context: Needs<'davSync', 'accounts'>): Pick<UseCases, 'contacts.sync'> {
  return {
    'contacts.sync': async ({ accountId, removesMany }) => {
      const only = accountId === null ? null : requireAccount(context, accountId).id
      const report = await context.davSync.run(only, {
        kinds: ['contacts'],
        removesMany: removesMany === true,
      })
      return {
        books: report.collections.map(({ kind: _contacts, collectionId, ...step }) => ({
          ...step,
          bookId: collectionId as BookId,
        })),
        notes: report.notes.map(({ collectionId, note: { id, kind, second } }) => ({
          ...{ bookId: collectionId as BookId, contactId: id as ContactId },
          ...{ kind, second: second as ContactId | null },
        })),
        problems: report.problems.map(({ accountId: account, collectionId, problem }) => ({
          ...{ accountId: account, bookId: collectionId as BookId | null },
          problem: { ...problem, params: { ...problem.params } },
        })),
      }
    },
  }
}
