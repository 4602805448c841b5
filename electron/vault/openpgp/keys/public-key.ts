import { SiegelError } from '../../../../shared/kit/result'
import {
  type AnyPacket,
  config,
  enums,
  type Key,
  PacketList,
  PrivateKey,
  PublicKey,
  PublicSubkeyPacket,
  readKey,
  SecretSubkeyPacket,
  SignaturePacket,
  UserAttributePacket,
  UserIDPacket,
} from '../library'
import { dearmor } from '../packets/armor'
import { outerPackets } from '../packets/outer-packets'
import '../packets/packet-guard'
import { verifiesAlone } from '../messages/signature-arithmetic'
import {
  maxKeyBytes,
  maxKeyringPackets,
  maxKeysInFile,
  maxSubkeys,
  maxUserIds,
  readingConfig,
} from '../policy'
import { kindOfKey, kindsOfLostSubkeys } from './unusable-kinds'

const fullReadingConfig = { ...config, ...readingConfig }

/** Signatures of one key that are tried; each is a public key operation on foreign bytes. */
const maxSelfSignatures = 400

const certifications: ReadonlySet<enums.signature | null> = new Set([
  enums.signature.certGeneric,
  enums.signature.certPersona,
  enums.signature.certCasual,
  enums.signature.certPositive,
  enums.signature.certRevocation,
])
const direct: ReadonlySet<enums.signature | null> = new Set([
  enums.signature.key,
  enums.signature.keyRevocation,
])
const bindings: ReadonlySet<enums.signature | null> = new Set([
  enums.signature.subkeyBinding,
  enums.signature.subkeyRevocation,
])

type Part = { head: UserIDPacket | PublicSubkeyPacket | SecretSubkeyPacket; signatures: SignaturePacket[] }

const isSubkeyPacket = (packet: unknown): packet is PublicSubkeyPacket | SecretSubkeyPacket =>
  packet instanceof PublicSubkeyPacket || packet instanceof SecretSubkeyPacket

/**
 * The key without what its owner did not sign: foreign certifications, pictures, subkeys and user IDs that are not
 * bound. What stays was verified, whatever hash it used; which hashes count is for the facts to say.
 * Throws `too-large`, `message-malformed`.
 */
const ownPackets = async (key: Key): Promise<AnyPacket[]> => {
  const all = key.toPacketList()
  const primary = key.keyPacket
  const kept: AnyPacket[] = [primary]
  const parts: Part[] = []
  let part: Part | null = null
  let isSkipping = false
  let tried = 0

  for (const packet of all) {
    if (packet === primary) continue
    if (packet instanceof UserIDPacket || isSubkeyPacket(packet)) {
      part = { head: packet, signatures: [] }
      isSkipping = false
      parts.push(part)
      continue
    }
    if (packet instanceof UserAttributePacket) isSkipping = true
    if (!(packet instanceof SignaturePacket) || isSkipping) continue
    if (!packet.issuerKeyID.equals(key.getKeyID())) continue
    tried += 1
    if (tried > maxSelfSignatures) throw new SiegelError('too-large', { what: 'signature' })
    const type = packet.signatureType
    if (!part || direct.has(type)) {
      if (direct.has(type) && (await verifiesAlone(packet, primary, { key: primary }))) kept.push(packet)
    } else if (part.head instanceof UserIDPacket) {
      if (
        certifications.has(type) &&
        (await verifiesAlone(packet, primary, { userID: part.head, key: primary }))
      )
        part.signatures.push(packet)
    } else if (
      bindings.has(type) &&
      (await verifiesAlone(packet, primary, { key: primary, bind: part.head }))
    )
      part.signatures.push(packet)
  }
  const users = parts.filter(({ head, signatures }) => head instanceof UserIDPacket && signatures.length > 0)
  const subkeys = parts.filter(({ head, signatures }) => isSubkeyPacket(head) && signatures.length > 0)
  for (const { head, signatures } of [...users.slice(0, maxUserIds), ...subkeys.slice(0, maxSubkeys)])
    kept.push(head, ...signatures)
  return kept
}

export const packetList = (packets: readonly AnyPacket[]): PacketList<AnyPacket> => {
  const list = new PacketList<AnyPacket>()
  for (const packet of packets) list.push(packet)
  return list
}

