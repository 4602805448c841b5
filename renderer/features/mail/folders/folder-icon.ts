import {
  Archive,
  Ban,
  FileText,
  Folder,
  Inbox,
  Mails,
  Send,
  Star,
  Trash2,
  UserRound,
  UsersRound,
} from 'lucide-react'
import type { MailboxRole, MailboxSummary } from '../../../../shared/features/mail/model'
import type { IconShape } from '../../../ui/actions/icon'

const folderIcons: Readonly<Record<MailboxRole, IconShape>> = {
  inbox: Inbox,
  drafts: FileText,
  sent: Send,
  archive: Archive,
  junk: Ban,
  trash: Trash2,
  all: Mails,
  flagged: Star,
  none: Folder,
}

/** The icon of a mailbox: by its role, or for one of others by whose it is. */
export function folderIcon({ role, namespace }: Pick<MailboxSummary, 'role' | 'namespace'>): IconShape {
  if (role !== 'none' || namespace === 'personal') return folderIcons[role]
  return namespace === 'shared' ? UsersRound : UserRound
}
