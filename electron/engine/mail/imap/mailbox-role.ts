import type { MailboxRole } from '../../../../shared/model/mail'

const roleOfAttribute: Readonly<Record<string, MailboxRole>> = {
  '\\all': 'all',
  '\\archive': 'archive',
  '\\drafts': 'drafts',
  '\\flagged': 'flagged',
  '\\junk': 'junk',
  '\\sent': 'sent',
  '\\trash': 'trash',
}

/**
 * What a server says a mailbox is for: its SPECIAL-USE attributes (RFC 6154), in lower case. Of several the one that mail is
 * put into counts before one that only shows. What follows from it is judged in `sync/role-folders.ts`.
 */
export function roleOfAttributes(attributes: ReadonlySet<string>): MailboxRole {
  const told = [...attributes].flatMap(attribute => roleOfAttribute[attribute] ?? [])
  return told.find(role => role !== 'all' && role !== 'flagged') ?? told[0] ?? 'none'
}
