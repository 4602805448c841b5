import { SiegelError } from '../../../../shared/kit/result'

/** Which kinds of armored block (RFC 9580 §6.2) a caller takes. */
export type ArmorLabel = 'MESSAGE' | 'SIGNATURE' | 'PUBLIC KEY BLOCK' | 'PRIVATE KEY BLOCK'

const begin = /^-----BEGIN PGP (MESSAGE|SIGNATURE|PUBLIC KEY BLOCK|PRIVATE KEY BLOCK)-----[ \t]*\r?$/gm
const maxHeaderLines = 50

/** Every binary packet starts with the high bit set (RFC 9580 §4.2); no armor does. */
const isBinary = (bytes: Uint8Array): boolean => ((bytes[0] ?? 0) & 0x80) !== 0

/** Base64 of a block without its headers and its CRC, which a reader must not insist on (RFC 9580 §6.1). */
const blockBytes = (text: string, start: number, label: string): { bytes: Uint8Array; end: number } => {
  const tail = text.indexOf(`-----END PGP ${label}-----`, start)
  if (tail < 0) throw new SiegelError('message-malformed', { detail: 'the armor has no end' })
  let at = text.indexOf('\n', start) + 1
  for (let line = 0; line < maxHeaderLines && at > 0 && at < tail; line += 1) {
    const next = text.indexOf('\n', at)
    if (next < 0 || next > tail) break
    const words = text.slice(at, next).trim()
    // Some programs forget the empty line when there are no headers.
    if (words !== '' && !words.includes(': ') && !words.endsWith(':')) break
    at = next + 1
    if (words === '') break
  }
  const body = text.slice(at, tail)
  const checksum = body.search(/^=[A-Za-z0-9+/]{4}[ \t]*\r?$/m)
  return {
    bytes: new Uint8Array(Buffer.from(checksum < 0 ? body : body.slice(0, checksum), 'base64')),
    end: tail,
  }
}

/**
 * The binary packets of each block with one of the labels, at most `limit`; binary input is one block as it is.
 * Throws `message-malformed` when there is none.
 */
export const dearmor = (
  bytes: Uint8Array,
  labels: readonly ArmorLabel[],
  limit: number,
): readonly Uint8Array[] => {
  if (isBinary(bytes)) return [bytes]
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const blocks: Uint8Array[] = []
  begin.lastIndex = 0
  for (let found = begin.exec(text); found && blocks.length < limit; found = begin.exec(text)) {
    const label = found[1] as ArmorLabel
    const block = blockBytes(text, found.index, label)
    begin.lastIndex = block.end
    if (labels.includes(label)) blocks.push(block.bytes)
  }
  if (blocks.length === 0) throw new SiegelError('message-malformed', { detail: 'no OpenPGP data' })
  return blocks
}

/** Line ends of mail (RFC 5322 §2.3), so that the armor is the same before and after it was sent. */
export const withCrlf = (armored: string): string => armored.replace(/\r?\n/g, '\r\n')
