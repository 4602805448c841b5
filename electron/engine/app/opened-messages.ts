import type { MessageId } from '../../../shared/model/ids'
import { limits } from '../mail/limits'
import type { OpenedMessage } from './open-message'

type Entry = { raw: Uint8Array; opened: Promise<OpenedMessage>; sizeBytes: number; abort: AbortController }

/** Opened messages in memory, the latest used last, bounded by bytes. Nothing of it is ever written anywhere. */
export class OpenedMessages {
  readonly #entries = new Map<MessageId, Entry>()
  readonly #maxBytes: number

  constructor(maxBytes: number = limits.openedBytes) {
    this.#maxBytes = maxBytes
  }

  /** The same bytes are opened once, also when several ask at a time. What could not be opened is tried again. */
  get(
    id: MessageId,
    raw: Uint8Array,
    open: (signal: AbortSignal) => Promise<OpenedMessage>,
  ): Promise<OpenedMessage> {
    const known = this.#entries.get(id)
    if (known !== undefined && Buffer.compare(known.raw, raw) === 0) {
      this.#entries.delete(id)
      this.#entries.set(id, known)
      return known.opened
    }
    known?.abort.abort()
    const abort = new AbortController()
    const entry: Entry = { raw, opened: open(abort.signal), sizeBytes: raw.length, abort }
    this.#entries.set(id, entry)
    const forget = () => {
      if (this.#entries.get(id) === entry) this.#entries.delete(id)
    }
    entry.opened.then(opened => {
      const { encryption } = opened.security
      if (encryption === 'failed' || encryption === 'locked') forget()
      entry.sizeBytes += opened.effectiveRaw.length
      this.#shrink()
    }, forget)
    return entry.opened
  }

  stop(id: MessageId): void {
    this.#entries.get(id)?.abort.abort()
  }

  /** Keys or trust changed, or the profile is locked. */
  clear(): void {
    this.#entries.clear()
  }

  #shrink(): void {
    let total = 0
    for (const { sizeBytes } of this.#entries.values()) total += sizeBytes
    for (const [id, { sizeBytes }] of this.#entries) {
      if (total <= this.#maxBytes || this.#entries.size === 1) return
      this.#entries.delete(id)
      total -= sizeBytes
    }
  }
}
