import type { Protection } from '../../ports/inbox-encryption'
import { asBuffer } from '../as-buffer'
import { type MimePart, splitMessage } from '../mime/split'
import { decodeTransfer } from '../mime/transfer'

const armorStart = '-----BEGIN PGP MESSAGE-----'
const armorEnd = '-----END PGP MESSAGE-----'
/** What stands before or after inline armor in a whole encrypted message: nothing but white space. */
const wholeInline = new RegExp(`^\\s*${armorStart}[^]*${armorEnd}\\s*$`)

/**
 * Whether a message is encrypted as a whole, judged by what it is and never by what it says of itself: a message that
 * only claims to be encrypted, or is so in part, counts as clear.
 */
export function protectionOf(bytes: Uint8Array): Protection | null {
  const raw = asBuffer(bytes)
  const { root } = splitMessage(raw)
  if (encryptedPart(raw, root)) return 'pgp-mime'
  if (isEnveloped(raw, root)) return 'smime'
  if (root.children.length === 0 && root.type.value === 'text/plain') {
    const text = content(raw, root).toString('latin1')
    if (text.includes(armorStart) && wholeInline.test(text)) return 'pgp-inline'
  }
  return null
}

/**
 * The part with the OpenPGP message of a PGP/MIME message (RFC 3156 §4), also when a server on the way (Exchange) turned
 * multipart/encrypted into multipart/mixed. Null when there is no such part, or anything readable beside it.
 */
export function encryptedPart(raw: Buffer, root: MimePart): Buffer | null {
  if (!['multipart/encrypted', 'multipart/mixed'].includes(root.type.value)) return null
  // Exchange puts an empty text part in front.
  const parts = root.children.filter(part => !(part.type.value === 'text/plain' && isBlank(raw, part)))
  const [control, payload, ...more] = parts
  if (control?.type.value !== 'application/pgp-encrypted' || !payload || more.length > 0) return null
  if (payload.children.length > 0) return null
  const bytes = content(raw, payload)
  return isOpenpgpMessage(bytes) ? bytes : null
}

function isBlank(raw: Buffer, part: MimePart): boolean {
  return part.end - part.bodyStart < 1_000 && content(raw, part).toString('latin1').trim() === ''
}

function content(raw: Buffer, part: MimePart): Buffer {
  return decodeTransfer(raw.subarray(part.bodyStart, part.end), part.encoding)
}

/** Armor with nothing around it, or a packet that begins an encrypted message (RFC 9580 §4.2, tags 1, 3, 18, 20). */
function isOpenpgpMessage(bytes: Buffer): boolean {
  const first = bytes[0] ?? 0
  if ((first & 0x80) !== 0) {
    const tag = (first & 0x40) !== 0 ? first & 0x3f : (first >> 2) & 0x0f
    return tag === 1 || tag === 3 || tag === 18 || tag === 20
  }
  return (
    bytes.subarray(0, 200).toString('latin1').trimStart().startsWith(armorStart) &&
    bytes
      .subarray(Math.max(0, bytes.length - 200))
      .toString('latin1')
      .trimEnd()
      .endsWith(armorEnd)
  )
}

/** S/MIME enveloped data (RFC 8551 §3.2); signed data in the same type is readable by anyone. */
function isEnveloped(raw: Buffer, root: MimePart): boolean {
  if (!/^application\/(x-)?pkcs7-mime$/.test(root.type.value)) return false
  const kind = (root.type.parameters.get('smime-type') ?? '').toLowerCase()
  if (kind !== '' && kind !== 'enveloped-data' && kind !== 'authenveloped-data') return false
  // ContentInfo with OID 1.2.840.113549.1.7.3, or authEnvelopedData 1.2.840.113549.1.9.16.1.23 (RFC 5083 §2).
  const head = content(raw, root).subarray(0, 40).toString('hex')
  return (
    head.startsWith('30') &&
    (head.includes('06092a864886f70d010703') || head.includes('060b2a864886f70d0109100117'))
  )
}
