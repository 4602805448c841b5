import { isUtf8 } from 'node:buffer'

/** What the first bytes of a file are, as far as a warning depends on it. */
export type ContentKind = 'program' | 'image' | 'pdf' | 'zip' | 'markup' | 'unknown'

type Mark = readonly [beginning: RegExp | string, kind: ContentKind, extension: string]

/** Over the first bytes as Latin-1. The order matters: what is more exact comes first. */
const marks: readonly Mark[] = [
  [/^MZ/, 'program', 'exe'],
  [/^\x7fELF/, 'program', 'bin'],
  [/^#!\//, 'program', 'sh'],
  [/^(?:\xcf\xfa\xed\xfe|\xfe\xed\xfa)/, 'program', 'bin'],
  [/^\x89PNG/, 'image', 'png'],
  [/^\xff\xd8\xff/, 'image', 'jpg'],
  [/^GIF8/, 'image', 'gif'],
  [/^RIFF.{4}WEBP/s, 'image', 'webp'],
  [/^RIFF.{4}WAVE/s, 'image', 'wav'],
  [/^RIFF/, 'image', 'avi'],
  [/^.{4}ftyp(?:avif|avis)/s, 'image', 'avif'],
  [/^.{4}ftyp(?:heic|heix|mif1|msf1)/s, 'image', 'heic'],
  [/^.{4}ftypqt/s, 'image', 'mov'],
  [/^.{4}ftyp/s, 'image', 'mp4'],
  [/^BM.{4}\0\0/s, 'image', 'bmp'],
  [/^(?:II\*\0|MM\0\*)/, 'unknown', 'tif'],
  [/^%PDF/, 'pdf', 'pdf'],
  [/^%!PS/, 'unknown', 'ps'],
  ['PK\x03\x04', 'zip', 'zip'],
  ['\x1f\x8b', 'unknown', 'gz'],
  [/^BZh/, 'unknown', 'bz2'],
  [/^\xfd7zXZ/, 'unknown', 'xz'],
  [/^7z\xbc\xaf/, 'unknown', '7z'],
  [/^Rar!/, 'unknown', 'rar'],
  ['\xd0\xcf\x11\xe0', 'unknown', 'doc'],
  [/^\{\\rtf/, 'unknown', 'rtf'],
  [/^ID3/, 'unknown', 'mp3'],
  [/^OggS/, 'unknown', 'ogg'],
  [/^fLaC/, 'unknown', 'flac'],
  [/^-----BEGIN PGP/, 'unknown', 'asc'],
  [/^BEGIN:VCALENDAR/i, 'unknown', 'ics'],
  [/^BEGIN:VCARD/i, 'unknown', 'vcf'],
  [/^(?:\xef\xbb\xbf)?\s*<svg/i, 'markup', 'svg'],
  [/^(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|script)/i, 'markup', 'html'],
  [/^(?:\xef\xbb\xbf)?\s*<(?:!doctype|\?xml)/i, 'markup', 'xml'],
]

const markOf = (bytes: Buffer): Mark | undefined => {
  const text = bytes.toString('latin1', 0, 64)
  return marks.find(([beginning]) =>
    typeof beginning === 'string' ? text.startsWith(beginning) : beginning.test(text),
  )
}

/** What the first bytes say (16 are enough; may be empty). */
export function kindOfContent(bytes: Buffer): ContentKind {
  return markOf(bytes)?.[1] ?? 'unknown'
}

/** Pictures that the reader shows in place; others are files. */
export function isShownPicture(bytes: Buffer): boolean {
  const [, kind, extension = ''] = markOf(bytes) ?? []
  return kind === 'image' && /^(?:png|jpg|gif|webp|avif)$/.test(extension)
}

/** The extension that fits the first bytes (some hundred): of a known format, `txt` for readable text, else `dat`. */
export function extensionOfContent(bytes: Buffer): string {
  const mark = markOf(bytes)
  if (mark !== undefined) return mark[2]
  return bytes.length > 0 && isReadable(bytes) ? 'txt' : 'dat'
}

/** Text in UTF-8 (a character may be cut at the end) without control characters. */
function isReadable(bytes: Buffer): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells a file from a text.
  if (/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f]/.test(bytes.toString('latin1'))) return false
  return [0, 1, 2, 3].some(cut => bytes.length > cut && isUtf8(bytes.subarray(0, bytes.length - cut)))
}
