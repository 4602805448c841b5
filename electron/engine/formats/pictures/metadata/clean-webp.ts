import { limits } from '../../../ports/limits'
import { type Cleaned, Kept, reader, UnreadableImage } from './cleaned'
import { exifFacts, orientationBlock, xmpTells } from './exif'

/** Chunks that say how to draw (RFC 9649 §2.7); everything else is for notes. */
const picture: ReadonlySet<string> = new Set(['VP8 ', 'VP8L', 'VP8X', 'ANIM', 'ANMF', 'ALPH', 'ICCP'])
const framePicture: ReadonlySet<string> = new Set(['VP8 ', 'VP8L', 'ALPH'])

/** §2.7.1: bits of the extended header. */
const exifFlag = 0x08
const xmpFlag = 0x04

type Chunk = Readonly<{ type: string; body: Uint8Array }>

/**
 * A WebP without Exif, XMP, unknown chunks and whatever follows its end. A turned picture stays turned.
 * Throws `UnreadableImage`.
 */
export function cleanWebp(bytes: Uint8Array): Cleaned {
  const read = reader(bytes)
  if (read.text(0, 4) !== 'RIFF' || read.text(8, 4) !== 'WEBP') throw new UnreadableImage('no start')
  const chunks = chunksOf(read.slice(12, 8 + read.long(4, true)))
  if (!chunks.some(({ type }) => picture.has(type))) throw new UnreadableImage('no picture')
  const exif = chunks.find(({ type }) => type === 'EXIF')
  const facts = exif ? exifFacts(withoutName(exif.body)) : { orientation: 1, location: false }
  const isExtended = chunks[0]?.type === 'VP8X'
  const isTurned = isExtended && facts.orientation !== 1
  const kept = new Kept()
  for (const chunk of chunks) {
    if (!picture.has(chunk.type)) continue
    if (chunk.type === 'VP8X') kept.add(chunkOf('VP8X', extendedHeader(chunk.body, isTurned)))
    else if (chunk.type === 'ANMF') kept.add(chunkOf('ANMF', frame(chunk.body)))
    else kept.add(chunkOf(chunk.type, chunk.body))
  }
  if (isTurned) kept.add(chunkOf('EXIF', orientationBlock(facts.orientation)))
  const start = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  start.writeUInt32LE(kept.sizeBytes + 4, 4)
  return {
    bytes: Buffer.concat([start, kept.bytes()]),
    tells: {
      location: facts.location || chunks.some(({ type, body }) => type === 'XMP ' && xmpTells(body)),
    },
  }
}

function chunksOf(bytes: Uint8Array): Chunk[] {
  const read = reader(bytes)
  const chunks: Chunk[] = []
  for (let at = 0; at < bytes.length; ) {
    const type = read.text(at, 4)
    const length = read.long(at + 4, true)
    if (chunks.length === limits.imagePieces) throw new UnreadableImage('too many chunks')
    chunks.push({ type, body: read.slice(at + 8, at + 8 + length) })
    // §2.3: chunks have an even size; some writers leave the last byte away.
    at += 8 + length + (length & 1)
  }
  return chunks
}

function chunkOf(type: string, body: Uint8Array): Uint8Array {
  const chunk = Buffer.alloc(8 + body.length + (body.length & 1))
  chunk.write(type, 0, 'latin1')
  chunk.writeUInt32LE(body.length, 4)
  chunk.set(body, 8)
  return chunk
}

function extendedHeader(body: Uint8Array, isTurned: boolean): Uint8Array {
  if (body.length < 10) throw new UnreadableImage('short header')
  const header = Uint8Array.from(body.subarray(0, 10))
  header[0] = ((header[0] ?? 0) & ~(exifFlag | xmpFlag)) | (isTurned ? exifFlag : 0)
  return header
}

/** One picture of an animation: sixteen bytes of place and time, then chunks (§2.7.1.2). */
function frame(body: Uint8Array): Uint8Array {
  if (body.length < 16) throw new UnreadableImage('short frame')
  const parts = chunksOf(body.subarray(16)).filter(({ type }) => framePicture.has(type))
  return Buffer.concat([body.subarray(0, 16), ...parts.map(({ type, body: part }) => chunkOf(type, part))])
}

/** Some writers put the name in front that JPEG has. */
const withoutName = (body: Uint8Array): Uint8Array =>
  Buffer.from(body.subarray(0, 6)).toString('latin1') === 'Exif\0\0' ? body.subarray(6) : body
