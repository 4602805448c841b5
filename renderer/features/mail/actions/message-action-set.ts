import type { MailboxRole } from '../../../../shared/features/mail/model'
import type { MessageId } from '../../../../shared/kit/ids'

/** Everything that can be done to messages, for toolbar, menus and keys alike. `ids` default to the chosen ones. */
export type MessageActionSet = Readonly<{
  archive: (ids?: readonly MessageId[]) => void
  remove: (ids?: readonly MessageId[]) => void
  toggleJunk: (ids?: readonly MessageId[]) => void
  toggleFlag: (ids?: readonly MessageId[]) => void
  markSeen: (seen: boolean, ids?: readonly MessageId[]) => void
  move: (ids?: readonly MessageId[]) => void
  reply: (mode: 'reply' | 'reply-all' | 'reply-list' | 'forward') => void
  /** Opens what makes a to-do or an event of the message. */
  plan: (kind: 'todo' | 'event', ids?: readonly MessageId[]) => void
  editDraft: (id: MessageId) => void
  showSource: (ids?: readonly MessageId[]) => void
  /** The part of the mailbox that a message lies in; of the list that is shown where none is named. */
  roleOf: (id: MessageId | null) => MailboxRole
}>
