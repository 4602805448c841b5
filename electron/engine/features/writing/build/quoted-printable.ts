const lineLength = 76
const hex = (byte: number): string => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`

/**
 * Text as quoted-printable in UTF-8 (RFC 2045 §6.7) with CRLF line ends and one at the end. Beyond the RFC's needs
 * it escapes a "From " and a lone "." at a line's start and white space at its end, so that no relay has a reason
 * to change a byte (RFC 3156 §5 asks for the same before signing).
 */
export function encodeQuotedPrintable(text: string): string {
  const lines = text
    .toWellFormed()
    .replaceAll('\0', '')
    .split(/\r\n|\r|\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines.map(line => `${encodeLine(line)}\r\n`).join('')
}

function encodeLine(line: string): string {
  const bytes = Buffer.from(line, 'utf8')
  let out = ''
  let column = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    const last = at === bytes.length - 1
    const plain =
      (byte >= 0x21 && byte <= 0x7e && byte !== 0x3d) || ((byte === 0x20 || byte === 0x09) && !last)
    let piece = plain ? String.fromCharCode(byte) : hex(byte)
    // The room that is left must hold the "=" of a soft break unless this is the last character.
    if (column + piece.length > (last ? lineLength : lineLength - 1)) {
      out += '=\r\n'
      column = 0
    }
    if (
      column === 0 &&
      ((byte === 0x46 && bytes.toString('latin1', at, at + 5) === 'From ') || byte === 0x2e)
    )
      piece = hex(byte)
    out += piece
    column += piece.length
  }
  return out
}
