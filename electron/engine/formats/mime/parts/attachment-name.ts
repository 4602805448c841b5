import { mimes } from 'mrmime'
import { limits } from '../../../ports/limits'
import { cleanLine, cut } from '../text/clean-text'
import { extensionOfContent } from './content-kind'

/** Names that Windows gives to devices, with any extension. */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i

/** Of a name, this much is looked at; a message may hold thousands of parts, each with a name made to be slow. */
const readCharacters = 1000

/** Without dots and white space at the end. A loop, because `/[.\s]+$/` takes quadratic time on a name full of dots. */
function withoutEnd(name: string): string {
  let end = name.length
  while (end > 0 && /[.\s]/.test(name.charAt(end - 1))) end -= 1
  return name.slice(0, end)
}

/**
 * A file name that is safe to write on every system: last path segment only, no control, bidi or reserved
 * characters, no leading or trailing dots and spaces, no leading hyphen (a shell's `*` would make an option of it), no
 * device names, at most 150 characters and 200 bytes of UTF-8 with the extension kept. Empty when nothing is left.
 */
export function cleanFileName(name: string): string {
  const flat = cleanLine(name.slice(0, readCharacters), readCharacters)
  const segment = flat.slice(Math.max(flat.lastIndexOf('/'), flat.lastIndexOf('\\')) + 1)
  let clean = withoutEnd(segment.replace(/[<>:"|?*]/g, '_').replace(/^[.\s]+/, '')).replace(/^-/, '_')
  if (reserved.test(clean)) clean = `_${clean}`
  const extension = extensionOf(clean)
  const kept = extension === '' || extension.length > 20 ? '' : `.${extension}`
  for (let most = limits.attachmentNameCharacters; most > kept.length; most -= 10) {
    if (clean.length > most) clean = withoutEnd(cut(clean, most - kept.length)) + kept
    if (Buffer.byteLength(clean) <= nameBytes) break
  }
  return clean
}

/** File systems take 255 bytes; the rest is for ` (12)` and whatever a program adds. */
const nameBytes = 200

/** Part of a name behind its last dot; empty when there is none. Case is kept. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? '' : name.slice(dot + 1)
}

/** Where the first extension that `mrmime` has for a type is not the one people know. */
const usual: Readonly<Record<string, string>> = {
  'text/plain': 'txt',
  'text/html': 'html',
  'text/calendar': 'ics',
  'text/csv': 'csv',
  'text/vcard': 'vcf',
  'text/x-vcard': 'vcf',
  'text/directory': 'vcf',
  'text/markdown': 'md',
  'text/rfc822-headers': 'txt',
  'text/x-patch': 'patch',
  'text/x-diff': 'diff',
  'message/rfc822': 'eml',
  'message/global': 'eml',
  'application/gzip': 'gz',
  'application/pgp-encrypted': 'asc',
  'application/pgp-signature': 'asc',
  'application/pgp-keys': 'asc',
  'application/pkcs7-signature': 'p7s',
  'application/x-pkcs7-signature': 'p7s',
  'application/pkcs7-mime': 'p7m',
  'application/x-pkcs7-mime': 'p7m',
  'application/ms-tnef': 'dat',
  'application/vnd.ms-tnef': 'dat',
  'image/jpeg': 'jpg',
  'image/jpg': 'jpg',
  'image/pjpeg': 'jpg',
  'image/tiff': 'tif',
  'image/bmp': 'bmp',
  'audio/mpeg': 'mp3',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
}

const byType: ReadonlyMap<string, string> = new Map([
  ...Object.entries(mimes)
    .reverse()
    .map(([extension, type]) => [type, extension] as const),
  ...Object.entries(usual),
])

/** Types that say no more than "bytes". */
const generic =
  /^application\/(?:octet-stream|binary|x-binary|unknown|x-unknown|x-download|force-download|x-force-download|download)$/

/**
 * A name for a part that has none: `attachment-2-1.png`. Its type says what it is; where that says nothing, its first
 * bytes do (a few hundred are enough).
 */
export function nameForPart(partId: string, contentType: string, firstBytes: Buffer): string {
  const declared = generic.test(contentType) ? undefined : byType.get(contentType)
  const byKind = contentType.startsWith('text/') || contentType.startsWith('message/') ? 'txt' : undefined
  return `attachment-${partId.replaceAll('.', '-')}.${declared ?? byKind ?? extensionOfContent(firstBytes)}`
}
