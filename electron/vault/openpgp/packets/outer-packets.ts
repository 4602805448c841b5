import { SiegelError } from '../../../../shared/kit/result'

/** One packet of a message as it lies in the bytes: `whole` with its header, `head` the first bytes of its body. */
export type OuterPacket = Readonly<{ tag: number; whole: Uint8Array; head: Uint8Array }>

export const tags = {
  publicKeySession: 1,
  symmetricKeySession: 3,
  withoutIntegrity: 9,
  protected: 18,
  gnupgAead: 20,
} as const

const malformed = (detail: string) => new SiegelError('message-malformed', { detail })
const headBytes = 64

/** Line ends and zeros that transport put behind binary data. */
const isBlank = (bytes: Uint8Array): boolean =>
  bytes.every(byte => byte === 0 || byte === 0x20 || (byte >= 9 && byte <= 13))

/**
 * The packets of an encrypted message by their headers alone (RFC 9580 §4.2), counted before the library sees them: a
 * message of millions of tiny packets costs nothing here.
 */
export const outerPackets = (bytes: Uint8Array, limit: number): readonly OuterPacket[] => {
  const packets: OuterPacket[] = []
  let at = 0

  const octet = (position: number): number => {
    const value = bytes[position]
    if (value === undefined) throw malformed('a packet is cut off')
    return value
  }
  const number = (position: number, count: number): number => {
    let value = 0
    for (let index = 0; index < count; index += 1) value = value * 256 + octet(position + index)
    return value
  }
  /** Reads one new-format length at `position`; `partial` when more pieces follow. */
  const newLength = (position: number): { size: number; length: number; partial: boolean } => {
    const first = octet(position)
    if (first < 192) return { size: 1, length: first, partial: false }
    if (first < 224)
      return { size: 2, length: (first - 192) * 256 + octet(position + 1) + 192, partial: false }
    if (first < 255) return { size: 1, length: 2 ** (first & 31), partial: true }
    return { size: 5, length: number(position + 1, 4), partial: false }
  }

  while (at < bytes.byteLength) {
    if (packets.length >= limit) throw new SiegelError('too-large', { what: 'packet' })
    const start = at
    const header = octet(at)
    if ((header & 0x80) === 0) {
      if (packets.length > 0 && isBlank(bytes.subarray(at))) break
      throw malformed('not a packet')
    }
    const isNew = (header & 0x40) !== 0
    const tag = isNew ? header & 63 : (header >> 2) & 15
    let bodyAt = 0
    if (isNew) {
      at += 1
      let piece = newLength(at)
      bodyAt = at + piece.size
      at = bodyAt + piece.length
      while (piece.partial) {
        piece = newLength(at)
        at += piece.size + piece.length
      }
    } else {
      const kind = header & 3
      const size = [1, 2, 4, 0][kind] ?? 0
      bodyAt = at + 1 + size
      at = kind === 3 ? bytes.byteLength : bodyAt + number(at + 1, size)
    }
    if (at > bytes.byteLength) throw malformed('a packet is cut off')
    packets.push({
      tag,
      whole: bytes.subarray(start, at),
      head: bytes.subarray(bodyAt, Math.min(at, bodyAt + headBytes)),
    })
  }
  return packets
}

const wildcard = '0'.repeat(16)
export const isHiddenKeyId = (keyId: string): boolean => keyId === wildcard

/** Whom a session key packet is for: the key ID of version 3, or that of the fingerprint in version 6 (RFC 9580 §5.1). */
export const recipientKeyId = ({ head }: OuterPacket): string => {
  const hex = (from: number, to: number) => Buffer.from(head.subarray(from, to)).toString('hex')
  if (head[0] === 3 && head.byteLength >= 9) return hex(1, 9)
  if (head[0] === 6) {
    if (head[1] === 0) return wildcard
    if (head[2] === 6 && head.byteLength >= 11) return hex(3, 11)
    if (head[2] === 4 && head.byteLength >= 23) return hex(15, 23)
  }
  // An unknown version: nobody here can open it, and it hides nothing.
  return 'f'.repeat(16)
}
