/** Exchange's envelope around what is no plain mail, winmail.dat (MS-OXTNEF). Reads what invitations need; bounded by its input, never throws. */
import { decodeCharset, isCharset } from '../mime/charset/charset'

/** A property by its number, or of a named set by that set's and its own: `6ed8da90…/0003`. Text, numbers, moments in ms, bytes. */
type TnefProperties = ReadonlyMap<string, string | number | boolean | Uint8Array>

export type Tnef = Readonly<{
  /** As `IPM.Schedule.Meeting.Request`; '' where it has none. */
  messageClass: string
  properties: TnefProperties
  attachments: readonly Uint8Array[]
  /** It ends early, or a length leads out of it: what was read until then. */
  isCut: boolean
}>

const signature = 0x223e9f78
/** Attributes (MS-OXTNEF §2.1.3.3), with their types. */
const attribute = {
  messageClass: 0x00078008,
  properties: 0x00069003,
  codepage: 0x00069007,
  file: 0x0006800f,
} as const
const mostProperties = 2_000
const mostFiles = 100

class Cut extends Error {}

class Cursor {
  #at = 0
  readonly #bytes: Buffer

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  take(length: number): Buffer {
    if (length < 0 || length > this.left) throw new Cut()
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  u16(): number {
    return this.take(2).readUInt16LE()
  }

  u32(): number {
    return this.take(4).readUInt32LE()
  }

  /** A value of this length, and what fills it up to four bytes. */
  padded(length: number): Buffer {
    const value = this.take(length)
    this.take(Math.min((4 - (length % 4)) % 4, this.left))
    return value
  }
}

/** Windows' moments: steps of 100 ns since 1601. */
const fromFileTime = (value: bigint): number => Number(value / 10_000n) - 11_644_473_600_000

const utf16 = (bytes: Buffer): string => bytes.toString('utf16le').replace(/\0+$/, '')

/** Bytes of a value of fixed length, as it stands there. */
const fixed: Readonly<Record<number, number>> = {
  ...{ 2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16 },
}
const variable: ReadonlySet<number> = new Set([0x0d, 0x1e, 0x1f, 0x102])

/** The GUID of a named property as it is written, without its hyphens. */
const guidOf = (bytes: Buffer): string =>
  [
    Buffer.from(bytes.subarray(0, 4)).reverse(),
    Buffer.from(bytes.subarray(4, 6)).reverse(),
    Buffer.from(bytes.subarray(6, 8)).reverse(),
    bytes.subarray(8),
  ]
    .map(part => part.toString('hex'))
    .join('')

function readValue(type: number, bytes: Buffer, ansi: (bytes: Buffer) => string) {
  if (type === 0x1f) return utf16(bytes)
  if (type === 0x1e) return ansi(bytes)
  if (type === 0x03) return bytes.readInt32LE()
  if (type === 0x02) return bytes.readInt16LE()
  if (type === 0x0b) return bytes.readUInt16LE() !== 0
  if (type === 0x40) return fromFileTime(bytes.readBigUInt64LE())
  return new Uint8Array(bytes)
}

/** A list of MAPI properties (MS-OXTNEF §2.1.3.4): as far as it can be read. */
function readProperties(bytes: Buffer, ansi: (bytes: Buffer) => string): TnefProperties {
  const found = new Map<string, string | number | boolean | Uint8Array>()
  const cursor = new Cursor(bytes)
  try {
    const count = Math.min(cursor.u32(), mostProperties)
    for (let at = 0; at < count; at++) {
      const type = cursor.u16()
      const id = cursor.u16()
      let name = id.toString(16).padStart(4, '0')
      if (id >= 0x8000) {
        const set = guidOf(cursor.take(16))
        const own =
          cursor.u32() === 0 ? cursor.u32().toString(16).padStart(4, '0') : utf16(cursor.padded(cursor.u32()))
        name = `${set}/${own}`
      }
      const base = type & 0x0fff
      const isSeveral = (type & 0x1000) !== 0
      const length = fixed[base]
      if (length === undefined && !variable.has(base)) break
      const values = isSeveral || length === undefined ? cursor.u32() : 1
      for (let each = 0; each < values; each++) {
        const value = length === undefined ? cursor.padded(cursor.u32()) : cursor.take(length)
        if (each === 0) found.set(name, readValue(base, value, ansi))
      }
    }
  } catch (error) {
    if (!(error instanceof Cut) && !(error instanceof RangeError)) throw error
  }
  return found
}

/** Null for what is no TNEF. */
export function readTnef(bytes: Uint8Array): Tnef | null {
  const cursor = new Cursor(bytes)
  if (cursor.left < 6 || cursor.u32() !== signature) return null
  cursor.u16()
  let charset = 'windows-1252'
  let messageClass = ''
  let properties: TnefProperties = new Map()
  const attachments: Uint8Array[] = []
  const ansi = (text: Buffer): string => decodeCharset(text, charset).replace(/\0+$/, '')
  let isCut = false
  try {
    while (cursor.left > 0) {
      cursor.take(1)
      const kind = cursor.u32()
      const data = cursor.take(cursor.u32())
      cursor.u16()
      if (kind === attribute.codepage && data.length >= 4) {
        const label = data.readUInt32LE() === 65_001 ? 'utf-8' : `windows-${data.readUInt32LE()}`
        if (isCharset(label)) charset = label
      } else if (kind === attribute.messageClass) messageClass = ansi(data)
      else if (kind === attribute.properties) properties = readProperties(data, ansi)
      else if (kind === attribute.file && attachments.length < mostFiles)
        attachments.push(new Uint8Array(data))
    }
  } catch (error) {
    if (!(error instanceof Cut)) throw error
    isCut = true
  }
  return { messageClass, properties, attachments, isCut }
}
