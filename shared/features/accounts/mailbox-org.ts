import type { AccountConfig } from './model'

/** Domains that mailbox.org itself gives addresses under. */
const ownDomain = 'mailbox.org'
/** Mail to and from here goes over TLS between the providers, or comes back (kb.mailbox.org, "secure.mailbox.org"). */
const secureDomain = 'secure.mailbox.org'

/**
 * The Tor exit that mailbox.org runs (nickname `mailboxorg`), as an old help page of theirs names it. It may have got
 * another key since: whoever pins it is told to look it up.
 */
export const mailboxOrgExit = '85D4088148B1A6954C9BFFFCA010E85E0AA88FF0'

/** Whether the mail of an account lies at mailbox.org, also under a domain of the user's own. */
export const isAtMailboxOrg = (config: AccountConfig): boolean =>
  config.kind === 'imap' && /(^|\.)mailbox\.org$/i.test(config.imap.host)

/**
 * The address that sends and receives over TLS only, or null where there is none: it is the local part of the account's
 * own mailbox.org address, never another name.
 */
export function secureAliasOf(config: AccountConfig): string | null {
  if (!isAtMailboxOrg(config)) return null
  const at = config.address.lastIndexOf('@')
  return config.address.slice(at + 1).toLowerCase() === ownDomain
    ? `${config.address.slice(0, at)}@${secureDomain}`
    : null
}
