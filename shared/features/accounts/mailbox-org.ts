import type { AccountSummary, MailService } from './model'
import { mailServiceOf } from './services'

/** Domains that mailbox.org itself gives addresses under. */
const ownDomain = 'mailbox.org'
/** Mail to and from here goes over TLS between the providers, or comes back (kb.mailbox.org, "secure.mailbox.org"). */
const secureDomain = 'secure.mailbox.org'

/**
 * The Tor exit that mailbox.org runs (nickname `mailboxorg`), as an old help page of theirs names it. It may have got
 * another key since: whoever pins it is told to look it up.
 */
export const mailboxOrgExit = '85D4088148B1A6954C9BFFFCA010E85E0AA88FF0'

/** Whether mail lies at mailbox.org, also under a domain of the user's own. */
export const isAtMailboxOrg = (mail: MailService): boolean => /(^|\.)mailbox\.org$/i.test(mail.imap.host)

/**
 * The address that sends and receives over TLS only, or null where there is none: it is the local part of the account's
 * own mailbox.org address, never another name.
 */
export function secureAliasOf(account: Pick<AccountSummary, 'config'>): string | null {
  const mail = mailServiceOf(account)
  if (mail === null || !isAtMailboxOrg(mail)) return null
  const { address } = account.config
  const at = address.lastIndexOf('@')
  return address.slice(at + 1).toLowerCase() === ownDomain ? `${address.slice(0, at)}@${secureDomain}` : null
}