/** The canonical form of a key; a private key stays private. */
export const canonical = async <K extends Key>(key: K): Promise<K> => {
  const list = packetList(await ownPackets(key))
  return (key.isPrivate() ? new PrivateKey(list) : new PublicKey(list)) as unknown as K
}

/** Bytes of a key's public part, in memory of their own. Throws `too-large`. */
export const publicBytes = (key: Key): Uint8Array => {
  const bytes = key.toPublic().write()
  if (bytes.byteLength > maxKeyBytes) throw new SiegelError('too-large', { what: 'key' })
  return new Uint8Array(bytes)
}

/** GnuPG puts a colon before the armor of the revocation certificates that it prepares, against using one by accident. */
const withoutColons = (bytes: Uint8Array): Uint8Array => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!text.includes(':-----BEGIN PGP PUBLIC KEY BLOCK-----')) return bytes
  return Buffer.from(
    text.toString('latin1').replace(/^:(?=-----BEGIN PGP PUBLIC KEY BLOCK-----)/gm, ''),
    'latin1',
  )
}

/** Cuts a run of packets at its primary keys, so that one broken key does not spoil the others. */
const cutAtKeys = (block: Uint8Array): readonly Uint8Array[] => {
  const starts = outerPackets(block, maxKeyringPackets)
    .filter(({ tag }) => tag === enums.packet.publicKey || tag === enums.packet.secretKey)
    .map(({ whole }) => whole.byteOffset - block.byteOffset)
  return starts.map((start, index) => block.subarray(start, starts[index + 1]))
}

/**
 * Every key of armored or binary input. `broken` counts blocks and keys that could not be read, `unusable` says of what kind
 * those are that nothing here can use, however sound they are, `lostSubkeys` the same of subkeys that a key was read without; `onOther` may take a block
 * without a key for what it is, and answers whether it did.
 */
export const keysOf = async (
  bytes: Uint8Array,
  onOther: (block: Uint8Array) => Promise<boolean> = async () => false,
): Promise<{ keys: Key[]; broken: number; unusable: string[]; lostSubkeys: Map<Key, string[]> }> => {
  const keys: Key[] = []
  const lostSubkeys = new Map<Key, string[]>()
  const unusable: string[] = []
  let broken = 0
  const blocks = dearmor(withoutColons(bytes), ['PUBLIC KEY BLOCK', 'PRIVATE KEY BLOCK'], maxKeysInFile)
  for (const block of blocks) {
    let pieces: readonly Uint8Array[] = []
    try {
      pieces = cutAtKeys(block)
    } catch {
      // Counted below, as a block without a key.
    }
    if (pieces.length === 0 && !(await onOther(block).catch(() => false))) broken += 1
    for (const piece of pieces)
      try {
        if (keys.length >= maxKeysInFile) throw new SiegelError('too-large', { what: 'key' })
        const key = await canonical(await readKey({ binaryKey: piece, config: readingConfig }))
        keys.push(key)
        lostSubkeys.set(key, kindsOfLostSubkeys(piece, key.subkeys.length))
      } catch {
        const kind = kindOfKey(piece)
        if (kind === null) broken += 1
        else unusable.push(kind)
      }
  }
  return { keys, broken, unusable, lostSubkeys }
}

/** The one key in canonical bytes, as a public key. Throws `message-malformed`. */
export const onePublicKey = async (bytes: Uint8Array): Promise<Key> => {
  try {
    return (await readKey({ binaryKey: bytes, config: readingConfig })).toPublic()
  } catch {
    // The library's words are of no use to anybody.
    throw new SiegelError('message-malformed', { detail: 'not one public key' })
  }
}

/** `key` with the newer self-signatures, subkeys and revocations of `update`. Both must have one fingerprint. */
export const mergePublic = <K extends Key>(key: K, update: Key): Promise<K> => {
  if (key.getFingerprint() !== update.getFingerprint()) throw new SiegelError('conflict', { what: 'key' })
  const always = null as unknown as Date
  return key.update(
    update.toPublic() as PublicKey,
    always,
    fullReadingConfig,
  ) as Promise<unknown> as Promise<K>
}
