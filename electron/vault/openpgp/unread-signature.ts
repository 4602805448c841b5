import { enums, SignaturePacket } from './library'

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

/** What such a signature says of itself: key ID and time of version 3 (RFC 4880 §5.2.2), nothing of others. */
export const unreadFacts = ({ body }: UnreadSignature): { keyId: string; createdAtMs: number | null } => {
  const bytes = Buffer.from(body)
  if (bytes[0] !== 3 || bytes[1] !== 5 || bytes.length < 15)
    return { keyId: '0'.repeat(16), createdAtMs: null }
  return { keyId: bytes.toString('hex', 7, 15), createdAtMs: bytes.readUInt32BE(3) * 1000 }
}
