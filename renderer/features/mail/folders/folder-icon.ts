import { Archive, Ban, FileText, Folder, Inbox, Mails, Send, Star, Trash2 } from 'lucide-react'
import type { MailboxRole } from '../../../../shared/model/mail'
import type { IconShape } from '../../../ui/icon'

export const folderIcons: Readonly<Record<MailboxRole, IconShape>> = {
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
