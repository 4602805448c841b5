/** As much of the protocol buffers' wire format as OMEMO's messages use: whole numbers and byte strings. */

const varint = 0
const fixed64 = 1
const lengthDelimited = 2
const fixed32 = 5

/** The largest number of any field: ids and counters are unsigned and fit into 32 bits. */
const largestNumber = 0xffff_ffff
/** Fields of one message, unknown ones included. */
const mostFields = 64

function varintBytes(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  return Buffer.from([...bytes, rest])
}

/** A message of the given fields in their order. Zero is written too: required fields have no default. */
export const writeFields = (fields: readonly (readonly [number, number | Uint8Array])[]): Buffer =>
  Buffer.concat(
    fields.flatMap(([field, value]) =>
      typeof value === 'number'
        ? [varintBytes(field * 8 + varint), varintBytes(value)]
        : [varintBytes(field * 8 + lengthDelimited), varintBytes(value.byteLength), value],
    ),
  )

/** The fields of a message by number; where one comes twice the last counts, as the format says. */
export type Fields = Readonly<{
  /** Null where it is missing or no number of 32 bits. */
  number(field: number): number | null
  /** Null where it is missing, no byte string, or longer than `limit`. */
  bytes(field: number, limit: number): Buffer | null
}>

/** Null for what is no message. Takes hostile bytes, never throws. */
export function readFields(bytes: Uint8Array): Fields | null {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found = new Map<number, number | Buffer>()
  let at = 0

  const readVarint = (): number | null => {
    let value = 0
    for (let shift = 0; shift < 10; shift++) {
      const byte = source[at]
      if (byte === undefined) return null
      at++
      value += (byte & 0x7f) * 2 ** (7 * shift)
      if ((byte & 0x80) === 0) return value
    }
    return null
  }

  for (let count = 0; at < source.length; count++) {
    const tag = readVarint()
    if (count === mostFields || tag === null || tag > largestNumber || tag < 8) return null
    const field = Math.floor(tag / 8)
    const kind = tag % 8
    if (kind === varint) {
      const value = readVarint()
      if (value === null) return null
      found.set(field, value)
    } else {
      const length =
        kind === lengthDelimited ? readVarint() : kind === fixed64 ? 8 : kind === fixed32 ? 4 : null
      if (length === null || length > source.length - at) return null
      if (kind === lengthDelimited) found.set(field, source.subarray(at, at + length))
      at += length
    }
  }
  return {
    number(field) {
      const value = found.get(field)
      return typeof value === 'number' && value <= largestNumber ? value : null
    },
    bytes(field, limit) {
      const value = found.get(field)
      return value instanceof Buffer && value.byteLength <= limit ? value : null
    },
  }
}
