import type { Address, AttachmentInfo } from '../../../../shared/features/mail/model'
import type { LinkFinding } from '../../../../shared/html/judge-link'

/** What the header of a message says, decoded and bounded (`ports/limits.ts`). */
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
  /** True when there was more than is shown and listed (`ports/limits.ts`); shown to the reader. Absent: nothing was cut. */
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

/** A remote picture that is here: where it is had, and how large it is by itself. */
export type ArrivedPicture = Readonly<{ address: string; width: number; height: number }>

/** Addresses of our own for the pictures of a body, or null to leave one out. */
export type PictureAddresses = Readonly<{
  cidUrl: (contentId: string) => string | null
  remoteUrl?: (source: string) => ArrivedPicture | null
  /**
   * What is behind such an address, to be judged whether it needs a light ground in the dark; null where that is not worth its price.
   * Without it no picture is judged.
   */
  bytesOf?: (address: string) => Uint8Array | null
}>

/**
 * What a remote picture is good for (ADR 0028).
 * - `picture`: something to look at; loaded after consent.
 * - `telling`: the same, but its address is made for one reader: its sender can tell who looked.
 * - `unseen`: nothing to look at, and nothing that counts: not loaded.
 * - `tracker`: looks like it only reports that the message was opened: not loaded, unless the reader wants this one.
 */
export type PictureVerdict = 'picture' | 'telling' | 'unseen' | 'tracker'

/** A remote picture of a message; several places with one address are one. */
export type RemotePicture = Readonly<{
  source: string
  verdict: PictureVerdict
  /**
   * Its address can name the reader, and the message does not say how large it is: only what arrives tells a picture from a pixel
   * (`pixelCount`).
   */
  mayBePixel: boolean
}>

/** A body that was read, cleaned and judged once, to be shown as often as is asked for. */
export type CleanHtml = Readonly<{
  /** Every remote picture, also behind elements, once, in the order of the message. */
  pictures: readonly RemotePicture[]
  /** Places that would have fetched something from outside, pictures and their other sizes included. */
  blockedCount: number
  /** Of these, other sizes of a picture that is counted. */
  alternativeCount: number
  /** Of these, places of trackers. */
  trackerCount: number
  /** Of these, places of pictures that are loaded after consent. */
  loadableCount: number
  /** Whether styles or elements were left out because they were too long, too many or too deep. The text is whole. */
  isDesignCut: boolean
  /** How many of the pictures that arrived, by the size they have, show nothing: they only reported that the message was opened. */
  pixelCount: (arrived: (source: string) => Pick<ArrivedPicture, 'width' | 'height'> | null) => number
  /** The document. `blockedRemoteCount`: places that got no address. */
  document: (addresses: PictureAddresses) => {
    html: string
    blockedRemoteCount: number
    trackerCount: number
  }
}>

/** An iCalendar file in a message. */
export type CalendarPart = Readonly<{
  partId: string
  /** The `method` of its Content-Type (RFC 6047 §2.4); null where it has none. */
  method: string | null
  /** In UTF-8. */
  bytes: Uint8Array
}>

export type MimePort = {
  parseHeader(headerBytes: Uint8Array): ParsedHeader
  parseMessage(raw: Uint8Array): ParsedMessage
  /** Decoded content of one part, or null when there is no such part. */
  readPart(raw: Uint8Array, partId: string): { info: AttachmentInfo; bytes: Uint8Array } | null
  /** iCalendar files of a message, in its order; those that are too large are left out. */
  readCalendars(raw: Uint8Array): readonly CalendarPart[]
  readAnswerFields(raw: Uint8Array): AnswerFields
  /** Names of fields that a draft of another program loses when it is written on here. */
  readLeftOutFields(raw: Uint8Array): readonly string[]
  /** What a mailing list offers for leaving it (RFC 2369, RFC 8058). */
  readUnsubscribe(raw: Uint8Array): ListExits
  /** An HTML body, cleaned and its remote pictures judged; in slices, and once for all who ask. Never rejects. */
  readHtml(html: string): Promise<CleanHtml>
  /** Its https links, in their order and each once. */
  webLinksIn(html: string): string[]
  /** What is wrong with the links of an HTML body that lead to an address, as a browser writes it; null: nothing. */
  findingOfLink(html: string, url: string): LinkFinding | null
}
