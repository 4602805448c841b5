import { hasMailServer } from '../../../../../../shared/features/accounts/services'
import type { AccountId, MailboxId, MessageId } from '../../../../../../shared/kit/ids'
import type { Needs } from '../../../../ports/parts'

/** Messages grouped by the account they belong to; ids that are gone are left out. */
export function byAccount(
  { store }: Needs<never, 'mailboxes' | 'messages'>,
  ids: readonly MessageId[],
): Map<AccountId, MessageId[]> {
  const accountOfMailbox = new Map<MailboxId, AccountId | undefined>()
  const groups = new Map<AccountId, MessageId[]>()
  for (const { id, mailboxId } of store.messages.locations(ids)) {
    if (!accountOfMailbox.has(mailboxId))
      accountOfMailbox.set(mailboxId, store.mailboxes.row(mailboxId)?.accountId)
    const accountId = accountOfMailbox.get(mailboxId)
    if (accountId === undefined) continue
    const group = groups.get(accountId)
    if (group) group.push(id)
    else groups.set(accountId, [id])
  }
  return groups
}

export const isImap = (context: Needs<never, 'accounts'>, accountId: AccountId): boolean =>
  hasMailServer(context.store.accounts.get(accountId))
