import { SiegelError } from '../../shared/ipc/result'
import type { KeptSecret } from '../../shared/ipc/secrets'

/** One call gives at most two; what is older than this many was for a call that never came. */
const keptAtMost = 8

/** Whose request will name a secret: the host's, or the engine's, which gets at no other. */
export type SecretTaker = 'host' | 'engine'

type Kept = Readonly<{ bytes: Uint8Array; taker: SecretTaker }>

/**
 * Passphrases that the page gave to the vault itself, so that no other process has them: main says only their number.
 * They stay until newer ones push them out or the vault ends.
 */
export class KeptSecrets {
  readonly #kept = new Map<number, Kept>()
  #nextNumber = 1

  keep(bytes: Uint8Array, taker: SecretTaker): number {
    const number = this.#nextNumber++
    this.#kept.set(number, { bytes, taker })
    const [oldest] = this.#kept
    if (oldest && this.#kept.size > keptAtMost) {
      oldest[1].bytes.fill(0)
      this.#kept.delete(oldest[0])
    }
    return number
  }

  /** UTF-8 as it was typed; the caller's to wipe. Throws `bad-request` for a number that is not kept. */
  bytes(given: Uint8Array | KeptSecret): Uint8Array {
    if (given instanceof Uint8Array) return given
    const kept = this.#kept.get(given.secret)
    if (kept?.taker !== 'host') throw new SiegelError('bad-request', { field: 'passphrase' })
    return new Uint8Array(kept.bytes)
  }

  /** As text; the bytes that came with the request are wiped. */
  text(given: Uint8Array | KeptSecret): string {
    const bytes = this.bytes(given)
    const text = new TextDecoder().decode(bytes)
    bytes.fill(0)
    return text
  }

  /** UTF-8 in NFC, so that the same keys typed on another system open the same profile. */
  profilePassphrase(given: Uint8Array | KeptSecret): Uint8Array {
    return new TextEncoder().encode(this.text(given).normalize('NFC'))
  }

  /** A passphrase for a message, as text; it is gone here. Throws `bad-request` for a number that is not kept for this. */
  takeForMessage(given: Uint8Array | KeptSecret): string {
    const bytes = given instanceof Uint8Array ? given : this.#takeOut(given)
    const text = new TextDecoder().decode(bytes)
    bytes.fill(0)
    return text
  }

  #takeOut({ secret }: KeptSecret): Uint8Array {
    const kept = this.#kept.get(secret)
    if (kept?.taker !== 'engine') throw new SiegelError('bad-request', { field: 'passphrase' })
    this.#kept.delete(secret)
    return kept.bytes
  }

  drop(): void {
    for (const { bytes } of this.#kept.values()) bytes.fill(0)
    this.#kept.clear()
  }
}
