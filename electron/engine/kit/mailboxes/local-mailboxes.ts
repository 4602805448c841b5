import type { MailboxRole } from '../../../../shared/features/mail/model'
import type { AccountId, MailboxId } from '../../../../shared/kit/ids'
import type { Store } from '../../ports/store'

const standard: readonly { path: string; role: MailboxRole }[] = [
  { path: 'Inbox', role: 'inbox' },
  { path: 'Drafts', role: 'drafts' },
  { path: 'Sent', role: 'sent' },
  { path: 'Archive', role: 'archive' },
  { path: 'Junk', role: 'junk' },
  { path: 'Trash', role: 'trash' },
]

/** Gives a local account the standard mailboxes that it lacks; answers them by role. */
export function localMailboxes(
  store: Pick<Store, 'mailboxes'>,
  accountId: AccountId,
): ReadonlyMap<MailboxRole, MailboxId> {
  const byRole = new Map<MailboxRole, MailboxId>()
  for (const { path, role } of standard) {
    const row =
      store.mailboxes.byRole(accountId, role) ??
      store.mailboxes.create({ accountId, path, delimiter: '/', role })
    byRole.set(role, row.id)
  }
  return byRole
}
