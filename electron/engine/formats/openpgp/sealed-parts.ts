import type { MimePart } from '../mime/parts/split'

const controlType = 'application/pgp-encrypted'

/** Control part and data part of an encrypted message (RFC 3156 §4). */
export type SealedPair = Readonly<{ control: MimePart; data: MimePart }>

/** One behind the other, wherever a gateway has put them. */
export function sealedPair(parts: readonly MimePart[]): SealedPair | null {
  const at = parts.findIndex(part => part.type.value === controlType)
  const [control, data] = [parts[at], parts[at + 1]]
  return control === undefined || data === undefined || data.children.length > 0 ? null : { control, data }
}

export const isEncrypted = (part: MimePart): boolean =>
  part.type.value === 'multipart/encrypted' && sealedPair(part.children) !== null

/** Parts in the order of the bytes, with those of encrypted parts in the place of these. */
export const unfolded = (part: MimePart): readonly MimePart[] =>
  isEncrypted(part)
    ? part.children
    : part.children.flatMap(each => (isEncrypted(each) ? each.children : [each]))

/** How many encrypted messages stand in the parts, forwarded messages aside. */
export const countSealed = (part: MimePart): number =>
  part.children.filter(each => each.type.value === controlType).length +
  part.children.reduce((sum, each) => sum + countSealed(each), 0)

/** The pair whose data part has this id. */
export function sealedPairOf(part: MimePart, dataId: string): SealedPair | null {
  for (const [at, child] of part.children.entries()) {
    const pair = sealedPair(part.children.slice(at))
    if (pair?.data.id === dataId && pair.control === child) return pair
    const inside = sealedPairOf(child, dataId)
    if (inside !== null) return inside
  }
  return null
}

/**
 * An encrypted message that stands inside another as one of its own: both parts as they are, and no header field of what
 * was around them.
 */
export function sealedMessage(raw: Buffer, { control, data }: SealedPair): Buffer {
  const parts = [control, data].map(({ start, end }) => raw.subarray(start, end))
  let boundary = '=_apart'
  while (parts.some(part => part.includes(boundary))) boundary += '_'
  return Buffer.concat([
    Buffer.from(
      `Content-Type: multipart/encrypted; protocol="${controlType}"; boundary="${boundary}"\r\n\r\n`,
    ),
    ...parts.flatMap(part => [Buffer.from(`--${boundary}\r\n`), part, Buffer.from('\r\n')]),
    Buffer.from(`--${boundary}--\r\n`),
  ])
}
