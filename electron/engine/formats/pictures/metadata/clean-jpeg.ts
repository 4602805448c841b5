import { type Cleaned, Kept, reader, UnreadableImage } from './cleaned'
import { exifFacts, orientationBlock, xmpTells } from './exif'

const marker = { start: 0xd8, end: 0xd9, scan: 0xda, comment: 0xfe, app0: 0xe0, app15: 0xef } as const

/** Markers without a length (ITU-T T.81 table B.1): restarts and TEM. */
const standsAlone = (code: number) => (code >= 0xd0 && code <= 0xd7) || code === 0x01

/** Segments that decoding needs: frames and tables (T.81 §B.2), except JPEG extensions that nobody writes. */
const isPicture = (code: number) => (code >= 0xc0 && code <= 0xcf) || (code >= 0xda && code <= 0xdf)

const exifName = 'Exif\0\0'

/**
 * A JPEG without Exif, XMP, IPTC, comments, makers' own segments, previews and whatever follows its end. The picture
 * itself is copied byte for byte; colour profile and Adobe's colour transform stay, and a turned picture stays turned.
 * Throws `UnreadableImage`.
 */
export function cleanJpeg(bytes: Uint8Array): Cleaned {
  const read = reader(bytes)
  const before = new Kept()
  const after = new Kept()
  let orientation: number | null = null
  let location = false
  let scans = 0
  if (read.short(0) !== 0xffd8) throw new UnreadableImage('no start')
  before.add(bytes.subarray(0, 2))
  for (let at = 2; ; ) {
    if (read.byte(at) !== 0xff) throw new UnreadableImage('no marker')
    // T.81 §B.1.1.2: any number of fill bytes may stand before a marker.
    while (read.byte(at + 1) === 0xff) at += 1
    const code = read.byte(at + 1)
    if (code === marker.end) break
    if (standsAlone(code)) {
      at += 2
      continue
    }
    const end = at + 2 + read.short(at + 2)
    if (end < at + 4) throw new UnreadableImage('no length')
    const segment = read.slice(at, end)
    const body = segment.subarray(4)
    if (code === marker.scan) {
      scans += 1
      const next = endOfScan(bytes, end)
      after.add(bytes.subarray(at, next))
      // Some cameras forget the end; the picture is whole all the same.
      if (next === bytes.length) break
      at = next
      continue
    }
    at = end
    if (isPicture(code)) after.add(segment)
    else if (isNamed(body, 'JFIF\0') && code === marker.app0) before.add(jfif(body))
    else if (isNamed(body, 'ICC_PROFILE\0') && code === 0xe2) after.add(segment)
    else if (isNamed(body, 'Adobe') && code === 0xee && body.length >= 12) after.add(adobe(body))
    else if (isNamed(body, exifName) && code === 0xe1) {
      const facts = exifFacts(body.subarray(exifName.length))
      orientation ??= facts.orientation
      location ||= facts.location
    } else if (code === 0xe1) location ||= xmpTells(body)
    else if (code !== marker.comment && (code < marker.app0 || code > marker.app15))
      throw new UnreadableImage('unknown segment')
  }
  if (scans === 0) throw new UnreadableImage('no picture')
  if (orientation !== null && orientation !== 1) before.add(exifSegment(orientation))
  after.add(Uint8Array.of(0xff, marker.end))
  return { bytes: Buffer.concat([before.bytes(), after.bytes()]), tells: { location } }
}

/** Behind the coded data of a scan: the next marker that is neither a stuffed byte nor a restart (T.81 §B.1.1.5). */
function endOfScan(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const code = bytes[at + 1]
    if (code === undefined) break
    if (code !== 0 && code !== 0xff && !standsAlone(code)) return at
  }
  return bytes.length
}

const isNamed = (body: Uint8Array, name: string): boolean =>
  Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, name.length)).toString('latin1') === name

const segmentOf = (code: number, body: Uint8Array): Uint8Array =>
  Uint8Array.of(0xff, code, (body.length + 2) >> 8, (body.length + 2) & 255, ...body)

/** JFIF (ITU-T T.871) without its preview: version and density only. */
function jfif(body: Uint8Array): Uint8Array {
  if (body.length < 14) throw new UnreadableImage('short JFIF')
  return segmentOf(marker.app0, Uint8Array.of(...body.subarray(0, 12), 0, 0))
}

/** Twelve bytes say how colours are stored; what else stands there is nothing to a decoder. */
const adobe = (body: Uint8Array): Uint8Array => segmentOf(0xee, body.subarray(0, 12))

const exifSegment = (orientation: number): Uint8Array =>
  segmentOf(0xe1, Uint8Array.of(...Buffer.from(exifName, 'latin1'), ...orientationBlock(orientation)))
