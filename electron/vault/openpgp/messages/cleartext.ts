import { SiegelError } from '../../../../shared/kit/result'

const malformed = () => new SiegelError('message-malformed', { detail: 'no signed text' })

const block = /^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\r?\n[\s\S]*?^-----END PGP SIGNATURE-----/m
const signatureBegins = /^-----BEGIN PGP SIGNATURE-----[ \t]*$/
/** Names of hashes. They only hint at what the signatures say themselves, and some programs name one that others do not know. */
const hashHeader = /^Hash:[ \t]*[\w/-]+(?:[ \t]*,[ \t]*[\w/-]+)*[ \t]*$/

/** A clear-signed message (RFC 9580 §7) taken apart. `text`: the exact bytes that are signed; `signature`: armored. */
export type Cleartext = Readonly<{ text: Buffer; signature: Buffer }>

/**
 * Takes the first clear-signed block apart, byte for byte: the text may be in any charset, and the signature covers its
 * bytes. Lines end with CRLF, without white space before it, and lose their dash escape (RFC 9580 §7.1, §7.2). Headers other
 * than `Hash` could carry words that look signed. Throws `message-malformed`.
 */
export const readCleartext = (armored: Uint8Array): Cleartext => {
  const bytes = Buffer.from(armored.buffer, armored.byteOffset, armored.byteLength)
  const found = block.exec(bytes.toString('latin1'))?.[0]
  if (found === undefined) throw malformed()
  const [, ...lines] = found.split(/\r?\n/)
  const blank = lines.findIndex(line => line.trim() === '')
  const end = lines.findIndex(line => signatureBegins.test(line))
  if (blank === -1 || end < blank || !lines.slice(0, blank).every(line => hashHeader.test(line)))
    throw malformed()
  const text = lines.slice(blank + 1, end).map(line => line.replace(/^- /, '').replace(/[ \t\r]+$/, ''))
  return {
    text: Buffer.from(text.join('\r\n'), 'latin1'),
    signature: Buffer.from(lines.slice(end).join('\r\n'), 'latin1'),
  }
}
