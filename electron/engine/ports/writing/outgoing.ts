import type { Address } from '../../../../shared/features/mail/model'
import type { AttachmentTraces } from '../../../../shared/features/writing/model'

/** A file that goes along. Hidden data of images is left out unless `keepsTraces` is true. */
export type OutgoingAttachment = Readonly<{
  fileName: string
  contentType: string
  bytes: Uint8Array
  keepsTraces?: boolean
  /** The picture stands in the HTML as `cid:` and this. Where it does not, the file goes along like any other. */
  contentId?: string | null
}>

/** Everything the outgoing builder may know. Nothing else can reach the bytes. */
export type OutgoingMessage = Readonly<{
  from: Address
  to: readonly Address[]
  cc: readonly Address[]
  bcc: readonly Address[]
  /** Where answers shall go; empty or absent: to the sender. */
  replyTo?: readonly Address[]
  subject: string
  text: string
  html: string | null
  attachments: readonly OutgoingAttachment[]
  /** What a calendar program reads of it (RFC 6047): beside the text, as another form of it. */
  calendar?: Readonly<{ method: string; bytes: Uint8Array }>
  inReplyTo: string | null
  references: readonly string[]
  /** Rounded to the minute by the builder and written as +0000. */
  dateMs: number
  /** Random 128 bit, from the builder's caller so that an outbox row keeps it: local part only, the domain is the sender's. */
  messageIdLocal: string
}>

/** Who a message is from and for, as SMTP is told (RFC 5321 §3.3). */
export type OutgoingEnvelope = Readonly<{
  from: string
  to: readonly string[]
  /** With REQUIRETLS (RFC 8689), or not at all. */
  requireTls?: true
}>

export type OutgoingBuilder = {
  /** The bytes for SMTP DATA (CRLF, no Bcc header) and the envelope. Throws `bad-address`, `no-recipient`, `too-large`. */
  build(message: OutgoingMessage): {
    raw: Uint8Array
    messageIdHeader: string
    envelope: OutgoingEnvelope
  }
  /** As `build`, but with the Bcc header kept and no recipient demanded: for drafts and the Sent copy. */
  buildDraft(message: OutgoingMessage): { raw: Uint8Array; messageIdHeader: string }
  /** What a file tells beyond what it shows. Never throws. */
  traces(bytes: Uint8Array, fileName: string): AttachmentTraces
}
