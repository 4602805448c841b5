import { inflateSync } from 'node:zlib'
import { countDot, emptyTally, type Tally } from './tally'

/** Compressed bytes and pieces of one picture; logos are far below. */
const mostPacked = 1_000_000
const mostChunks = 2_000

type Header = Readonly<{ width: number; height: number; depth: number; kind: number; isInterlaced: boolean }>

/** Kinds of colour (PNG, third edition, §11.2.1): samples of a dot. */
const samplesOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const palettes = 3

/** Adam7 (§8.1): first column and row, and steps, of each pass. */
const passes: readonly (readonly [column: number, row: number, across: number, down: number])[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
]
const onePass: typeof passes = [[0, 0, 1, 1]]

function headerOf(view: DataView): Header | null {
  const depth = view.getUint8(24)
  const kind = view.getUint8(25)
  const samples = samplesOf[kind]
  if (samples === undefined || ![1, 2, 4, 8, 16].includes(depth)) return null
  return {
    width: view.getUint32(16),
    height: view.getUint32(20),
    depth,
    kind,
    isInterlaced: view.getUint8(28) === 1,
  }
}

type Chunks = Readonly<{ packed: Buffer; palette: Uint8Array; clear: Uint8Array | null }>

/** What of the chunks is needed; null where there is too much of it. */
function chunksOf(bytes: Uint8Array, view: DataView): Chunks | null {
  const packed: Uint8Array[] = []
  let length = 0
  let palette: Uint8Array = new Uint8Array()
  let clear: Uint8Array | null = null
  for (let at = 8, count = 0; at + 12 <= bytes.length; count++) {
    const size = view.getUint32(at)
    const name = view.getUint32(at + 4)
    const data = bytes.subarray(at + 8, at + 8 + size)
    if (name === 0x49444154) {
      packed.push(data)
      length += size
    } else if (name === 0x504c5445) palette = data
    else if (name === 0x74524e53) clear = data
    else if (name === 0x49454e44) break
    if (length > mostPacked || count > mostChunks) return null
    at += 12 + size
  }
  return { packed: Buffer.concat(packed), palette, clear }
}

/** §9.4, Paeth: whichever of the three neighbours is nearest to left + up - corner. */
function paeth(left: number, up: number, corner: number): number {
  const byLeft = Math.abs(up - corner)
  const byUp = Math.abs(left - corner)
  const byCorner = Math.abs(left + up - 2 * corner)
  if (byLeft <= byUp && byLeft <= byCorner) return left
  return byUp <= byCorner ? up : corner
}

/** §9.2: the rows come as differences to what is left of and above each byte. `step`: bytes of a dot. */
function unfilter(row: Uint8Array, above: Uint8Array, filter: number, step: number): void {
  const of = (bytes: Uint8Array, at: number): number => (at < 0 ? 0 : (bytes[at] ?? 0))
  if (filter === 1) for (let at = step; at < row.length; at++) row[at] = of(row, at) + of(row, at - step)
  else if (filter === 2) for (let at = 0; at < row.length; at++) row[at] = of(row, at) + of(above, at)
  else if (filter === 3)
    for (let at = 0; at < row.length; at++)
      row[at] = of(row, at) + ((of(row, at - step) + of(above, at)) >> 1)
  else if (filter === 4)
    for (let at = 0; at < row.length; at++)
      row[at] = of(row, at) + paeth(of(row, at - step), of(above, at), of(above, at - step))
}

/** Counts the dots of one row. */
function rowCounter({ depth, kind }: Header, { palette, clear }: Chunks, tally: Tally) {
  const samples = samplesOf[kind] ?? 1
  const width = depth === 16 ? 2 : 1
  const most = 2 ** Math.min(depth, 8) - 1
  const scale = kind === palettes ? 1 : 255 / most
  // One colour that is clear (§11.3.1.1), in samples of 16 bits; of deep ones the upper half is compared.
  const clearSample = (index: number): number =>
    clear === null || kind === palettes || clear.length < 2 * samples
      ? -1
      : (((clear[2 * index] ?? 0) << 8) | (clear[2 * index + 1] ?? 0)) >> (depth === 16 ? 8 : 0)
  const clearColour = [clearSample(0), clearSample(1), clearSample(2)]
  const sampleAt = (row: Uint8Array, index: number): number => {
    if (depth >= 8) return row[index * width] ?? 0
    const bit = index * depth
    return ((row[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & most
  }
  return (row: Uint8Array, dots: number): void => {
    for (let dot = 0; dot < dots; dot++) {
      const at = dot * samples
      const first = sampleAt(row, at)
      if (kind === palettes) {
        const [red = 0, green = 0, blue = 0] = palette.subarray(3 * first, 3 * first + 3)
        countDot(tally, red, green, blue, clear?.[first] ?? 255)
      } else if (kind === 0 || kind === 4) {
        const grey = Math.round(first * scale)
        const alpha = kind === 4 ? sampleAt(row, at + 1) : first === clearColour[0] ? 0 : 255
        countDot(tally, grey, grey, grey, alpha)
      } else {
        const green = sampleAt(row, at + 1)
        const blue = sampleAt(row, at + 2)
        const isClear = first === clearColour[0] && green === clearColour[1] && blue === clearColour[2]
        countDot(tally, first, green, blue, kind === 6 ? sampleAt(row, at + 3) : isClear ? 0 : 255)
      }
    }
  }
}

/**
 * The dots of a PNG that can let its ground through, counted; null for one that cannot, that is broken, or that has more than
 * `mostDots`. Never unpacks more than these need. Throws for what is cut off, as `DataView` and zlib do.
 */
export function tallyOfPng(bytes: Uint8Array, mostDots: number): Tally | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const header = headerOf(view)
  if (header === null || header.width * header.height > mostDots) return null
  const chunks = chunksOf(bytes, view)
  if (chunks === null || (chunks.clear === null && header.kind !== 4 && header.kind !== 6)) return null
  const bits = (samplesOf[header.kind] ?? 1) * header.depth
  const sizes = (header.isInterlaced ? passes : onePass).map(([column, row, across, down]) => ({
    dots: Math.max(0, Math.ceil((header.width - column) / across)),
    rows: Math.max(0, Math.ceil((header.height - row) / down)),
  }))
  const rowBytes = (dots: number): number => Math.ceil((dots * bits) / 8)
  const needed = sizes.reduce(
    (sum, { dots, rows }) => sum + (dots === 0 ? 0 : rows * (1 + rowBytes(dots))),
    0,
  )
  const unpacked = inflateSync(chunks.packed, { maxOutputLength: Math.max(1, needed) })
  if (unpacked.length < needed) return null
  const tally = emptyTally()
  const countRow = rowCounter(header, chunks, tally)
  let at = 0
  for (const { dots, rows } of sizes) {
    if (dots === 0) continue
    let above = new Uint8Array(rowBytes(dots))
    for (let row = 0; row < rows; row++) {
      const filter = unpacked[at] ?? 0
      const bytesOfRow = unpacked.subarray(at + 1, at + 1 + above.length)
      unfilter(bytesOfRow, above, filter, Math.max(1, bits >> 3))
      countRow(bytesOfRow, dots)
      above = bytesOfRow
      at += 1 + above.length
    }
  }
  return tally
}
