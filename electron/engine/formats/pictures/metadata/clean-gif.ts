import { type Cleaned, Kept, reader, UnreadableImage } from './cleaned'

const block = { image: 0x2c, extension: 0x21, end: 0x3b } as const
const graphicControl = 0xf9
const application = 0xff

/**
 * A GIF without comments, texts beside the picture, programs' own extensions and whatever follows its end (GIF89a §§20
 * to 27). How often an animation repeats stays. Throws `UnreadableImage`.
 */
export function cleanGif(bytes: Uint8Array): Cleaned {
  const read = reader(bytes)
  if (!/^GIF8[79]a$/.test(read.text(0, 6))) throw new UnreadableImage('no start')
  const kept = new Kept()
  let location = false
  let at = 13 + tableSize(read.byte(10))
  kept.add(read.slice(0, at))
  for (;;) {
    const kind = read.byte(at)
    if (kind === block.end) break
    if (kind === block.image) {
      const data = at + 10 + tableSize(read.byte(at + 9))
      const end = endOfSubBlocks(read, data + 1)
      kept.add(read.slice(at, end))
      at = end
    } else if (kind === block.extension) {
      const end = endOfSubBlocks(read, at + 2)
      const extension = read.slice(at, end)
      if (extension[1] === graphicControl) kept.add(extension)
      else if (extension[1] === application) {
        const loop = repeat(extension)
        if (loop) kept.add(loop)
        else location ||= Buffer.from(extension).includes('GPS')
      }
      at = end
    } else throw new UnreadableImage('unknown block')
  }
  kept.add(Uint8Array.of(block.end))
  return { bytes: kept.bytes(), tells: { location } }
}

/** Bytes of a colour table, by the packed field that announces it (§18). */
const tableSize = (packed: number): number => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0)

function endOfSubBlocks(read: ReturnType<typeof reader>, start: number): number {
  let at = start
  for (let size = read.byte(at); size !== 0; size = read.byte(at)) at += size + 1
  return at + 1
}

/** Netscape's extension, cut to the one sub-block that counts repeats; null for any other. */
function repeat(extension: Uint8Array): Uint8Array | null {
  const name = Buffer.from(extension.subarray(3, 14)).toString('latin1')
  const isLoop = extension[2] === 11 && (name === 'NETSCAPE2.0' || name === 'ANIMEXTS1.0')
  if (!isLoop || extension[14] !== 3 || extension[15] !== 1) return null
  return Uint8Array.of(...extension.subarray(0, 18), 0)
}
