import type { MessageSecurity } from '../../../../shared/features/mail/message-security'
import type { AttachmentInfo, MessageDetail } from '../../../../shared/features/mail/model'
import type { MessageId } from '../../../../shared/kit/ids'
import { SiegelError } from '../../../../shared/kit/result'
import type { ParsedMessage } from './mime'
import type { OutsideContent } from './reading'

/**
 * A message as it is read. Everything that shows, quotes, saves or counts anything of a message takes it from here, so
 * that what was checked and what is shown are the same bytes.
 */
export type OpenedMessage = Readonly<{
  /** As it lies on the server; null while it is not here. */
  raw: Uint8Array | null
  /** What holds the protected part and whatever stands beside it: `raw`, but for the encrypted inbox what is inside. */
  wrapping: Uint8Array | null
  /** Decrypted, with its protected header; equal to `raw` when nothing protects it. Part ids are those of this one. */
  effectiveRaw: Uint8Array
  /** The header that stood inside the encryption; null when the message is not encrypted as a whole. */
  sealedHead: Uint8Array | null
  /** Null while only the header is here. */
  parsed: ParsedMessage | null
  /** What an answer may quote: never more than was shown as the message. */
  quotable: string
  security: MessageSecurity
  outside: OutsideContent | null
}>

/** What may be read of a message, or the failure that says why not. Throws `body-not-here`. */
export function requireParsed({ parsed }: OpenedMessage): ParsedMessage {
  if (parsed === null) throw new SiegelError('body-not-here', {})
  return parsed
}

/** Reading for those who are not the reader; `features/mail/app/read/` is the real one. */
export type Reading = {
  /** Opens a message, decrypting it when a key is there. Throws `cancelled`; every other failure is in `security`. */
  open(id: MessageId): Promise<OpenedMessage>
  /** Every byte of a message, fetched when it is not here. Throws `not-found`, `body-not-here`, network codes. */
  whole(id: MessageId): Promise<Uint8Array>
  /** A part of a message as it is read; parts beside the protection are named apart. Null when there is no such part. */
  part(opened: OpenedMessage, partId: string): { info: AttachmentInfo; bytes: Uint8Array } | null
}

/** Decrypted messages, in memory only; `features/mail/app/read/opened-messages.ts` is the real one. */
export type OpenedMessages = {
  /**
   * The same bytes are opened once, also when several ask at a time. What could not be opened is tried again.
   * `path`: the parts that lead to a message in the message.
   */
  get(
    id: MessageId,
    raw: Uint8Array,
    open: (signal: AbortSignal) => Promise<OpenedMessage>,
    path?: readonly string[],
  ): Promise<OpenedMessage>
  /** Stops opening a message, and everything in it. */
  stop(id: MessageId): void
  /** Keys or trust changed, or the profile is locked. */
  clear(): void
}

/** Public keys and setup messages among the files of a message; `features/keys/app/attached-keys.ts` is the real one. */
export type AttachedKeys = (opened: OpenedMessage) => MessageDetail['attachedKeys']
