import { SiegelError } from '../../../shared/ipc/result'
import type { VaultCallOutput, VaultQuestion } from '../../../shared/ipc/vault-calls'
import { dearmor } from './armor'
import type { HeldKeys, SealPlace } from './held-keys'
import { literalBytes, openProtected, type Plaintext } from './inner-packets'
import { enums } from './library'
import { type OuterPacket, outerPackets, recipientKeyId, tags } from './outer-packets'
import { maxOuterPackets } from './policy'
import { onePublicKey } from './public-key'
import { type SessionKeyCandidate, sessionKeys } from './session-key'
import { signatureFacts } from './signatures'

export type EncryptedParts = Readonly<{ sessionKeyPackets: readonly OuterPacket[]; data: OuterPacket }>

/** Takes an encrypted message apart by its packet headers. Throws `no-integrity`, `message-malformed`, `too-large`. */
export const encryptedParts = (bytes: Uint8Array): EncryptedParts => {
  const [block] = dearmor(bytes, ['MESSAGE'], 1)
  const packets = outerPackets(block ?? bytes, maxOuterPackets)
  const data = packets.filter(({ tag }) => tag === tags.protected || tag === tags.gnupgAead)
  if (packets.some(({ tag }) => tag === tags.withoutIntegrity))
    throw new SiegelError('no-integrity', { detail: 'encrypted without protection against changes' })
  const [only, ...more] = data
  if (!only || more.length > 0)
    throw new SiegelError('message-malformed', { detail: 'not one encrypted message' })
  return { sessionKeyPackets: packets.filter(({ tag }) => tag === tags.publicKeySession), data: only }
}

const cipherName = (algorithm: enums.symmetric | undefined): string =>
  algorithm === undefined ? '' : (enums.read(enums.symmetric, algorithm) ?? '')

/** The cipher of a version 2 data packet stands in it (RFC 9580 §5.13.2); otherwise it came with the session key. */
const cipherOf = (data: OuterPacket, { sessionKey }: SessionKeyCandidate): string =>
  sessionKey.algorithm ?? cipherName(data.head[1])

const isAead = ({ tag, head }: OuterPacket): boolean => tag === tags.gnupgAead || head[0] === 2

const open = async (
  parts: EncryptedParts,
  held: HeldKeys,
  place: SealPlace,
): Promise<{ candidate: SessionKeyCandidate; plaintext: Plaintext }> => {
  let failure: unknown = null
  const candidates = sessionKeys(parts.sessionKeyPackets, held, place)
  for (;;) {
    let candidate: SessionKeyCandidate
    try {
      candidate = (await candidates.next()).value
    } catch (error) {
      // What a fitting key found out says more than that no other key fits.
      throw failure ?? error
    }
    try {
      const plaintext = await openProtected(parts.data.whole, candidate.sessionKey)
      if (plaintext) return { candidate, plaintext }
      failure ??= new SiegelError('decrypt-failed', { detail: 'the session key does not fit' })
    } catch (error) {
      failure ??= error
    } finally {
      candidate.sessionKey.data.fill(0)
    }
  }
}

/** Decrypts with whatever held key opens the message and judges the signatures inside. */
export const decryptMessage = async (
  { data, verifyWith, nowMs }: VaultQuestion<'decrypt'>,
  held: HeldKeys,
  place: SealPlace,
): Promise<VaultCallOutput<'decrypt'>> => {
  const parts = encryptedParts(data)
  const { candidate, plaintext } = await open(parts, held, place)
  const keys = await Promise.all(verifyWith.map(onePublicKey))
  const { openedBy } = candidate
  const signatures = await signatureFacts(plaintext.signatures, plaintext.literal, keys, {
    detached: false,
    nowMs,
    openedBy,
  })
  return {
    bytes: literalBytes(plaintext.literal),
    signatures,
    recipientKeyIds: parts.sessionKeyPackets.map(recipientKeyId),
    openedBy,
    cipher: cipherOf(parts.data, candidate),
    aead: isAead(parts.data),
  }
}
