import type {
  AttachmentTraces,
  Draft,
  DraftAttachment,
  DraftContent,
  OutboxItem,
  OutboxState,
} from '../../../../shared/features/writing/model'
import type { AccountId, DraftId, MessageId, OutboxId } from '../../../../shared/kit/ids'
import type { OutgoingEnvelope } from './outgoing'

type AttachmentChange = Readonly<{
  attachmentId: number
  fileName?: string | null
  keepsTraces?: boolean
}>

/** What is known of a draft besides its content and files: where it comes from, and whether the writer touched it. */
export type DraftOrigin = Readonly<{
  /** Thread headers it had or was given when it was made; they outlive the original here. */
  inReplyTo: string | null
  references: readonly string[]
  unprotected: Draft['unprotected']
  quoteIsCut: boolean
  /** Header fields of another program's draft that do not stay. */
  leftOut: Draft['leftOut']
  touched: boolean
  /** Of the content it began with (`startOf`); null for a draft that came from the server: there any change counts. */
  start: string | null
}>

/** `start`: what the writer finds, such as the fields of a link; `kept`: the writer wants it kept as it is. */
export type SavedAs = 'start' | 'kept'

export type DraftStore = {
  list(): readonly Draft[]
  get(id: DraftId): Draft | null
  create(draft: {
    content: DraftContent
    relation: Draft['relation']
    serverMessageId: MessageId | null
    origin?: Partial<DraftOrigin>
  }): Draft
  origin(id: DraftId): DraftOrigin
  /** Throws `conflict` when `revision` is not the stored one. Committed (synchronous=FULL) before it returns. */
  save(id: DraftId, content: DraftContent, revision: number, as?: SavedAs): Draft
  discard(id: DraftId): void
  addAttachment(
    id: DraftId,
    file: {
      fileName: string
      contentType: string
      bytes: Uint8Array
      traces: AttachmentTraces
      contentId?: string | null
      /** Copied from an original: the writer did not touch the draft by it. */
      isCopied?: boolean
    },
  ): DraftAttachment
  removeAttachment(id: DraftId, attachmentId: number): void
  /** Names and choices of some attachments; the bytes stay. `fileName: null` brings the first name back. */
  changeAttachments(id: DraftId, changes: readonly AttachmentChange[]): Draft
  attachmentBytes(attachmentId: number): { fileName: string; contentType: string; bytes: Uint8Array } | null
  /** Drafts that nobody touched: an earlier run of the program ended while they were open. */
  untouched(): readonly DraftId[]
  /** Drafts whose newest revision is not on the server and that rested since `beforeMs`. */
  uploadsWanted(beforeMs: number): readonly Draft[]
  /** The message row in the Drafts mailbox that holds an uploaded revision. */
  markUploaded(id: DraftId, revision: number, messageId: MessageId): void
  uploadedMessage(id: DraftId): MessageId | null
  byServerMessage(messageId: MessageId): Draft | null
}

export type OutboxRow = OutboxItem &
  Readonly<{
    raw: Uint8Array
    envelope: OutgoingEnvelope
    sentCopyFlags: readonly string[]
  }>

export type OutboxStore = {
  list(): readonly OutboxItem[]
  get(id: OutboxId): OutboxRow | null
  /** The draft stays until the message is sent; one transaction, synchronous=FULL. */
  enqueue(item: {
    accountId: AccountId
    draftId: DraftId | null
    messageIdHeader: string
    subject: string
    raw: Uint8Array
    /** The copy for the Sent mailbox, with Bcc. */
    sentCopy: Uint8Array
    envelope: OutgoingEnvelope
    notBeforeMs: number
  }): OutboxItem
  sentCopy(id: OutboxId): Uint8Array | null
  due(nowMs: number): readonly OutboxId[]
  /** Rows found in `sending` at start-up: their fate is unknown. */
  interrupted(): readonly OutboxId[]
  setState(
    id: OutboxId,
    state: OutboxState,
    change: {
      problem?: OutboxItem['problem']
      nextAttemptAtMs?: number | null
      sentAtMs?: number
      countAttempt?: boolean
    },
  ): OutboxItem
  /** After `sent`: drops the bytes and the draft, keeps the row for the list. */
  finish(id: OutboxId): void
  remove(id: OutboxId): void
}
