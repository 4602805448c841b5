import { tallyOfGif } from './gif-tally'
import { tallyOfPng } from './png-tally'
import type { Tally } from './tally'

/** Dots of one picture that are looked at, and of all pictures of one body: each is unpacked while somebody waits. */
const mostDots = 250_000
const mostDotsInAll = 600_000
const mostPictures = 40
/** Larger ones are photos. */
const mostBytes = 300_000

/** Of the area, at least this share lets the ground through … */
const leastClear = 0.1
/** … and this share does not: else there is nothing to see. */
const leastDrawn = 0.003
/** Of what is drawn, this share is dark. */
const mostlyDark = 0.7

const isDark = ({ dots, drawn, dark }: Tally): boolean => {
  const share = dots === 0 ? 0 : drawn / (255 * dots)
  return share >= leastDrawn && share <= 1 - leastClear && dark >= drawn * mostlyDark
}

const dotsOf = (bytes: Uint8Array): { kind: 'png' | 'gif'; dots: number } | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 30 || bytes.length > mostBytes) return null
  if (view.getUint32(0) === 0x89504e47) return { kind: 'png', dots: view.getUint32(16) * view.getUint32(20) }
  if (view.getUint32(0) === 0x47494638)
    return { kind: 'gif', dots: view.getUint16(6, true) * view.getUint16(8, true) }
  return null
}

/**
 * Says of the pictures of one body which are dark shapes on transparent ground: a logo that was made for white paper and is hardly
 * seen on dark one. Only what is cheap is looked at: small PNG and GIF; of JPEG, WebP, AVIF, of broken pictures and of large ones it
 * says no. What was looked at is counted, and behind the bound it says no as well.
 */
export function createDarkShapes(): (bytes: Uint8Array) => boolean {
  let pictures = 0
  let left = mostDotsInAll
  return bytes => {
    const found = dotsOf(bytes)
    if (found === null || found.dots === 0 || found.dots > Math.min(mostDots, left)) return false
    if (pictures++ >= mostPictures) return false
    left -= found.dots
    try {
      const tally = (found.kind === 'png' ? tallyOfPng : tallyOfGif)(bytes, mostDots)
      return tally !== null && isDark(tally)
    } catch {
      // Cut off or damaged: a browser draws at most a part of it.
      return false
    }
  }
}
