import { create } from 'zustand'
import type { MailboxRole } from '../../../shared/features/mail/model'
import type { MailboxId, MessageId } from '../../../shared/kit/ids'
import { openRoom } from '../../state/ui-store'
import { nothingSelected, type Selection, selectOnly } from './list/selection'

/** What the message list shows: one mailbox, or every mailbox of a role (the unified inbox). */
export type ListSource =
  | Readonly<{ kind: 'mailbox'; mailboxId: MailboxId }>
  | Readonly<{ kind: 'role'; role: MailboxRole }>

export type ListFilter = 'all' | 'unread' | 'flagged'

/** How many panes of the mail room stand beside each other. The style sheet decides (`mail-room.css`). */
export type PaneCount = 1 | 2 | 3

type MailState = Readonly<{
  paneCount: PaneCount
  /** Which pane is seen where only one fits. */
  front: 'list' | 'reader'
  /** The folders lie over the room where they do not fit beside it. */
  foldersOpen: boolean
  source: ListSource
  filter: ListFilter
  /** Null when not searching. `mailboxId: null` searches everywhere. */
  search: Readonly<{ text: string; mailboxId: MailboxId | null }> | null
  selection: Selection
  /** The message in the reader when it is not the focused row (another one of the conversation). */
  readingId: MessageId | null
  /** Read just now by looking at it; stays in a list of unread messages while it is open. */
  keptId: MessageId | null
  /** Marked unread by hand while open; looking at it does not mark it read again. */
  heldUnreadId: MessageId | null
  /** The message whose source is shown. */
  sourceId: MessageId | null
}>

const initial: MailState = {
  paneCount: 3,
  front: 'list',
  foldersOpen: false,
  source: { kind: 'role', role: 'inbox' },
  filter: 'all',
  search: null,
  selection: nothingSelected,
  readingId: null,
  keptId: null,
  heldUnreadId: null,
  sourceId: null,
}

/** What is chosen, looked for and read in the mail room. */
export const useMail = create<MailState>(() => initial)

/** Forgets everything that names mail; used when the profile is locked. */
export const forgetMail = () => useMail.setState(initial)

export const openSource = (source: ListSource) => {
  openRoom('mail')
  useMail.setState({
    front: 'list',
    foldersOpen: false,
    source,
    filter: 'all',
    search: null,
    selection: nothingSelected,
    readingId: null,
    keptId: null,
  })
}

export const setFilter = (filter: ListFilter) =>
  useMail.setState({ filter, front: 'list', selection: nothingSelected, readingId: null, keptId: null })

export const setSearch = (search: MailState['search']) =>
  useMail.setState({ search, front: 'list', selection: nothingSelected, readingId: null, keptId: null })

/** Searches everywhere for words that stand beside each other, as they were found in a text. */
export const lookUp = (words: string) => {
  openRoom('mail')
  setSearch({ text: words.includes(' ') ? `"${words}"` : words, mailboxId: null })
}

/** Opens the folder that a message lies in, and the message. */
export const showMessage = ({
  messageId,
  mailboxId,
}: Readonly<{ messageId: MessageId; mailboxId: MailboxId }>) => {
  openSource({ kind: 'mailbox', mailboxId })
  useMail.setState({ front: 'reader', selection: selectOnly(messageId) })
}

export const setSelection = (selection: Selection) =>
  useMail.setState(state => ({
    selection,
    readingId: null,
    keptId: state.keptId === selection.focus ? state.keptId : null,
  }))
