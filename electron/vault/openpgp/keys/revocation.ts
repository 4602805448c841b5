import type { VaultCallOutput, VaultQuestion } from '../../../../shared/ipc/vault/vault-calls'
import { SiegelError } from '../../../../shared/kit/result'
import { enums, type Key, PacketList, PrivateKey, PublicKey, SignaturePacket } from '../library'
import { verifiesAlone } from '../messages/signature-arithmetic'
import { outerPackets } from '../packets/outer-packets'
import { maxKeyringPackets } from '../policy'
import type { HeldKeys, SealPlace } from './held-keys'
import { keyFactsOf } from './key-facts'
import { onePublicKey, packetList, publicBytes } from './public-key'
import { sealedKeyOf } from './sealed-key'

const signatureTag: number = enums.packet.signature
const onlySignatures = { [SignaturePacket.tag]: SignaturePacket } as unknown as Map<number, object>

/** More revocations of one key say nothing more. */
const maxRevocations = 10

/** Statements that a whole key is revoked (RFC 9580 §5.2.1.11), in packets of whatever kind. */
const revocationsIn = async (bytes: Uint8Array): Promise<SignaturePacket[]> => {
  const found: SignaturePacket[] = []
  for (const { tag, whole } of outerPackets(bytes, maxKeyringPackets)) {
    if (tag !== signatureTag || found.length >= maxRevocations) continue
    const [packet] = await PacketList.fromBinary(whole, onlySignatures).catch(() => [])
    if (packet instanceof SignaturePacket && packet.signatureType === enums.signature.keyRevocation)
      found.push(packet)
  }
  return found
}

/** A certificate by itself, and the ID of the key that it says it is for. */
export type RevocationAlone = { keyId: string; bytes: Uint8Array }

/** A block that is nothing but revocation certificates: for which key each is. Empty for every other block. */
export const revocationsAlone = async (block: Uint8Array): Promise<RevocationAlone[]> => {
  const packets = outerPackets(block, maxKeyringPackets)
  if (packets.length > maxRevocations || packets.some(({ tag }) => tag !== signatureTag)) return []
  const found = await revocationsIn(block)
  return found.map(revocation => ({
    keyId: revocation.issuerKeyID.toHex().padStart(16, '0'),
    bytes: new Uint8Array(packetList([revocation]).write()),
  }))
}

/** The packets of a key with those revocations that its owner made and that it has not yet. Throws `conflict` without any. */
const revokedPackets = async (key: Key, certificate: Uint8Array) => {
  const primary = key.keyPacket
  const known = new Set(key.revocationSignatures.map(each => Buffer.from(each.write()).toString('hex')))
  const fitting: SignaturePacket[] = []
  for (const revocation of await revocationsIn(certificate))
    if (
      revocation.issuerKeyID.equals(key.getKeyID()) &&
      (await verifiesAlone(revocation, primary, { key: primary }))
    )
      fitting.push(revocation)
  if (fitting.length === 0) throw new SiegelError('conflict', { what: 'revocation' })
  const added = fitting.filter(each => !known.has(Buffer.from(each.write()).toString('hex')))
  const [first, ...rest] = key.toPacketList()
  return packetList([...(first ? [first] : []), ...added, ...rest])
}

/** A public key with a revocation of its owner. Throws `conflict` when the certificate is not one of this key. */
export const revokePublic = async ({
  key: bytes,
  certificate,
  nowMs,
}: VaultQuestion<'revokePublic'>): Promise<VaultCallOutput<'revokePublic'>> => {
  const revoked = new PublicKey(await revokedPackets(await onePublicKey(bytes), certificate))
  return { facts: await keyFactsOf(revoked, nowMs), bytes: publicBytes(revoked) }
}

/**
 * An own key with a revocation certificate made earlier, here or by another program. Its secret part stays as it rests, so no
 * passphrase is needed. Throws `conflict`, `no-key`, `vault-damaged`.
 */
export const revokeHeld = async (
  { fingerprint, certificate, nowMs }: VaultQuestion<'revokeHeld'>,
  held: HeldKeys,
  place: SealPlace,
): Promise<VaultCallOutput<'revokeHeld'>> => {
  const stored = await held.stored(fingerprint, place)
  return sealedKeyOf(new PrivateKey(await revokedPackets(stored, certificate)), place, nowMs)
}
