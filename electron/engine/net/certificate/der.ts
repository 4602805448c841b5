/** One value in the distinguished encoding (ITU-T X.690 §10): its tag byte, what it holds, and all of its bytes. */
export type DerValue = Readonly<{ tag: number; content: Buffer; whole: Buffer }>

/** The tags that certificates are made of (X.690 §8, RFC 5280 appendix A). */
export const derTag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  sequence: 0x30,
} as const

/** A certificate with more values side by side only costs time. */
const MAXIMUM_VALUES = 5_000

/** The values that stand one after the other. Throws RangeError for anything but whole values in the shortest form. */
export function readDerValues(bytes: Buffer): DerValue[] {
  const values: DerValue[] = []
  let at = 0
  while (at < bytes.length) {
    if (values.length >= MAXIMUM_VALUES) throw new RangeError('DER: too many values')
    const value = readOne(bytes.subarray(at))
    values.push(value)
    at += value.whole.length
  }
  return values
}

/** Exactly one value, of this tag when one is given. Throws RangeError. */
export function readDer(bytes: Buffer, tag?: number): DerValue {
  const value = readOne(bytes)
  if (value.whole.length !== bytes.length) throw new RangeError('DER: bytes after the value')
  if (tag !== undefined && value.tag !== tag) throw new RangeError(`DER: tag ${value.tag}, not ${tag}`)
  return value
}

/** An object identifier with dots. */
export function readObjectIdentifier({ tag, content }: DerValue): string {
  if (tag !== derTag.objectIdentifier || content.length === 0 || content.length > 64)
    throw new RangeError('DER: not an object identifier')
  const parts: number[] = []
  let part = 0
  for (const byte of content) {
    part = part * 128 + (byte & 0x7f)
    if (part > Number.MAX_SAFE_INTEGER / 256) throw new RangeError('DER: object identifier too large')
    if (byte < 0x80) {
      parts.push(part)
      part = 0
    }
  }
  const [first = 0, ...rest] = parts
  const root = Math.min(2, Math.floor(first / 40))
  return [root, first - root * 40, ...rest].join('.')
}

/** The bits of a bit string, the first one first. */
export function readBits({ tag, content }: DerValue): boolean[] {
  const unused = content[0]
  if (tag !== derTag.bitString || unused === undefined || unused > 7)
    throw new RangeError('DER: not a bit string')
  const bits = [...content.subarray(1)].flatMap(byte =>
    Array.from({ length: 8 }, (_, bit) => ((byte >> (7 - bit)) & 1) === 1),
  )
  return bits.slice(0, Math.max(0, bits.length - unused))
}

/** A small number; what does not fit into 31 bits, or is negative, throws. */
export function readSmallInteger({ tag, content }: DerValue): number {
  if (tag !== derTag.integer || content.length === 0 || content.length > 4 || (content[0] ?? 0) > 0x7f)
    throw new RangeError('DER: not a small number')
  return content.readUIntBE(0, content.length)
}

function readOne(bytes: Buffer): DerValue {
  const [tag, first] = bytes
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f)
    throw new RangeError('DER: no value here')
  let start = 2
  let length = first
  if (first >= 0x80) {
    const size = first & 0x7f
    if (size === 0 || size > 3 || bytes.length < 2 + size) throw new RangeError('DER: length')
    length = bytes.readUIntBE(2, size)
    start += size
    if (length < 0x80 || length < 2 ** (8 * (size - 1)))
      throw new RangeError('DER: length not in shortest form')
  }
  if (start + length > bytes.length) throw new RangeError('DER: value is cut')
  return { tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(0, start + length) }
}
