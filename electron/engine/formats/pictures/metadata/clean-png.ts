import { type Cleaned, Kept, reader, UnreadableImage } from './cleaned'
import { exifFacts, orientationBlock, xmpTells } from './exif'

/** Chunks that say how to draw (PNG third edition §11.2, §11.3.1 to §11.3.3, animation §11.3.6); none of them holds text of its own. */
const kept: ReadonlySet<string> = new Set(
  (
    'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST pHYs cICP mDCV cLLI mDCv cLLi ' +
    'acTL fcTL fdAT'
  ).split(' '),
)

/** §5.2. */
const signature = '\x89PNG\r\n\x1a\n'

/**
 * A PNG without texts, times, Exif, private chunks and whatever follows its end. A turned picture stays turned.
 * Throws `UnreadableImage`.
 */
export function cleanPng(bytes: Uint8Array): Cleaned {
  const read = reader(bytes)
  const before = new Kept()
  const after = new Kept()
  let orientation = 1
  let location = false
  if (read.text(0, 8) !== signature || read.text(12, 4) !== 'IHDR') throw new UnreadableImage('no start')
  before.add(bytes.subarray(0, 8))
  for (let at = 8, type = ''; type !== 'IEND'; ) {
    const length = read.long(at)
    type = read.text(at + 4, 4)
    const chunk = read.slice(at, at + 12 + length)
    const body = chunk.subarray(8, 8 + length)
    at += chunk.length
    if (kept.has(type)) (type === 'IHDR' ? before : after).add(chunk)
    // §5.4: an upper-case first letter means that nobody can draw the picture without it.
    else if (!/^[a-z][A-Za-z]{3}$/.test(type)) throw new UnreadableImage('unknown chunk')
    else if (type === 'eXIf') {
      const facts = exifFacts(body)
      orientation = facts.orientation
      location ||= facts.location
    } else if (type.endsWith('Xt')) location ||= xmpTells(body)
  }
  if (orientation !== 1) before.add(chunkOf('eXIf', orientationBlock(orientation)))
  return { bytes: Buffer.concat([before.bytes(), after.bytes()]), tells: { location } }
}

function chunkOf(type: string, body: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const chunk = Buffer.alloc(named.length + 8)
  chunk.writeUInt32BE(body.length, 0)
  chunk.set(named, 4)
  chunk.writeUInt32BE(crc32(named), named.length + 4)
  return chunk
}

/** Annex D. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return ~crc >>> 0
}
