import type { MailboxRole } from '../../../../../shared/features/mail/model'
import { roleOfAttribute } from '../../../ports/mail/special-use'

/**
 * What a server says a mailbox is for: its SPECIAL-USE attributes (RFC 6154), in lower case. Of several the one that mail is
 * put into counts before one that only shows. What follows from it is judged in `kit/mailboxes/role-folders.ts`.
 */
export function roleOfAttributes(attributes: ReadonlySet<string>): MailboxRole {
  const told = [...attributes].flatMap(attribute => roleOfAttribute[attribute] ?? [])
  return told.find(role => role !== 'all' && role !== 'flagged') ?? told[0] ?? 'none'
}
