import type { Random } from '../../ports/basics'
import type { Needs } from '../../ports/parts'

/** A random UUID of version 4 (RFC 9562 §5.4). */
export function randomUuid(random: Random): string {
  const bytes = Buffer.from(random.bytes(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** A UID that says nothing of anybody: without a host (RFC 7986 §5.3). */
export const newUid = ({ random }: Needs<'random'>): string => randomUuid(random)
