import { create } from 'zustand'
import type { MailboxRole } from '../../shared/features/mail/model'
import type { AccountId, DraftId, MailboxId, MessageId } from '../../shared/kit/ids'
import { nothingSelected, type Selection } from './selection'

/** What the message list shows: one mailbox, or every mailbox of a role (the unified inbox). */
export type ListSource =
  | Readonly<{ kind: 'mailbox'; mailboxId: MailboxId }>
  | Readonly<{ kind: 'role'; role: MailboxRole }>

export type ListFilter = 'all' | 'unread' | 'flagged'

/** How many panes of the mail room stand beside each other. The style sheet decides (`mail-room.css`). */
export type PaneCount = 1 | 2 | 3

export type UiState = Readonly<{
  /** The room of a feature, by its id. */
  room: string
  paneCount: PaneCount
  /** Which pane is seen where only one fits. */
  front: 'list' | 'reader'
  /** The folders lie over the room where they do not fit beside it. */
  foldersOpen: boolean
  /** The page of settings, by its id. `accounts` is where a new account is set up. */
  settingsSection: string
  /** The account settings should open on, when something pointed at one. */
  settingsAccountId: AccountId | null
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
  /** Drafts being written, in the order they were opened; the last one is in front. */
  openDrafts: readonly DraftId[]
  /** The draft in front was set aside, and waits as a tab. */
  draftsAside: boolean
  /** How often a room, a folder or what a look-up finds was asked for: a draft that lies over it gives way. */
  roomCalls: number
  shortcutsOpen: boolean
  activityOpen: boolean
  /** In the keys room of settings: what was asked for from elsewhere. */
  keysDialog: 'create' | 'import' | null
  /** An account that was just added and may get a key. */
  keyOfferFor: AccountId | null
  /** The welcome screen was left without an account. */
  welcomeDismissed: boolean
}>

const initial: UiState = {
  room: 'mail',
  paneCount: 3,
  front: 'list',
  foldersOpen: false,
  settingsSection: 'accounts',
  settingsAccountId: null,
  keysDialog: null,
  keyOfferFor: null,
  source: { kind: 'role', role: 'inbox' },
  filter: 'all',
  search: null,
  selection: nothingSelected,
  readingId: null,
  keptId: null,
  heldUnreadId: null,
  sourceId: null,
  openDrafts: [],
  draftsAside: false,
  roomCalls: 0,
  shortcutsOpen: false,
  activityOpen: false,
  welcomeDismissed: false,
}

export const useUi = create<UiState>(() => initial)

/** Forgets everything that names mail; used when the profile is locked. */
export const resetUi = () => useUi.setState(initial)

/** Shows what was asked for; whoever asks wants to see it. */
const call = (part: Partial<UiState>) =>
  useUi.setState(({ roomCalls }) => ({ ...part, roomCalls: roomCalls + 1 }))

export const openRoom = (room: string) => call({ room })

export const openSettings = (section: string, accountId: AccountId | null = null) =>
  call({ room: 'settings', settingsSection: section, settingsAccountId: accountId })

/** Leads to a key of one's own: made here, or taken from a file. */
export const openOwnKeys = (keysDialog: 'create' | 'import') =>
  call({ room: 'settings', settingsSection: 'keys', settingsAccountId: null, keysDialog })

export const openSource = (source: ListSource) =>
  call({
    room: 'mail',
    front: 'list',
    foldersOpen: false,
    source,
    filter: 'all',
    search: null,
    selection: nothingSelected,
    readingId: null,
    keptId: null,
  })

export const setFilter = (filter: ListFilter) =>
  useUi.setState({ filter, front: 'list', selection: nothingSelected, readingId: null, keptId: null })

export const setSearch = (search: UiState['search']) =>
  useUi.setState({ search, front: 'list', selection: nothingSelected, readingId: null, keptId: null })

/** Searches everywhere for words that stand beside each other, as they were found in a text. */
export const lookUp = (words: string) => {
  openRoom('mail')
  setSearch({ text: words.includes(' ') ? `"${words}"` : words, mailboxId: null })
}

export const setSelection = (selection: Selection) =>
  useUi.setState(state => ({
    selection,
    readingId: null,
    keptId: state.keptId === selection.focus ? state.keptId : null,
  }))

/** Opens a draft in front, or brings it there. */
export const openDraft = (id: DraftId) =>
  useUi.setState(state => ({
    openDrafts: [...state.openDrafts.filter(other => other !== id), id],
    draftsAside: false,
  }))

export const closeDraft = (id: DraftId) =>
  useUi.setState(state => ({ openDrafts: state.openDrafts.filter(other => other !== id) }))
