import { createHash } from 'node:crypto'
import type { DecryptedSessionKey } from './library'
import type { OuterPacket } from './outer-packets'

/** Messages that a person opens by passphrase between two locks. */
const rememberedAtMost = 200

/**
 * The session keys of messages that were opened with a passphrase, until the lock: the message stays readable and can be
 * answered, and the passphrase itself is let go. A key opens its one message and nothing else.
 */
export class MessageKeys {
  readonly #keys = new Map<string, DecryptedSessionKey>()

  /** Names a message by its packets with session keys and the beginning of its data. */
  static nameOf(packets: readonly OuterPacket[], data: OuterPacket): string {
    const hash = createHash('sha256')
    for (const { whole } of packets) hash.update(whole)
    return hash.update(String(data.whole.byteLength)).update(data.head).digest('hex')
  }

  /** A copy, the caller's to wipe; null for a message that was not opened. */
  of(name: string): DecryptedSessionKey | null {
    const known = this.#keys.get(name)
    return known ? { ...known, data: new Uint8Array(known.data) } : null
  }

  remember(name: string, key: DecryptedSessionKey): void {
    this.#keys.set(name, { ...key, data: new Uint8Array(key.data) })
    const [oldest] = this.#keys
    if (!oldest || this.#keys.size <= rememberedAtMost) return
    oldest[1].data.fill(0)
    this.#keys.delete(oldest[0])
  }

  drop(): void {
    for (const { data } of this.#keys.values()) data.fill(0)
    this.#keys.clear()
  }
}
