import { createHash } from 'node:crypto'
import { asBuffer } from '../../../formats/as-buffer'
import { findBody } from '../../../formats/mime/header/split-header'
import { splitMessage } from '../../../formats/mime/parts/split'
import type { InboxForm } from '../../../ports/keys/inbox-encryption'
import { encryptedPart, protectionOf } from './already-encrypted'
import { outerFields } from './outer-fields'

/** Names the message as one made here; it says nothing that the provider does not know. */
const markField = 'Inbox-Encrypted'
const markSyntax = /^inbox-encrypted:[ \t]*v=1;[ \t]*id=([0-9a-f]{32})[ \t]*\r?$/im

/**
 * The encrypted form of a message: PGP/MIME (RFC 3156 §4) whose payload is the original itself, byte for byte. A message
 * is a MIME entity with more header fields (RFC 2045 §2.4), so every PGP client shows it, and nothing has to be put
 * together again to have the original back: what the payload decrypts to is the original.
 */
export const inboxForm: InboxForm = {
  protectionOf,
  wrap(original, armored, { token, hideSubject }) {
    const raw = asBuffer(original)
    const boundary = `=_${createHash('sha256').update(`inbox ${token}`).digest('hex').slice(0, 32)}`
    const head = [
      // In front: whatever length the others have, every reader comes this far.
      `${markField}: v=1; id=${token}\r\n`,
      'MIME-Version: 1.0\r\n',
      'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted";\r\n',
      ` boundary="${boundary}"\r\n`,
      outerFields(raw, hideSubject),
      '\r\n',
      `--${boundary}\r\n`,
      'Content-Type: application/pgp-encrypted\r\n',
      'Content-Description: PGP/MIME version identification\r\n',
      '\r\n',
      'Version: 1\r\n',
      '\r\n',
      `--${boundary}\r\n`,
      'Content-Type: application/octet-stream; name="encrypted.asc"\r\n',
      'Content-Description: OpenPGP encrypted message\r\n',
      'Content-Disposition: inline; filename="encrypted.asc"\r\n',
      '\r\n',
    ].join('')
    const payload = armored.trimEnd().replace(/\r?\n/g, '\r\n')
    return Buffer.from(`${head}${payload}\r\n\r\n--${boundary}--\r\n`, 'latin1')
  },
  tokenOf(header) {
    const raw = asBuffer(header)
    const end = findBody(raw, 0, raw.length, raw.includes(0x0a) ? 0x0a : 0x0d)
    return markSyntax.exec(raw.toString('latin1', 0, end))?.[1] ?? null
  },
  payloadOf(bytes) {
    const raw = asBuffer(bytes)
    return encryptedPart(raw, splitMessage(raw).root)
  },
}
