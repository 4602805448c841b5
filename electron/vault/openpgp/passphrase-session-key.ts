import { config, type DecryptedSessionKey, enums, PacketList, SymEncryptedSessionKeyPacket } from './library'
import type { PassphrasePacket } from './passphrase-packets'
import { maxArgon2Exponent, readingConfig } from './policy'

const full = { ...config, ...readingConfig, maxArgon2MemoryExponent: maxArgon2Exponent }

const kinds = {
  [SymEncryptedSessionKeyPacket.tag]: SymEncryptedSessionKeyPacket,
} as unknown as Map<number, object>

/** The library's types hide what a packet opened to. */
type OpenedPacket = {
  decrypt(passphrase: string, config: object): Promise<void>
  sessionKey: Uint8Array
  sessionKeyAlgorithm: enums.symmetric | null
}

/** `isProved`: the packet itself shows that this is its session key (AEAD); otherwise the data has to. */
export type PassphraseCandidate = Readonly<{ sessionKey: DecryptedSessionKey; isProved: boolean }>

const openPacket = async (
  { packet, isProved }: PassphrasePacket,
  passphrase: string,
): Promise<PassphraseCandidate | null> => {
  try {
    const [found] = await PacketList.fromBinary(packet.whole, kinds, full)
    if (!(found instanceof SymEncryptedSessionKeyPacket)) return null
    const opened = found as unknown as OpenedPacket
    await opened.decrypt(passphrase, full)
    // Versions 5 and 6 leave the cipher to the data packet.
    const cipher = opened.sessionKeyAlgorithm
    const algorithm = cipher === null ? null : enums.read(enums.symmetric, cipher)
    const sessionKey = { data: opened.sessionKey, algorithm: algorithm as DecryptedSessionKey['algorithm'] }
    return { sessionKey, isProved }
  } catch {
    // Not for this passphrase, or not built as it should be.
    return null
  }
}

/**
 * What each packet gives for the passphrase as it was typed, then composed (NFC) and decomposed (NFD): other programs
 * take other forms. In version 4 every passphrase gives some key.
 */
export async function* passphraseSessionKeys(
  packets: readonly PassphrasePacket[],
  passphrase: string,
): AsyncGenerator<PassphraseCandidate> {
  for (const form of new Set([passphrase, passphrase.normalize('NFC'), passphrase.normalize('NFD')]))
    for (const packet of packets) {
      const candidate = await openPacket(packet, form)
      if (candidate) yield candidate
    }
}
