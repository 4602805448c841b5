import type { AccountId } from '../../../shared/model/ids'
import type { Log } from '../ports/basics'
import type { MailBackend } from '../ports/mail-backend'
import type { Store } from '../ports/store'

/**
 * Asks an account's Sent mailbox on the server for a Message-ID (without angle brackets). Never throws: what cannot be
 * asked cannot be said.
 */
export function createLookForMessage(deps: { store: Store; backend: MailBackend; log: Log }) {
  return async (
    accountId: AccountId,
    messageIdHeader: string,
  ): Promise<'found' | 'absent' | 'cannot-say'> => {
    const account = deps.store.accounts.get(accountId)
    const password = deps.store.accounts.password(accountId)
    const mailbox = deps.store.mailboxes.byRole(accountId, 'sent')
    if (account?.config.kind !== 'imap' || password === null || !mailbox) return 'cannot-say'
    try {
      const session = await deps.backend.connect({ id: accountId, config: account.config, password })
      try {
        await session.open(mailbox.path, { readOnly: true })
        const uids = await session.searchMessageId(messageIdHeader)
        return uids.length > 0 ? 'found' : 'absent'
      } finally {
        session.destroy()
      }
    } catch (error) {
      deps.log.warn('could not ask for a sent message', {
        accountId,
        error: error instanceof Error ? error.name : 'error',
      })
      return 'cannot-say'
    }
  }
}
