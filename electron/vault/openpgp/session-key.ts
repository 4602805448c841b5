import {
  type DecryptedSessionKey,
  decryptSessionKeys,
  Message,
  PacketList,
  type PrivateKey,
  PublicKeyEncryptedSessionKeyPacket,
} from 'openpgp'
import { SiegelError } from '../../../shared/ipc/result'
import type { Fingerprint } from '../../../shared/model/openpgp-key'
import type { HeldKeys, SealPlace } from './held-keys'
import { isHiddenKeyId, type OuterPacket, recipientKeyId } from './outer-packets'
import { maxHiddenTrials, readingConfig } from './policy'

const sessionKeyPackets = {
  [PublicKeyEncryptedSessionKeyPacket.tag]: PublicKeyEncryptedSessionKeyPacket,
} as unknown as Map<number, object>

/** One private key operation: the session key in `packet`, or null when this key does not open it. */
const openPacket = async (packet: OuterPacket, key: PrivateKey): Promise<DecryptedSessionKey | null> => {
  try {
    const list = await PacketList.fromBinary(packet.whole, sessionKeyPackets)
    const keys = await decryptSessionKeys({
      message: new Message(list),
      decryptionKeys: key,
      config: readingConfig,
    })
    return keys[0] ?? null
  } catch {
    return null
  }
}

/** A session key that may be the right one. A wrong key opens a packet with RSA once in some ten thousand times. */
export type SessionKeyCandidate = Readonly<{ openedBy: Fingerprint; sessionKey: DecryptedSessionKey }>

/**
 * The session keys that the held keys can open: first packets that name one of them, then those that hide their
 * recipient. Ends with `no-key` or `key-locked` when the caller used none of the candidates.
 */
export async function* sessionKeys(
  packets: readonly OuterPacket[],
  held: HeldKeys,
  place: SealPlace,
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
      if (trials > maxHiddenTrials) throw new SiegelError('too-large', { what: 'hidden recipients' })
      const sessionKey = await openPacket(packet, open)
      if (sessionKey) yield { openedBy: fingerprint, sessionKey }
    }

  if (opened) throw new SiegelError('decrypt-failed', { detail: 'the session key does not open' })
  if (locked) throw new SiegelError('key-locked', { fingerprint: locked })
  const keyIds = [...new Set(packets.map(recipientKeyId))].slice(0, 50).join(' ')
  throw new SiegelError('no-key', { keyIds })
}
