import { createHash } from 'node:crypto'
import type { MimePort } from '../ports/mail/mime'

/**
 * What two copies of one message share though a server has added fields or given it another Message-ID: sender, date,
 * outer subject, and every byte of the body but the form of its line ends and those at its very end. Equal
 * fingerprints are the same message; Bcc and Received are not part of it.
 */
export function sentFingerprint(raw: Uint8Array, mime: Pick<MimePort, 'parseHeader'>): string {
  const { from, dateMs, subject } = mime.parseHeader(raw)
  const text = Buffer.from(raw).toString('latin1').replaceAll('\r\n', '\n')
  const end = text.indexOf('\n\n')
  const body = end < 0 ? '' : text.slice(end + 2).trimEnd()
  const head = [from.map(each => each.address.toLowerCase()), dateMs, subject]
  return createHash('sha256').update(JSON.stringify(head)).update('\n').update(body, 'latin1').digest('hex')
}
