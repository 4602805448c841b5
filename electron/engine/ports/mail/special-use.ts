import type { MailboxRole } from '../../../../shared/features/mail/model'

/** SPECIAL-USE attributes (RFC 6154 §2), in lower case, and the part that each names. */
export const roleOfAttribute: Readonly<Record<string, MailboxRole>> = {
  '\\all': 'all',
  '\\archive': 'archive',
  '\\drafts': 'drafts',
  '\\flagged': 'flagged',
  '\\junk': 'junk',
  '\\sent': 'sent',
  '\\trash': 'trash',
}
