import type { ContactPhoto } from '../../../../../shared/features/contacts/model'
import { type Card, encodingOf, propertiesOf } from '../card'
import { valueText } from '../property-value'

/** Larger ones are kept and not shown. */
const mostBase64 = 8_000_000

const signatures: readonly (readonly [ContactPhoto['type'], readonly string[]])[] = [
  ['image/jpeg', ['\xff\xd8\xff']],
  ['image/png', ['\x89PNG\r\n\x1a\n']],
  ['image/gif', ['GIF87a', 'GIF89a']],
]

/** What bytes are, by how they begin. */
function typeOf(start: string): ContactPhoto['type'] | undefined {
  if (start.startsWith('RIFF') && start.startsWith('WEBP', 8)) return 'image/webp'
  return signatures.find(([, begins]) => begins.some(each => start.startsWith(each)))?.[0]
}

/** What a picture is, by its bytes; undefined for what is none that a card can hold. */
export const pictureType = (bytes: Uint8Array): ContactPhoto['type'] | undefined =>
  typeOf(Buffer.from(bytes.subarray(0, 16)).toString('latin1'))

/**
 * The picture that is inside a card, whatever spelling it has: `ENCODING=b` and BASE64, a data URI, raw base64 that calls itself
 * a URI, "DATA:IMAGE/JPEG;BASE64\," with escapes. The bytes say what it is, never its TYPE; what is no picture is none.
 * `hasRemote`: it points elsewhere, where nothing is ever fetched.
 */
export function photoOf(card: Card): { photo: ContactPhoto | null; hasRemote: boolean } {
  let hasRemote = false
  for (const { line } of propertiesOf(card, 'PHOTO')) {
    const text = encodingOf(line) === 'base64' ? line.value : valueText(line)
    const photo = pictureIn(text)
    if (photo !== null) return { photo, hasRemote: false }
    hasRemote ||= /^\s*(?:https?|ftp|cid|file):/i.test(text)
  }
  return { photo: null, hasRemote }
}

function pictureIn(text: string): ContactPhoto | null {
  if (text.length > mostBase64 * 1.1) return null
  const data = /^\s*data:[^,]{0,200},/i.exec(text.slice(0, 300))
  const base64 = text.slice(data?.[0].length ?? 0).replace(/[\s\\]/g, '')
  if (base64.length < 16 || base64.length > mostBase64 || !/^[A-Za-z0-9+/_-]+=*$/.test(base64)) return null
  const bytes = Buffer.from(base64, 'base64')
  const start = bytes.subarray(0, 16).toString('latin1')
  const type = typeOf(start)
  return type === undefined ? null : { type, base64: bytes.toString('base64') }
}
