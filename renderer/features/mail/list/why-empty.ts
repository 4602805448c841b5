import type { AccountSummary } from '../../../../shared/features/accounts/model'
import { isServiceOn, isSwitchedOff } from '../../../../shared/features/accounts/services'
import type { MailboxRole, MailboxSummary } from '../../../../shared/features/mail/model'

/** Folders that are filled by what the person does, on a server or not. */
const filled = ['drafts', 'sent', 'archive', 'junk', 'trash'] as const
type Filled = (typeof filled)[number]
const isFilled = (role: MailboxRole): role is Filled => (filled as readonly MailboxRole[]).includes(role)

/**
 * What brings messages into an empty list, of one mailbox or, where `mailbox` is null, of all mailboxes of a role. Nothing arrives by
 * itself in a folder of this computer, or while mail of its account is switched off. Names the sentence that says so.
 */
export function whyEmpty(
  role: MailboxRole,
  mailbox: Pick<MailboxSummary, 'accountId'> | null,
  accounts: readonly Pick<AccountSummary, 'id' | 'config'>[],
): 'fetched' | 'off' | 'local' | Filled {
  if (isFilled(role)) return role
  const owners = mailbox === null ? accounts : accounts.filter(({ id }) => id === mailbox.accountId)
  if (owners.length === 0 || owners.some(account => isServiceOn(account, 'mail'))) return 'fetched'
  return owners.some(account => isSwitchedOff(account, 'mail')) ? 'off' : 'local'
}
