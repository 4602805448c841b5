import { emptyTally, isDarkDot, type Tally } from './tally'

/** Bytes of the first frame that are read. */
const mostPacked = 1_000_000
const mostCodes = 4096

/** The data of sub-blocks (GIF89a §15) as one piece, and where they end. */
function subBlocks(bytes: Uint8Array, from: number): { data: Uint8Array; end: number } | null {
  const pieces: Uint8Array[] = []
  let length = 0
  let at = from
  for (let size = bytes[at] ?? 0; size > 0; size = bytes[at] ?? 0) {
    pieces.push(bytes.subarray(at + 1, at + 1 + size))
    length += size
    at += 1 + size
    if (length > mostPacked || at >= bytes.length) return null
  }
  return { data: Buffer.concat(pieces), end: at + 1 }
}

/** How often each colour is used (GIF89a appendix F: LZW with codes that grow); null for what is damaged. */
function countColours(data: Uint8Array, codeBits: number, dots: number): Float64Array | null {
  const counts = new Float64Array(256)
  const clear = 1 << codeBits
  const prefix = new Int16Array(mostCodes)
  const suffix = new Uint8Array(mostCodes)
  let next = clear + 2
  let bits = codeBits + 1
  let before = -1
  let first = 0
  let buffered = 0
  let held = 0
  let left = dots
  const firstOf = (code: number): number => {
    let at = code
    while (at > clear) at = prefix[at] ?? 0
    return at
  }
  for (let at = 0; left > 0; ) {
    while (held < bits) {
      if (at >= data.length) return null
      buffered |= (data[at++] ?? 0) << held
      held += 8
    }
    const code = buffered & ((1 << bits) - 1)
    buffered >>>= bits
    held -= bits
    if (code === clear) {
      next = clear + 2
      bits = codeBits + 1
      before = -1
      continue
    }
    if (code === clear + 1 || code > next || (code === next && before === -1)) return null
    if (before !== -1 && next < mostCodes) {
      first = firstOf(code === next ? before : code)
      prefix[next] = before
      suffix[next] = first
      next += 1
      if (next === 1 << bits && bits < 12) bits += 1
    } else if (code >= next) return null
    for (let each = code; left > 0; each = prefix[each] ?? 0) {
      left -= 1
      const colour = each < clear ? each : (suffix[each] ?? 0)
      counts[colour] = (counts[colour] ?? 0) + 1
      if (each < clear) break
    }
    before = code
  }
  return counts
}

/**
 * The dots of a GIF's first frame that can let its ground through, counted; null for one that cannot, that is broken, or that has more
 * than `mostDots`. Throws for what is cut off, as `DataView` does.
 */
export function tallyOfGif(bytes: Uint8Array, mostDots: number): Tally | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const whole = view.getUint16(6, true) * view.getUint16(8, true)
  if (whole > mostDots) return null
  const tableAt = (at: number, flags: number): Uint8Array | null =>
    (flags & 0x80) === 0 ? null : bytes.subarray(at, at + 3 * (2 << (flags & 7)))
  const shared = tableAt(13, view.getUint8(10))
  let clear = -1
  for (let at = 13 + (shared?.length ?? 0); ; ) {
    const kind = view.getUint8(at)
    if (kind === 0x21) {
      // §23: whether one colour of the next frame is clear, and which.
      if (view.getUint8(at + 1) === 0xf9 && (view.getUint8(at + 3) & 1) === 1) clear = view.getUint8(at + 6)
      const blocks = subBlocks(bytes, at + 2)
      if (blocks === null) return null
      at = blocks.end
      continue
    }
    if (kind !== 0x2c || clear === -1) return null
    const dots = view.getUint16(at + 5, true) * view.getUint16(at + 7, true)
    const own = tableAt(at + 10, view.getUint8(at + 9))
    const table = own ?? shared
    const dataAt = at + 10 + (own?.length ?? 0)
    const codeBits = view.getUint8(dataAt)
    const blocks = subBlocks(bytes, dataAt + 1)
    if (table === null || blocks === null || dots > whole || codeBits < 2 || codeBits > 8) return null
    const counts = countColours(blocks.data, codeBits, dots)
    if (counts === null) return null
    const tally = emptyTally()
    // Around a frame that is smaller than the picture nothing is drawn.
    tally.dots = whole
    for (const [colour, count] of counts.entries()) {
      if (colour === clear || count === 0) continue
      tally.drawn += 255 * count
      const [red = 0, green = 0, blue = 0] = table.subarray(3 * colour, 3 * colour + 3)
      if (isDarkDot(red, green, blue)) tally.dark += 255 * count
    }
    return tally
  }
}
