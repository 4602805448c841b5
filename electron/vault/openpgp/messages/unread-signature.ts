import { enums, SignaturePacket } from '../library'

/** A signature packet of a version or with an algorithm that the library does not read. */
export type UnreadSignature = Readonly<{ body: Uint8Array }>
export type AnySignature = SignaturePacket | UnreadSignature

/** What the library leaves in the place of a packet that it cannot read (its class is not exported). */
type Unparseable = Readonly<{ tag: number; rawContent: unknown }>

const isUnread = (packet: unknown): packet is Unparseable & { rawContent: Uint8Array } =>
  typeof packet === 'object' &&
  packet !== null &&
  'tag' in packet &&
  packet.tag === enums.packet.signature &&
  'rawContent' in packet &&
  packet.rawContent instanceof Uint8Array

export const unreadSignaturesIn = (packets: Iterable<unknown>): UnreadSignature[] =>
  [...packets].filter(isUnread).map(({ rawContent }) => ({ body: rawContent }))

/** Every signature of a list, those that cannot be read included: a message with one was not sent unsigned. */
export const signaturesIn = (packets: Iterable<unknown>): AnySignature[] =>
  [...packets].flatMap((packet): AnySignature[] =>
    packet instanceof SignaturePacket ? [packet] : isUnread(packet) ? [{ body: packet.rawContent }] : [],
  )

/** What such a signature says of itself; zeros and null for what it does not say. */
export const unreadFacts = ({ body }: UnreadSignature): { keyId: string; createdAtMs: number | null } => {
  const bytes = Buffer.from(body)
  // RFC 4880 §5.2.2
  if (bytes[0] === 3 && bytes[1] === 5 && bytes.length >= 15)
    return { keyId: bytes.toString('hex', 7, 15), createdAtMs: bytes.readUInt32BE(3) * 1000 }
  const said = { keyId: noKeyId, createdAtMs: null as number | null }
  for (const { type, data } of subpacketsOf(bytes)) {
    if (type === creationTime && data.length === 4) said.createdAtMs ??= data.readUInt32BE(0) * 1000
    if (said.keyId !== noKeyId) continue
    if (type === issuerKeyId && data.length === 8) said.keyId = data.toString('hex')
    if (type === issuerFingerprint) said.keyId = keyIdIn(data)
  }
  return said
}

const noKeyId = '0'.repeat(16)
/** Of subpackets (RFC 9580 §5.2.3.7). */
const creationTime = 2
const issuerKeyId = 16
const issuerFingerprint = 33

/** The key ID in a fingerprint with its version before it: the end of a version 4 one, the beginning of later ones. */
const keyIdIn = (data: Buffer): string => {
  if (data[0] === 4 && data.length === 21) return data.toString('hex', 13)
  return data[0] === 6 && data.length === 33 ? data.toString('hex', 1, 9) : noKeyId
}

/** The subpackets of a version 4 or 6 signature, the hashed ones first, whatever its algorithm; as far as they can be read. */
function* subpacketsOf(bytes: Buffer): Generator<{ type: number; data: Buffer }> {
  if (bytes[0] !== 4 && bytes[0] !== 6) return
  const countSize = bytes[0] === 6 ? 4 : 2
  let at = 4
  for (let area = 0; area < 2; area++) {
    if (at + countSize > bytes.length) return
    const end = at + countSize + bytes.readUIntBE(at, countSize)
    if (end > bytes.length) return
    at += countSize
    while (at < end) {
      const first = bytes[at] ?? 0
      const size = first < 192 ? 1 : first < 255 ? 2 : 5
      if (at + size >= end) return
      const length =
        size === 1
          ? first
          : size === 2
            ? ((first - 192) << 8) + (bytes[at + 1] ?? 0) + 192
            : bytes.readUInt32BE(at + 1)
      const next = at + size + length
      if (length === 0 || next > end) return
      // The highest bit says that the subpacket is critical.
      yield { type: (bytes[at + size] ?? 0) & 0x7f, data: bytes.subarray(at + size + 1, next) }
      at = next
    }
  }
}
