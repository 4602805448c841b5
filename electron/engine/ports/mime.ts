import type { Address, AttachmentInfo } from '../../../shared/model/mail'

/** What the header of a message says, decoded and bounded (`mail/limits.ts`). */
export type ParsedHeader = Readonly<{
  /** Without angle brackets; empty when absent or unusable. */
  messageIdHeader: string
  inReplyTo: string
  /** Message-IDs without angle brackets, oldest first, at most 100. */
  references: readonly string[]
  subject: string
  from: readonly Address[]
  sender: readonly Address[]
  replyTo: readonly Address[]
  to: readonly Address[]
  cc: readonly Address[]
  bcc: readonly Address[]
  /** Date header in ms since 1970, null when absent or outside 1970..2100. */
  dateMs: number | null
  listId: string | null
}>

/** Stands before a part's number in the `cid:` address of a picture that has no Content-ID of its own. */
export const placedPicture = 'siegel-part:'

export type ParsedMessage = Readonly<{
  header: ParsedHeader
  /** Text for reading: text/plain parts, or text made from HTML. */
  text: string
  /** Raw HTML as sent (decoded to a string), not sanitised, null when there is none. */
  html: string | null
  attachments: readonly AttachmentInfo[]
  /** One line of up to 200 characters. */
  snippet: string
  /** As far as the structure says; what is inside is not read. */
  encrypted: boolean
  /** True when the structure was broken or a cap was hit; shown to the reader. */
  broken: boolean
  /** True when there was more than is shown and listed (`mail/limits.ts`); shown to the reader. Absent: nothing was cut. */
  isCut?: boolean
}>

/**
 * Fields beside those of `ParsedHeader` that say where answers belong. `listPost`: the address of a list, for posting.
 * `isCut`: the header is longer than what is read of one, so that people may be missing in any field.
 */
export type AnswerFields = Readonly<{
  mailReplyTo: readonly Address[]
  mailFollowupTo: readonly Address[]
  listPost: string | null
  isCut: boolean
}>

/** Ways out of a mailing list. `oneClick` is an https: address that takes a POST, `mailto` a mailto: address. */
export type ListExits = Readonly<{ oneClick: string | null; mailto: string | null }>

export type MimePort = {
  parseHeader(headerBytes: Uint8Array): ParsedHeader
  parseMessage(raw: Uint8Array): ParsedMessage
  /** Decoded content of one part, or null when there is no such part. */
  readPart(raw: Uint8Array, partId: string): { info: AttachmentInfo; bytes: Uint8Array } | null
  readAnswerFields(raw: Uint8Array): AnswerFields
  /** Names of fields that a draft of another program loses when it is written on here. */
  readLeftOutFields(raw: Uint8Array): readonly string[]
  /** What a mailing list offers for leaving it (RFC 2369, RFC 8058). */
  readUnsubscribe(raw: Uint8Array): ListExits
  sanitizeHtml(
    html: string,
    options: {
      cidUrl: (contentId: string) => string | null
      /** An address of our own for a remote image, or null to leave it out; not asked for trackers. */
      remoteUrl?: (source: string) => string | null
    },
  ): {
    html: string
    blockedRemoteCount: number
    trackerCount: number
  }
}
