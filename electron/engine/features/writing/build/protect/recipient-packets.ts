import { asBuffer } from '../../../../formats/as-buffer'

/**
 * The key IDs that an armored OpenPGP message names, read from its packet headers alone (RFC 9580 §4.2, §5.1): who holds a
 * key to it. Nothing is decrypted, so that this needs no keys. Null when it is no message of that form.
 */
export function recipientPackets(armored: Uint8Array): readonly string[] | null {
  const bytes = unarmor(asBuffer(armored))
  if (bytes === null) return null
  const keyIds: string[] = []
  let at = 0
  while (at < bytes.length) {
    const packet = packetAt(bytes, at)
    if (packet === null) return null
    if (packet.tag === encryptedData) return keyIds
    if (packet.tag !== sessionKey || packet.length === null) return null
    const keyId = keyIdOf(bytes.subarray(packet.start, packet.start + packet.length))
    if (keyId === null) return null
    keyIds.push(keyId)
    at = packet.start + packet.length
  }
  return null
}

/** RFC 9580 §5: public-key encrypted session key, and symmetrically encrypted data with integrity protection. */
const sessionKey = 1
const encryptedData = 18

/** The packets of the recipients stand first: 3,000 of RSA 4096 are 1.6 MB. */
const headCharacters = 4_000_000

/** The first packets of one armored message (RFC 9580 §6) that is all there is; null when anything else stands there. */
function unarmor(armored: Buffer): Buffer | null {
  const begin = '-----BEGIN PGP MESSAGE-----'
  const end = '-----END PGP MESSAGE-----'
  const text = armored.toString('latin1').trimEnd()
  if (!text.startsWith(begin) || !text.endsWith(end)) return null
  const head = /^(?:\r?\n[A-Za-z-]{1,40}: [^\r\n]{0,200})*\r?\n\r?\n/.exec(text.slice(begin.length, 4000))
  if (head === null) return null
  const body = text.slice(begin.length + head[0].length, -end.length)
  if (/[^A-Za-z0-9+/=\r\n]/.test(body)) return null
  return Buffer.from(body.slice(0, headCharacters), 'base64')
}

type Packet = { tag: number; start: number; length: number | null }

/** New packet format only: that is what is written today. `length` is null when it is partial. */
function packetAt(bytes: Buffer, at: number): Packet | null {
  const first = bytes[at] ?? 0
  const size = bytes[at + 1]
  if ((first & 0xc0) !== 0xc0 || size === undefined) return null
  const tag = first & 0x3f
  if (size < 192) return { tag, start: at + 2, length: size }
  if (size < 224) return { tag, start: at + 3, length: ((size - 192) << 8) + (bytes[at + 2] ?? 0) + 192 }
  if (size < 255) return { tag, start: at + 2, length: null }
  return at + 6 > bytes.length ? null : { tag, start: at + 6, length: bytes.readUInt32BE(at + 2) }
}

/** Version 3: eight octets behind the version. Version 6: an octet of length, a key version and a fingerprint (§5.1.2). */
function keyIdOf(body: Buffer): string | null {
  if (body[0] === 3 && body.length > 9) return body.toString('hex', 1, 9)
  if (body[0] !== 6 || body.length < 4) return null
  const length = body[1] ?? 0
  if (length === 0) return '0'.repeat(16)
  // A version 4 key ID is the end of the fingerprint, a version 6 one its beginning (§5.5.4).
  return body[2] === 6 ? body.toString('hex', 3, 11) : body.toString('hex', 2 + length - 8, 2 + length)
}
