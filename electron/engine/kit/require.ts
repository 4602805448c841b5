import type { AccountSummary, ServiceKind } from '../../../shared/features/accounts/model'
import { isSwitchedOff } from '../../../shared/features/accounts/services'
import type { AccountId, MailboxId } from '../../../shared/kit/ids'
import { SiegelError } from '../../../shared/kit/result'
import type { Needs } from '../ports/parts'
import type { MailboxRow } from '../ports/store'

/** The account a call names. Throws `not-found`. */
export function requireAccount({ store }: Needs<never, 'accounts'>, id: AccountId): AccountSummary {
  const account = store.accounts.get(id)
  if (!account) throw new SiegelError('not-found', { what: 'account' })
  return account
}

/** Throws `service-off`, which names account and service, where the account has it and it is switched off. */
export function refuseSwitchedOff(
  account: Pick<AccountSummary, 'config'> | null | undefined,
  service: ServiceKind,
): void {
  if (account && isSwitchedOff(account, service))
    throw new SiegelError('service-off', { name: account.config.address, service })
}

/** The mailbox a call names. Throws `mailbox-missing`. */
export function requireMailbox({ store }: Needs<never, 'mailboxes'>, id: MailboxId): MailboxRow {
  const row = store.mailboxes.row(id)
  if (!row) throw new SiegelError('mailbox-missing', {})
  return row
}
