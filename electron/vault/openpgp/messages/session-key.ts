import type { Fingerprint } from '../../../../shared/features/keys/model'
import { SiegelError } from '../../../../shared/kit/result'
import type { HeldKeys, SealPlace } from '../keys/held-keys'
import {
  config,
  type DecryptedSessionKey,
  enums,
  PacketList,
  type PrivateKey,
  PublicKeyEncryptedSessionKeyPacket,
} from '../library'
import { unsupportedCipher } from '../packets/cipher-names'
import { isHiddenKeyId, type OuterPacket, recipientKeyId } from '../packets/outer-packets'
import { maxHiddenTrials, readingConfig } from '../policy'

const full = { ...config, ...readingConfig }

const sessionKeyPackets = {
  [PublicKeyEncryptedSessionKeyPacket.tag]: PublicKeyEncryptedSessionKeyPacket,
} as unknown as Map<number, object>

/** The library opens a session key packet with one part of a key, and throws when it does not fit. */
type OpenedPacket = {
  publicKeyID: Parameters<PrivateKey['getDecryptionKeys']>[0]
  decrypt(part: object): Promise<void>
  sessionKey: Uint8Array
  sessionKeyAlgorithm: enums.symmetric | null
}

/** The name of the cipher that a session key is for, where nothing here opens it. */
const unknownCipher = (packet: OpenedPacket, error: unknown): string | null => {
  if (packet.sessionKeyAlgorithm !== null) return unsupportedCipher(packet.sessionKeyAlgorithm)
  // Said of a session key whose checksum was right, so it is the one, and of a cipher that has no name anywhere.
  return error instanceof Error && error.message === 'Invalid enum value.' ? 'a cipher without a name' : null
}

/**
 * One private key operation: the session key in `packet`, or null when this key does not open it. Whichever cipher the
 * sender took, also one that the key does not ask for. Throws `cipher-unsupported`.
 */
const openPacket = async (packet: OuterPacket, key: PrivateKey): Promise<DecryptedSessionKey | null> => {
  try {
    const [found] = await PacketList.fromBinary(packet.whole, sessionKeyPackets, full)
    if (!(found instanceof PublicKeyEncryptedSessionKeyPacket)) return null
    const opened = found as unknown as OpenedPacket
    for (const part of await key.getDecryptionKeys(opened.publicKeyID, null, undefined, full))
      try {
        await opened.decrypt(part.keyPacket)
        const { sessionKey, sessionKeyAlgorithm: cipher } = opened
        // Version 6 leaves the cipher to the data packet.
        const algorithm = cipher === null ? null : enums.read(enums.symmetric, cipher)
        return { data: sessionKey, algorithm: algorithm as DecryptedSessionKey['algorithm'] }
      } catch (error) {
        const algorithm = unknownCipher(opened, error)
        if (algorithm !== null) throw new SiegelError('cipher-unsupported', { algorithm })
      }
    return null
  } catch (error) {
    if (error instanceof SiegelError) throw error
    return null
  }
}

/** A session key that may be the right one. A wrong key opens a packet with RSA once in some ten thousand times. */
export type SessionKeyCandidate = Readonly<{ openedBy: Fingerprint; sessionKey: DecryptedSessionKey }>

/**
 * The session keys that the held keys can open: first packets that name one of them, then those that hide their
 * recipient. Ends with `no-key`, `key-locked` or, when only a passphrase opens the message, `passphrase-only`, when the caller used
 * none of the candidates; the first two say `passphrase` where one opens it too. With `cipher-unsupported` where a key fits
 * and the cipher is one that nothing here knows.
 */
export async function* sessionKeys(
  packets: readonly OuterPacket[],
  held: HeldKeys,
  place: SealPlace,
  hasPassphrase = false,
): AsyncGenerator<SessionKeyCandidate, never> {
  const own: { fingerprint: Fingerprint; keyIds: readonly string[]; open: PrivateKey | null }[] = []
  for (const fingerprint of held.fingerprints()) {
    const stored = await held.stored(fingerprint, place)
    own.push({
      fingerprint,
      keyIds: stored.getKeyIDs().map(id => id.toHex()),
      open: await held.openOrNull(fingerprint, place),
    })
  }
  let locked: Fingerprint | null = null
  let opened = false
  const named = packets.filter(packet => !isHiddenKeyId(recipientKeyId(packet)))
  for (const packet of named)
    for (const { fingerprint, keyIds, open } of own) {
      if (!keyIds.includes(recipientKeyId(packet))) continue
      if (!open) locked ??= fingerprint
      const sessionKey = open && (await openPacket(packet, open))
      if (sessionKey) yield { openedBy: fingerprint, sessionKey }
      opened ||= open !== null
    }

  const hidden = packets.filter(packet => isHiddenKeyId(recipientKeyId(packet)))
  let trials = 0
  for (const packet of hidden)
    for (const { fingerprint, open } of own) {
      if (!open) {
        locked ??= fingerprint
        continue
      }
      trials += 1
      if (trials > maxHiddenTrials) throw new SiegelError('too-large', { what: 'hidden recipient' })
      const sessionKey = await openPacket(packet, open)
      if (sessionKey) yield { openedBy: fingerprint, sessionKey }
    }

  if (opened) throw new SiegelError('decrypt-failed', { detail: 'the session key does not open' })
  const also = hasPassphrase ? { passphrase: 'opens' } : {}
  if (locked) throw new SiegelError('key-locked', { fingerprint: locked, ...also })
  if (packets.length === 0 && hasPassphrase) throw new SiegelError('passphrase-only')
  const keyIds = [...new Set(packets.map(recipientKeyId))].slice(0, 50).join(' ')
  throw new SiegelError('no-key', { keyIds, ...also })
}
