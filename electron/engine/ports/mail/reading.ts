/** What the structure of a message says of its protection; nothing here decrypts or verifies (`formats/openpgp/`). */
import type { AttachmentInfo } from '../../../../shared/features/mail/model'
import type { ParsedMessage } from './mime'

/** Parts of the message as it came are named apart from those of what was inside. */
export const outsidePart = 'outside-'

/** Content beside a protected part: shown by itself, never within what is protected. HTML comes as its text. */
export type OutsideContent = Readonly<{ text: string; attachments: readonly AttachmentInfo[] }>

/** An armored stretch of a text, as bytes of the decoded text part that it stands in. */
export type InlineStretch = Readonly<{
  before: Uint8Array
  armored: Uint8Array
  after: Uint8Array
  /** Charset label of the text part; empty when it names none. */
  charset: string
  /** Something is shown beside the stretch: other text, or files. */
  hasCompany: boolean
}>

/** The outermost layer of a message or of what came out of one. */
export type ProtectionLayer =
  /**
   * `signedInside`: some part, not the whole, carries a signature. `sealedInside`: it holds encrypted messages that are
   * opened only by themselves.
   */
  | Readonly<{ kind: 'none'; signedInside: boolean; sealedInside: boolean }>
  /**
   * `repaired`: a gateway or a mail program broke the form of RFC 3156 §4. `attachment`: a lone encrypted file, which is
   * the message only when a message comes out of it.
   */
  | Readonly<{
      kind: 'encrypted'
      data: Uint8Array
      form: 'mime' | 'repaired' | 'attachment'
      outside: OutsideContent | null
    }>
  /** `signed`: the exact bytes that are signed (RFC 3156 §5), header of the part included. */
  | Readonly<{
      kind: 'signed'
      signed: Uint8Array
      signature: Uint8Array
      outside: OutsideContent | null
      /** What stands outside is a few words behind it, as mailing lists add them. */
      isFooter: boolean
    }>
  | Readonly<{ kind: 'inline-encrypted' | 'inline-signed'; stretch: InlineStretch }>
  | Readonly<{ kind: 'smime-encrypted' | 'smime-signed' }>

/** Header fields that a payload protects. Names in lower case, values as sent, unfolded by nobody. */
export type ProtectedHeader = Readonly<{
  /** `rfc9788`: what is not inside is not shown. `legacy`: protected-headers="v1", only what is inside counts. */
  scheme: 'rfc9788' | 'legacy'
  fields: readonly (readonly [name: string, value: string])[]
  /** Addresses of the From fields inside, lower case. */
  from: readonly string[]
}>

/** An attachment and a detached signature over it. */
export type SignedAttachment = Readonly<{ info: AttachmentInfo; bytes: Uint8Array; signature: Uint8Array }>

export type ProtectionReader = {
  outermost(raw: Uint8Array): ProtectionLayer
  /** Put under encryption on arrival: the payload is the message as it arrived, byte for byte. */
  isInboxForm(raw: Uint8Array): boolean
  /** The protected header of a payload, or null when it has none. */
  protectedHeader(payload: Uint8Array): ProtectedHeader | null
  /** Names of fields whose protected value is another than the outer one, in lower case. */
  differences(outer: Uint8Array, header: ProtectedHeader): readonly string[]
  /**
   * One message for every reader: the outer header, the protected fields in the place of theirs (From only when
   * `takesFrom`), and the payload as its body.
   */
  effective(
    outer: Uint8Array,
    payload: Uint8Array,
    header: ProtectedHeader | null,
    takesFrom: boolean,
  ): Uint8Array
  /** As `MimePort.parseMessage`, without the copies of the header that are meant for programs that know no better. */
  parse(effective: Uint8Array, header: ProtectedHeader | null): ParsedMessage
  /** Bytes of a text part as text. */
  decodeText(bytes: Uint8Array, charset: string): string
  /** True when the bytes begin with the header of a MIME entity or of a whole message. */
  isEntity(bytes: Uint8Array): boolean
  signedAttachments(effective: Uint8Array): readonly SignedAttachment[]
  /** CRLF in the place of bare LF (RFC 3156 §5), or null when there is none. */
  withCrlf(bytes: Uint8Array): Uint8Array | null
}
