import type { Needs } from '../../ports/parts'

/** A UID that says nothing of anybody: a random UUID of version 4 (RFC 7986 §5.3), without a host. */
export function newUid({ random }: Needs<'random'>): string {
  const bytes = Buffer.from(random.bytes(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
