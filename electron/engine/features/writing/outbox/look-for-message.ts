import type { AccountId } from '../../../../../shared/kit/ids'
import type { Log } from '../../../ports/basics'
import type { MailSession } from '../../../ports/mail/mail-backend'
import type { Store } from '../../../ports/store'

/**
 * Asks an account's Sent mailbox on the server for a Message-ID (without angle brackets), over a connection of sync, as
 * some servers allow no other. Never throws: what cannot be asked cannot be said.
 */
export function createLookForMessage(deps: {
  store: Store
  withSession: <T>(accountId: AccountId, work: (session: MailSession) => Promise<T>) => Promise<T>
  log: Log
}) {
  return async (
    accountId: AccountId,
    messageIdHeader: string,
  ): Promise<'found' | 'absent' | 'cannot-say'> => {
    const mailbox = deps.store.mailboxes.byRole(accountId, 'sent')
    if (!mailbox) return 'cannot-say'
    try {
      return await deps.withSession(accountId, async session => {
        await session.open(mailbox.path, { readOnly: true })
        const uids = await session.searchMessageId(messageIdHeader)
        return uids.length > 0 ? 'found' : 'absent'
      })
    } catch (error) {
      deps.log.warn('could not ask for a sent message', {
        accountId,
        error: error instanceof Error ? error.name : 'error',
      })
      return 'cannot-say'
    }
  }
}
