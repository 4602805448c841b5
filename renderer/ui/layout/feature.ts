import type { FlatNamespace, TFunction } from 'i18next'
import { type ComponentType, createContext, use } from 'react'
import type { ServiceKind } from '../../../shared/features/accounts/model'
import type { EventId } from '../../../shared/features/calendar/model'
import type { ChatMessageId, ConversationId } from '../../../shared/features/chat/model'
import type { ContactId } from '../../../shared/features/contacts/model'
import type { MessageDetail } from '../../../shared/features/mail/model'
import type { CommandId } from '../../../shared/ipc/commands'
import type { AccountId, MailboxId, MessageId } from '../../../shared/kit/ids'
import type { FeatureWords } from '../../i18n/words'
import type { IconShape } from '../actions/icon'

/** Gives the words of a button. */
type Label = (t: TFunction<FlatNamespace[]>) => string

/** A place of its own in the window, with a button in the rail. */
type Room = Readonly<{
  id: string
  icon: IconShape
  label: Label
  /** The command that leads there; its keys are shown at the button. */
  command?: CommandId
  /** A sign at the button of what waits there. */
  Badge?: ComponentType
  View: ComponentType
}>

/** A page of the settings. */
type SettingsPart = Readonly<{ id: string; icon: IconShape; label: Label; Page: ComponentType }>

/** A message and the folder that it lies in. */
type MessagePlace = Readonly<{ messageId: MessageId; mailboxId: MailboxId }>

/** What is found beside mail; of an event a day on which it takes place, as 2026-03-12. */
export type FoundThing =
  | Readonly<{ kind: 'event'; id: EventId; day: string }>
  | Readonly<{ kind: 'contact'; id: ContactId }>
  | Readonly<{ kind: 'todo'; id: EventId }>
  /** `message`: to which it goes; null for the end. */
  | Readonly<{ kind: 'conversation'; id: ConversationId; message: ChatMessageId | null }>

/** What a room is asked to show: what was found, or somebody to chat with. */
export type ShownThing = FoundThing | Readonly<{ kind: 'chat'; address: string }>

/** Asks for the link of a new meeting. `into`: where it is written. Nothing of a mail or an event goes into the link: the provider reads it. */
type MeetDialogProps = Readonly<{
  into: 'chat' | 'mail' | 'event'
  /** False: it was not written, and the dialog stays. */
  onLink: (link: string) => Promise<boolean> | boolean
  onClose: () => void
}>

/** "Join" for the first meeting that a text leads to; nothing where there is none. */
type JoinMeetingProps = Readonly<{
  text: string
  /** Whose way it goes; null: the strictest of all. */
  accountId: AccountId | null
  service: ServiceKind | null
  /** When it takes place, where that is known. */
  span?: Readonly<{ startMs: number; endMs: number }> | undefined
}>

/** What a feature gives the window. `renderer/features/index.ts` lists them; nothing else names a feature's parts. */
export type Feature<W extends object = object> = Readonly<{
  id: string
  /** Its words, by namespace. */
  words: FeatureWords<W>
  room?: Room
  settings?: readonly SettingsPart[]
  /** Forgets what names content; called when the profile is locked. */
  forget?: () => void
  /** Searches its room for words that stand beside each other, as they were found in another one. */
  lookUp?: (words: string) => void
  /** Shows one message, wherever it lies. */
  showMessage?: (place: MessagePlace) => void
  /** Shows a thing of its own that was found or asked for in another room. */
  showThing?: (thing: ShownThing) => void
  /** What it finds for the words that mail is searched for; stands above the messages. */
  Found?: ComponentType<Readonly<{ text: string }>>
  /** Lies over every room: drafts being written. */
  Front?: ComponentType
  /** Stands over the text of a message that is read. */
  OverMessage?: ComponentType<Readonly<{ detail: MessageDetail }>>
  /** The link of a new meeting, for chat, mail and events. */
  MeetDialog?: ComponentType<MeetDialogProps>
  /** The way into a meeting that a text leads to. */
  JoinMeeting?: ComponentType<JoinMeetingProps>
  /** A question or a piece of news over every room. */
  Banner?: ComponentType
}>

/** The features of this window, for what joins parts of all of them. */
export const FeatureList = createContext<readonly Feature[]>([])

/** Searches the mail for words that were found in another room. */
export const useLookUp = (): ((words: string) => void) => {
  const features = use(FeatureList)
  return words => features.find(({ lookUp }) => lookUp)?.lookUp?.(words)
}

/** Shows a message that something else came from. */
export const useShowMessage = (): ((place: MessagePlace) => void) => {
  const features = use(FeatureList)
  return place => features.find(({ showMessage }) => showMessage)?.showMessage?.(place)
}

/** Shows something that was found beside mail. */
export const useShowThing = (): ((thing: ShownThing) => void) => {
  const features = use(FeatureList)
  return thing => {
    for (const { showThing } of features) showThing?.(thing)
  }
}

/** The rooms of all features, in the order of the rail. */
export const useRooms = (): readonly Room[] => use(FeatureList).flatMap(({ room }) => room ?? [])

/** What features say of a message that is read, over its text. */
export const useOverMessage = (): readonly ComponentType<Readonly<{ detail: MessageDetail }>>[] =>
  use(FeatureList).flatMap(({ OverMessage }) => OverMessage ?? [])

/** Meetings in the rooms of other features: a dialog that makes a link, and the button that follows one. */
export const useMeetings = (): Readonly<{
  MeetDialog: ComponentType<MeetDialogProps> | undefined
  JoinMeeting: ComponentType<JoinMeetingProps> | undefined
}> => {
  const features = use(FeatureList)
  return {
    MeetDialog: features.find(({ MeetDialog }) => MeetDialog)?.MeetDialog,
    JoinMeeting: features.find(({ JoinMeeting }) => JoinMeeting)?.JoinMeeting,
  }
}
