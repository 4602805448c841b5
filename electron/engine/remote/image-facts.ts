/** Images that are shown. No SVG: it is a document with scripts and links. */
type RemoteImageType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/avif'

/** What the bytes of an image say of themselves. */
export type ImageFacts = Readonly<{ type: RemoteImageType; width: number; height: number }>

/** Pixels a side, and pixels in all: decoding more could take the memory of the window. */
const maxSide = 10_000
const maxPixels = 40_000_000

/**
 * Type and size by the bytes, whatever the server claims. Null for every other format, for what is cut off before its
 * size, and for sizes no mail needs.
 */
export function imageFacts(bytes: Uint8Array): ImageFacts | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const facts = png(view) ?? jpeg(view) ?? gif(view) ?? webp(view) ?? avif(view)
    if (facts === null) return null
    const { width, height } = facts
    const isSane =
      width > 0 && height > 0 && width <= maxSide && height <= maxSide && width * height <= maxPixels
    return isSane ? facts : null
  } catch (error) {
    // Read beyond the end: the image is cut off.
    if (error instanceof RangeError) return null
    throw error
  }
}

const ascii = (view: DataView, offset: number, length: number): string =>
  offset + length > view.byteLength
    ? ''
    : String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + offset, length))

/** PNG (third edition) §5.2 and §11.2.1: IHDR comes first. */
function png(view: DataView): ImageFacts | null {
  if (ascii(view, 0, 8) !== '\x89PNG\r\n\x1a\n' || ascii(view, 12, 4) !== 'IHDR') return null
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
}

/** ITU-T T.81 §B.2.2: the frame header, behind any number of other segments. */
function jpeg(view: DataView): ImageFacts | null {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8 || view.getUint8(2) !== 0xff) return null
  let at = 2
  while (view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return { type: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    // The picture itself begins: no frame header came.
    if (marker === 0xda || marker === 0xd9) return null
    at += 2 + Math.max(2, view.getUint16(at + 2))
  }
  return null
}

/** GIF89a §18, the logical screen. */
function gif(view: DataView): ImageFacts | null {
  if (!/^GIF8[79]a$/.test(ascii(view, 0, 6))) return null
  return { type: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) }
}

/** RFC 9649 §2: lossy, lossless or extended. */
function webp(view: DataView): ImageFacts | null {
  if (ascii(view, 0, 4) !== 'RIFF' || ascii(view, 8, 4) !== 'WEBP') return null
  const type = 'image/webp'
  switch (ascii(view, 12, 4)) {
    case 'VP8 ':
      return { type, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    case 'VP8L': {
      const bits = view.getUint32(21, true)
      return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X': {
      const of24 = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536
      return { type, width: of24(24) + 1, height: of24(27) + 1 }
    }
    default:
      return null
  }
}

/** ISO/IEC 23008-12 §6.5.3: the largest `ispe` box of the first kilobytes, where the meta box stands. */
function avif(view: DataView): ImageFacts | null {
  if (!/^ftypavi[fs]$/.test(ascii(view, 4, 8))) return null
  const head = ascii(view, 0, Math.min(view.byteLength, 16_384))
  let width = 0
  let height = 0
  for (let at = head.indexOf('ispe'); at !== -1; at = head.indexOf('ispe', at + 4)) {
    width = Math.max(width, view.getUint32(at + 8))
    height = Math.max(height, view.getUint32(at + 12))
  }
  return width === 0 ? null : { type: 'image/avif', width, height }
}
