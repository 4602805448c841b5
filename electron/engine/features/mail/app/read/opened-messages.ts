import type { MessageId } from '../../../../../../shared/kit/ids'
import { limits } from '../../../../ports/limits'
import type { OpenedMessage } from '../../../../ports/mail/opened-mail'

type Entry = { raw: Uint8Array; opened: Promise<OpenedMessage>; sizeBytes: number; abort: AbortController }

/** Opened messages in memory, the latest used last, bounded by bytes. Nothing of it is ever written anywhere. */
export class OpenedMessages {
  /** By message and, for one that came as a file in it, the ids of the parts on the way there. */
  readonly #entries = new Map<string, Entry>()
  readonly #maxBytes: number

  constructor(maxBytes: number = limits.openedBytes) {
    this.#maxBytes = maxBytes
  }

  /**
   * The same bytes are opened once, also when several ask at a time. What could not be opened is tried again.
   * `path`: the parts that lead to a message in the message.
   */
  get(
    id: MessageId,
    raw: Uint8Array,
    open: (signal: AbortSignal) => Promise<OpenedMessage>,
    path: readonly string[] = [],
  ): Promise<OpenedMessage> {
    const place = [id, ...path].join('/')
    const known = this.#entries.get(place)
    if (known !== undefined && Buffer.compare(known.raw, raw) === 0) {
      this.#entries.delete(place)
      this.#entries.set(place, known)
      return known.opened
    }
    known?.abort.abort()
    const abort = new AbortController()
    const entry: Entry = { raw, opened: open(abort.signal), sizeBytes: raw.length, abort }
    this.#entries.set(place, entry)
    const forget = () => {
      if (this.#entries.get(place) === entry) this.#entries.delete(place)
    }
    entry.opened.then(opened => {
      const { encryption } = opened.security
      if (encryption === 'failed' || encryption === 'locked') forget()
      entry.sizeBytes += opened.effectiveRaw.length
      this.#shrink()
    }, forget)
    return entry.opened
  }

  /** Stops opening a message, and everything in it. */
  stop(id: MessageId): void {
    for (const [place, { abort }] of this.#entries)
      if (place === `${id}` || place.startsWith(`${id}/`)) abort.abort()
  }

  /** Keys or trust changed, or the profile is locked. */
  clear(): void {
    this.#entries.clear()
  }

  #shrink(): void {
    let total = 0
    for (const { sizeBytes } of this.#entries.values()) total += sizeBytes
    for (const [place, { sizeBytes }] of this.#entries) {
      if (total <= this.#maxBytes || this.#entries.size === 1) return
      this.#entries.delete(place)
      total -= sizeBytes
    }
  }
}
