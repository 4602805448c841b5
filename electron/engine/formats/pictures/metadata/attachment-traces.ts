import type { AttachmentTraces } from '../../../../../shared/features/writing/model'
import { extensionOf } from '../../mime/parts/attachment-name'
import { cleanGif } from './clean-gif'
import { cleanJpeg } from './clean-jpeg'
import { cleanPng } from './clean-png'
import { cleanWebp } from './clean-webp'
import { type Cleaned, UnreadableImage } from './cleaned'

/** By their first bytes, whatever name and type say: a photo does not lose its place by being called `.dat`. */
const cleaners: readonly { starts: string; at?: number; clean: (bytes: Uint8Array) => Cleaned }[] = [
  { starts: '\xff\xd8\xff', clean: cleanJpeg },
  { starts: '\x89PNG\r\n\x1a\n', clean: cleanPng },
  { starts: 'WEBP', at: 8, clean: cleanWebp },
  { starts: 'GIF8', clean: cleanGif },
]

/** Pictures, recordings and raw photos that can hold place, time and device and are not understood well enough here to be cleaned. */
const opaque: readonly { starts: string; at?: number }[] = [
  // ISO base media (ISO/IEC 14496-12): HEIC, AVIF, MP4, MOV, M4A, 3GP, CR3.
  { starts: 'ftyp', at: 4 },
  // TIFF and the raw formats built on it.
  { starts: 'II*\0' },
  { starts: 'MM\0*' },
  { starts: 'IIU\0' },
  { starts: 'IIRO' },
  { starts: 'FUJIFILM' },
  // JPEG XL, bare and boxed; JPEG 2000.
  { starts: '\xff\x0a' },
  { starts: '\0\0\0\x0cJXL ' },
  { starts: '\0\0\0\x0cjP  ' },
  { starts: '8BPS' },
  // Matroska, AVI and WAV, Ogg, FLAC, ID3.
  { starts: '\x1a\x45\xdf\xa3' },
  { starts: 'RIFF' },
  { starts: 'OggS' },
  { starts: 'fLaC' },
  { starts: 'ID3' },
]

/** Documents that name who wrote them, with which program, and often when and where. */
const documents = new Set(
  (
    'pdf doc docx docm dot dotx xls xlsx xlsm ppt pptx pptm odt ods odp odg ott rtf pages numbers key ' +
    'epub svg psd ai indd xcf'
  ).split(' '),
)

const nothing: AttachmentTraces = { kind: 'none', removableBytes: 0, location: false }

/** What a file tells beyond what it shows. `fileName` matters only where the bytes do not say what they are. */
export function attachmentTraces(bytes: Uint8Array, fileName: string): AttachmentTraces {
  const cleaned = clean(bytes)
  if (cleaned === 'unreadable') return { ...nothing, kind: 'opaque' }
  if (cleaned !== null)
    return {
      kind: 'image',
      removableBytes: Math.max(0, bytes.length - cleaned.bytes.length),
      location: cleaned.tells.location,
    }
  if (opaque.some(({ starts, at }) => begins(bytes, starts, at))) return { ...nothing, kind: 'opaque' }
  const isDocument = begins(bytes, '%PDF') || documents.has(extensionOf(fileName).toLowerCase())
  return isDocument ? { ...nothing, kind: 'document' } : nothing
}

/**
 * The bytes without hidden data where they are an image that can be cleaned, otherwise as they are. Nothing that is shown
 * changes. Never throws.
 */
export function withoutTraces(bytes: Uint8Array): Uint8Array {
  const cleaned = clean(bytes)
  return cleaned === null || cleaned === 'unreadable' ? bytes : cleaned.bytes
}

/** Null for what is no image of a known kind. */
function clean(bytes: Uint8Array): Cleaned | 'unreadable' | null {
  const cleaner = cleaners.find(({ starts, at }) => begins(bytes, starts, at))
  if (!cleaner) return null
  try {
    return cleaner.clean(bytes)
  } catch (error) {
    if (error instanceof UnreadableImage) return 'unreadable'
    throw error
  }
}

const begins = (bytes: Uint8Array, starts: string, at = 0): boolean =>
  bytes.length >= at + starts.length &&
  Buffer.from(bytes.buffer, bytes.byteOffset + at, starts.length).toString('latin1') === starts
