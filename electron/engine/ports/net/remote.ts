/** Remote images of messages: who may have them fetched, and how they are fetched. */

import type { RemoteLoadReport } from '../../../../shared/features/mail/model'
import type { AccountId, MessageId } from '../../../../shared/kit/ids'

/**
 * What the user's own provider says of a sender (RFC 8601). `passed`: DMARC, or DKIM in line with the From domain.
 * `unknown`: the provider says nothing, or it cannot be told whether it was the provider who said it.
 */
export type SenderAuthentication = 'passed' | 'failed' | 'unknown'

/** `from`: the only From address. `hosts`: the servers of the account, whose provider is believed. */
export type Authenticate = (
  raw: Uint8Array,
  about: { from: string; hosts: readonly string[] },
) => SenderAuthentication

/** Part of the store. Addresses are compared in lower case. */
export type RemoteSenderStore = {
  list(): readonly { address: string; allowedAtMs: number }[]
  has(address: string): boolean
  add(address: string, allowedAtMs: number): void
  /** False when it was not there. */
  remove(address: string): boolean
}

/** An image that was fetched and looked at; its size in pixels, as its bytes say. */
export type RemoteImage = Readonly<{ type: string; bytes: Uint8Array; width: number; height: number }>

/** The images of the one message that is open; in memory only. */
export type RemoteImages = {
  /**
   * Fetches `sources` (in the order of the message) for one message beside what is here of it already, and forgets those of
   * every other. Never rejects for an image; what fails is counted, over everything asked for in this opening.
   */
  load(
    message: { messageId: MessageId; accountId: AccountId },
    sources: readonly string[],
  ): Promise<{ loaded: number; failed: number }>
  /** Position of a source among those of the message, when its image is here. */
  indexOf(messageId: MessageId, source: string): number | null
  image(messageId: MessageId, index: number): RemoteImage | null
  /** What was told of the open message, for asking again. */
  report(messageId: MessageId): RemoteLoadReport | null
  keepReport(messageId: MessageId, report: RemoteLoadReport): void
  /** Forgets the images of one message, or of all, and gives up what is on its way. */
  forget(messageId: MessageId | null): void
  /** Another message is being opened: nothing of the one before stays. */
  opened(messageId: MessageId): void
}

/** One-click unsubscription (RFC 8058) by the way of an account. */
export type OneClick = {
  /** The host that would be asked; null when the address is none that may be asked. */
  hostOf(url: string): string | null
  /** Throws the gate's codes, and `server-refused` with the status when the list says no. */
  post(accountId: AccountId, url: string): Promise<void>
}
