import type { Fingerprint } from '../../../../shared/features/keys/model'
import { SiegelError } from '../../../../shared/kit/result'
import { HeldCollections } from '../collections/held-collections'
import { decryptKey, type PrivateKey, readPrivateKey } from '../library'
import { MessageKeys } from '../messages/message-keys'
import { readingConfig } from '../policy'
import { fingerprintOf } from './key-facts'
import { openSecret, sealSecret } from './secret-seal'

/** A secret key as the vault knows it. `stored`: as it rests, perhaps under a passphrase of its own. */
type Held = {
  readonly sealed: Uint8Array
  stored: PrivateKey | null
  open: PrivateKey | null
  timer: NodeJS.Timeout | null
}

/** What the vault worker has at hand: the master key while it is unlocked, and which profile it is for. */
export type SealPlace = Readonly<{ master: Uint8Array; profileId: string }>

/** Overwrites the numbers of a secret key; copies that the library or the runtime made are out of reach. */
export const wipe = (key: PrivateKey): void => {
  for (const { keyPacket } of key.getKeys()) {
    const numbers: unknown = 'privateParams' in keyPacket ? keyPacket.privateParams : null
    for (const value of Object.values(numbers ?? {})) if (value instanceof Uint8Array) value.fill(0)
  }
}

/** Tries the passphrase as typed, then composed (NFC) and decomposed (NFD): other programs take other forms. */
export const openWithPassphrase = async (key: PrivateKey, passphrase: string): Promise<PrivateKey> => {
  for (const form of new Set([passphrase, passphrase.normalize('NFC'), passphrase.normalize('NFD')]))
    try {
      return await decryptKey({ privateKey: key, passphrase: form, config: readingConfig })
    } catch {
      // The next form, then the refusal below.
    }
  throw new SiegelError('wrong-passphrase', { fingerprint: key.getFingerprint() })
}

/** The user's secret keys while the profile is unlocked: sealed until one is asked for. */
export class HeldKeys {
  readonly #keys = new Map<Fingerprint, Held>()
  /** Of messages that a passphrase opened. */
  readonly messages = new MessageKeys()
  /** Secrets of encrypted collections. */
  readonly collections = new HeldCollections()

  /** Replaces what is held; a key that was open and is the same stays open. */
  hold(keys: readonly { fingerprint: Fingerprint; sealed: Uint8Array }[]): void {
    const before = new Map(this.#keys)
    this.#keys.clear()
    for (const { fingerprint, sealed } of keys) {
      const known = before.get(fingerprint)
      if (known && Buffer.from(known.sealed).equals(sealed)) {
        this.#keys.set(fingerprint, known)
        before.delete(fingerprint)
      } else this.#keys.set(fingerprint, { sealed, stored: null, open: null, timer: null })
    }
    for (const held of before.values()) this.#close(held)
  }

  fingerprints(): readonly Fingerprint[] {
    return [...this.#keys.keys()]
  }

  /** The key as it rests. Throws `no-key`, `vault-damaged`. */
  async stored(fingerprint: Fingerprint, place: SealPlace): Promise<PrivateKey> {
    const held = this.#keys.get(fingerprint)
    if (!held) throw new SiegelError('no-key', { fingerprint })
    if (held.stored) return held.stored
    const bytes = openSecret(held.sealed, { ...place, fingerprint })
    if (!bytes) throw new SiegelError('vault-damaged', { fingerprint })
    try {
      held.stored = await readPrivateKey({ binaryKey: new Uint8Array(bytes), config: readingConfig })
    } finally {
      bytes.fill(0)
    }
    if (fingerprintOf(held.stored) !== fingerprint) throw new SiegelError('vault-damaged', { fingerprint })
    if (held.stored.isDecrypted()) held.open = held.stored
    return held.stored
  }

  /** The key ready for use, or null while it waits for its passphrase. Throws `no-key`, `vault-damaged`. */
  async openOrNull(fingerprint: Fingerprint, place: SealPlace): Promise<PrivateKey | null> {
    await this.stored(fingerprint, place)
    return this.#keys.get(fingerprint)?.open ?? null
  }

  /** As `openOrNull`; throws `key-locked` besides. */
  async open(fingerprint: Fingerprint, place: SealPlace): Promise<PrivateKey> {
    const key = await this.openOrNull(fingerprint, place)
    if (!key) throw new SiegelError('key-locked', { fingerprint })
    return key
  }

  /** Opens a key with its own passphrase for a while; `rememberMs` null: until the lock. Throws `wrong-passphrase`. */
  async unlock(
    fingerprint: Fingerprint,
    passphrase: string,
    rememberMs: number | null,
    place: SealPlace,
  ): Promise<void> {
    const stored = await this.stored(fingerprint, place)
    const held = this.#keys.get(fingerprint)
    if (!held || stored.isDecrypted()) return
    const open = await openWithPassphrase(stored, passphrase)
    this.#closeOpen(held)
    held.open = open
    if (rememberMs === null) return
    held.timer = setTimeout(() => this.#closeOpen(held), rememberMs)
    held.timer.unref()
  }

  /** Back to waiting for the passphrase; nothing happens to keys without one. */
  forget(fingerprint: Fingerprint): void {
    const held = this.#keys.get(fingerprint)
    if (held) this.#closeOpen(held)
  }

  drop(): void {
    this.messages.drop()
    this.collections.drop()
    for (const held of this.#keys.values()) this.#close(held)
    this.#keys.clear()
  }

  #closeOpen(held: Held): void {
    if (held.timer) clearTimeout(held.timer)
    held.timer = null
    if (!held.open || held.open === held.stored) return
    wipe(held.open)
    held.open = null
  }

  #close(held: Held): void {
    this.#closeOpen(held)
    if (held.stored) wipe(held.stored)
    held.stored = null
    held.open = null
  }
}

/** Seals a canonical secret key for the store; the cleartext form is wiped. */
export const sealPrivateKey = (key: PrivateKey, place: SealPlace): Uint8Array => {
  const bytes = key.write()
  try {
    return sealSecret(bytes, { ...place, fingerprint: fingerprintOf(key) })
  } finally {
    bytes.fill(0)
  }
}
