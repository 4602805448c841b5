import { asBuffer } from '../../../formats/as-buffer'
import { type MimePart, splitMessage } from '../../../formats/mime/parts/split'
import { decodeTransfer } from '../../../formats/mime/parts/transfer'
import { isCiphertext } from '../../../formats/openpgp/packet-kind'
import type { Protection } from '../../../ports/keys/inbox-encryption'

/**
 * Whether a message is encrypted as a whole, judged by what it is and never by what it says of itself: a message that
 * only claims to be encrypted, or is so in part, counts as clear.
 */
export function protectionOf(bytes: Uint8Array): Protection | null {
  const raw = asBuffer(bytes)
  const { root } = splitMessage(raw)
  if (encryptedPart(raw, root)) return 'pgp-mime'
  if (isEnveloped(raw, root)) return 'smime'
  if (root.children.length === 0 && root.type.value === 'text/plain' && isCiphertext(content(raw, root)))
    return 'pgp-inline'
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
  if (payload.children.length > 0 || !isVersion(raw, control) || hasWordsBetween(raw, root)) return null
  const bytes = content(raw, payload)
  return isCiphertext(bytes) ? bytes : null
}

/** RFC 3156 §4: the control part says "Version: 1" and nothing more. */
function isVersion(raw: Buffer, control: MimePart): boolean {
  if (control.end - control.bodyStart > 200) return false
  return /^\s*(?:version:\s*1)?\s*$/i.test(content(raw, control).toString('latin1'))
}

/** What stands before the first part and behind the last one; programs say there that the message is encrypted. */
const maxWordsBetween = 300

function hasWordsBetween(raw: Buffer, root: MimePart): boolean {
  const [first, last] = [root.children[0], root.children.at(-1)]
  if (first === undefined || last === undefined) return true
  const between = [raw.subarray(root.bodyStart, first.start), raw.subarray(last.end, root.end)]
  return between.some(bytes => bytes.toString('latin1').trim().length > maxWordsBetween)
}

function isBlank(raw: Buffer, part: MimePart): boolean {
  return part.end - part.bodyStart < 1_000 && content(raw, part).toString('latin1').trim() === ''
}

function content(raw: Buffer, part: MimePart): Buffer {
  return decodeTransfer(raw.subarray(part.bodyStart, part.end), part.encoding)
}

/** S/MIME enveloped data (RFC 8551 §3.2); signed data in the same type is readable by anyone. */
function isEnveloped(raw: Buffer, root: MimePart): boolean {
  if (!/^application\/(x-)?pkcs7-mime$/.test(root.type.value)) return false
  const kind = (root.type.parameters.get('smime-type') ?? '').toLowerCase()
  if (kind !== '' && kind !== 'enveloped-data' && kind !== 'authenveloped-data') return false
  const body = raw.subarray(root.bodyStart, root.end)
  if (root.encoding === 'base64' && !/^[A-Za-z0-9+/=\s]*$/.test(body.toString('latin1'))) return false
  const bytes = content(raw, root)
  // ContentInfo with OID 1.2.840.113549.1.7.3, or authEnvelopedData 1.2.840.113549.1.9.16.1.23 (RFC 5083 §2).
  const head = bytes.subarray(0, 40).toString('hex')
  return (
    /^30(?:80|8[1-6]|[0-7]).{0,12}06(?:092a864886f70d010703|0b2a864886f70d0109100117)/.test(head) &&
    isWholeSequence(bytes)
  )
}

/** One DER or BER sequence from the first byte to the last (ITU-T X.690 §8.1.3), line ends aside. */
function isWholeSequence(bytes: Buffer): boolean {
  const length = bytes[1] ?? 0
  // Indefinite: ends with two zeros.
  if (length === 0x80) return /0000(?:0d|0a)*$/.test(bytes.subarray(-8).toString('hex'))
  const size = length < 0x80 ? 0 : length & 0x7f
  if (size > 6 || bytes.length < 2 + size) return false
  const end = 2 + size + (size === 0 ? length : bytes.readUIntBE(2, size))
  return end <= bytes.length && bytes.subarray(end).toString('latin1').trim() === ''
}
