/** Messages that leave encrypted or signed: what the builder is told, and what it answers. */

import type { Fingerprint } from '../../../../shared/features/keys/model'
import type { ClearReport } from '../../../../shared/features/writing/clear-report'
import type { DraftProtection } from '../../../../shared/features/writing/protection'
import type { OutgoingMessage } from '../writing/outgoing'

/** How one message is protected. Neither encryption nor a signature: the plain message, with the Autocrypt header if any. */
export type MessageProtection = Readonly<{
  signWith: Fingerprint | null
  encryption: Readonly<{
    /** RFC 9788 §3.2: what the outer header hides. */
    headers: 'baseline' | 'shy'
    /** Public key of the writer, who can always read what was sent. */
    own: Uint8Array
    /** Public keys by address as the message has it, in lower case; every recipient must have one. */
    keys: ReadonlyMap<string, Uint8Array>
    /** Keys that the openly addressed are shown of one another, by address, each reduced to that address. */
    gossip: ReadonlyMap<string, Uint8Array>
  }> | null
  /** The writer's key for the header (Autocrypt Level 1 §2.1), reduced to the writer's address; or null. */
  autocrypt: Readonly<{ key: Uint8Array; prefersEncryption: boolean }> | null
}>

export type ProtectedBuilder = {
  /**
   * The bytes for SMTP DATA and the copy for the Sent mailbox, which alone has Bcc; when the message is encrypted, both are.
   * What is encrypted has passed the self-check. Throws `bad-address`, `no-recipient`, `too-large`,
   * `encryption-needs-decision` (a recipient without a key), `self-check-failed`, and what the vault throws.
   */
  build(
    message: OutgoingMessage,
    protection: MessageProtection,
  ): Promise<{
    raw: Uint8Array
    sentCopy: Uint8Array
    messageIdHeader: string
    envelope: { from: string; to: readonly string[] }
  }>
  /** A draft encrypted to its writer alone, for the Drafts mailbox of a server. `plain`: the same message in clear. */
  buildDraft(
    message: OutgoingMessage,
    draft: { own: Uint8Array; state: DraftProtection },
  ): Promise<{ raw: Uint8Array; plain: Uint8Array; messageIdHeader: string }>
  /** What of any message stands in clear. Never throws. */
  report(raw: Uint8Array): Omit<ClearReport, 'recipients'> & { keyIds: readonly string[] }
  /** What the writer chose for a draft that was read back from a server. Never throws. */
  readDraftState(raw: Uint8Array): DraftProtection
}
