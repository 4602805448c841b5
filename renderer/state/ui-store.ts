import { create } from 'zustand'
import type { EventId } from '../../shared/features/calendar/model'
import type { CollectionKind } from '../../shared/features/collection-encryption/model'
import type { ContactId } from '../../shared/features/contacts/model'
import type { AccountId, DraftId } from '../../shared/kit/ids'

/** A message that is to become a to-do or an event. `name`: its Message-ID. */
export type PlannedMessage = Readonly<{
  kind: 'todo' | 'event'
  name: string
  subject: string
  /** When: `2026-12-03`, perhaps with ` 14:00` behind it. */
  day?: string
}>

/** A calendar or an address book of an account; `name`: as the person calls it. */
export type NamedCollection = Readonly<{ kind: CollectionKind; collectionId: number; name: string }>

type UiState = Readonly<{
  /** The room of a feature, by its id. */
  room: string
  /** The page of settings, by its id. `accounts` is where a new account is set up. */
  settingsSection: string
  /** The account settings should open on, when something pointed at one. */
  settingsAccountId: AccountId | null
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
  planned: PlannedMessage | null
  /** Whose encryption is looked at. */
  protecting: NamedCollection | null
  /** A contact or a to-do that its room is to show. */
  pointed: Readonly<{ kind: 'contact'; id: ContactId }> | Readonly<{ kind: 'todo'; id: EventId }> | null
  /** The welcome screen was left without an account. */
  welcomeDismissed: boolean
}>

const initial: UiState = {
  room: 'mail',
  settingsSection: 'accounts',
  settingsAccountId: null,
  keysDialog: null,
  keyOfferFor: null,
  planned: null,
  protecting: null,
  pointed: null,
  openDrafts: [],
  draftsAside: false,
  roomCalls: 0,
  shortcutsOpen: false,
  activityOpen: false,
  welcomeDismissed: false,
}

export const useUi = create<UiState>(() => initial)

/** Forgets what was opened; used when the profile is locked. */
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

/** Opens a draft in front, or brings it there. */
export const openDraft = (id: DraftId) =>
  useUi.setState(state => ({
    openDrafts: [...state.openDrafts.filter(other => other !== id), id],
    draftsAside: false,
  }))

export const closeDraft = (id: DraftId) =>
  useUi.setState(state => ({ openDrafts: state.openDrafts.filter(other => other !== id) }))
