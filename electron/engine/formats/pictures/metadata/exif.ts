import { reader, type Tells, UnreadableImage } from './cleaned'

/** What matters of an Exif block (Exif 2.32 §4.6, TIFF 6.0 §2): how to turn the picture, and whether it says where it was. */
export type ExifFacts = Tells & Readonly<{ orientation: number }>

const orientationTag = 0x0112
const gpsTag = 0x8825
const shortType = 3

/** Reads the first directory of a TIFF block. What cannot be read turns nothing, and may say anything. */
export function exifFacts(tiff: Uint8Array): ExifFacts {
  let orientation = 1
  let location = false
  try {
    const read = reader(tiff)
    const order = read.text(0, 2)
    if (order !== 'II' && order !== 'MM') throw new UnreadableImage('no TIFF')
    const little = order === 'II'
    const start = read.long(4, little)
    const count = read.short(start, little)
    for (let index = 0; index < count; index++) {
      const at = start + 2 + index * 12
      const tag = read.short(at, little)
      if (tag === gpsTag) location = true
      if (tag !== orientationTag || read.short(at + 2, little) !== shortType) continue
      const value = read.short(at + 8, little)
      if (value >= 1 && value <= 8) orientation = value
    }
  } catch (error) {
    if (!(error instanceof UnreadableImage)) throw error
  }
  return { orientation, location }
}

/** The smallest TIFF block that turns a picture: one directory with one entry, the same bytes on every machine. */
export const orientationBlock = (orientation: number): Uint8Array =>
  Uint8Array.of(
    ...[0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8],
    ...[0, 1, orientationTag >> 8, orientationTag & 255, 0, shortType, 0, 0, 0, 1, 0, orientation, 0, 0],
    ...[0, 0, 0, 0],
  )

/** XMP (ISO 16684-1) is text; a place stands there under the names of Exif. */
export const xmpTells = (xmp: Uint8Array): boolean => Buffer.from(xmp).includes('GPS')
