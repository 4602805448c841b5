import type { AccountSummary, MailService } from './model'

type Account = Readonly<Pick<AccountSummary, 'config'>>

/** How mail of an account is fetched and sent, or null where it has no mail server, or there is no such account. */
export function mailServiceOf(account: Account | null | undefined): MailService | null {
  return account?.config.kind === 'imap' ? account.config : null
}

/** Whether an account has mail on a server. */
export const hasMailServer = (account: Account | null | undefined): boolean => mailServiceOf(account) !== null

/** Whether an account lives on this machine only: nothing is ever dialled for it. */
export const isLocal = ({ config }: Account): boolean => config.kind === 'local'
