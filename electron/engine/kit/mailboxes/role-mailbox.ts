import type { AccountSummary } from '../../../../shared/features/accounts/model'
import type { MailboxRole } from '../../../../shared/features/mail/model'
import { personalPath } from '../../../../shared/features/mail/namespaces'
import type { AccountId, MailboxId } from '../../../../shared/kit/ids'
import type { Store } from '../../ports/store'

/** Names of mailboxes that a server lacks; every client that knows RFC 6154 or habit recognises them. */
const names: Partial<Record<MailboxRole, string>> = {
  archive: 'Archive',
  trash: 'Trash',
  junk: 'Junk',
  sent: 'Sent',
  drafts: 'Drafts',
}

/** The delimiter of an account while its server has not told one for new names: of the inbox, or what others have. */
export function usualDelimiter(
  store: Pick<Store, 'mailboxes'>,
  account: Pick<AccountSummary, 'id' | 'config'>,
): string {
  if (account.config.kind === 'local') return '/'
  const rows = store.mailboxes.rows(account.id)
  const inbox = rows.find(({ role }) => role === 'inbox')
  return (
    inbox?.delimiter ||
    rows.find(({ delimiter }) => delimiter !== '')?.delimiter ||
    (rows.length > 0 ? '' : '/')
  )
}

/**
 * The mailbox of a role of an IMAP account. One that is missing is made in the account's own namespace (RFC 2342), here
 * at once and as a task; null for a role that needs none. Must run inside a transaction.
 */
export function roleMailboxOnServer(
  store: Pick<Store, 'accounts' | 'mailboxes' | 'servers' | 'tasks'>,
  accountId: AccountId,
  role: MailboxRole,
): MailboxId | null {
  const known = store.mailboxes.byRole(accountId, role)
  if (known) return known.id
  const name = names[role]
  const account = store.accounts.get(accountId)
  if (name === undefined || !account) return null
  const { path, delimiter } = personalPath(
    name,
    store.servers.namespaces(accountId),
    usualDelimiter(store, account),
  )
  const there = store.mailboxes.byPath(accountId, path)
  if (there?.selectable) return there.id
  const { id } = there ?? store.mailboxes.create({ accountId, path, delimiter, role })
  store.tasks.add(accountId, { kind: 'create-mailbox', mailboxId: id })
  return id
}
