/**
 * Content-Disposition of an attachment (RFC 2183). An ASCII name stands quoted; any other gets an ASCII stand-in
 * and the true name as RFC 2231 parameter, in numbered pieces when it is long.
 */
export function dispositionFor(fileName: string, kind: 'attachment' | 'inline' = 'attachment'): string {
  const ascii = /^[ -~]*$/.test(fileName)
  const standIn = ascii ? fileName : asciiStandIn(fileName)
  const quoted = standIn.replace(/["\\]/g, '_')
  const start = `Content-Disposition: ${kind};\r\n filename="${quoted.length <= 60 ? quoted : shorten(quoted)}"`
  if (ascii && quoted === fileName && fileName.length <= 60) return start
  const pieces = encodedPieces(fileName)
  if (pieces.length === 1) return `${start};\r\n filename*=utf-8''${pieces[0]}`
  return `${start};\r\n ${pieces.map((piece, index) => `filename*${index}*=${index === 0 ? "utf-8''" : ''}${piece}`).join(';\r\n ')}`
}

/** Letters lose their marks, the rest becomes underscores: "Übersicht – Mai.pdf" reads "Ubersicht _ Mai.pdf". */
function asciiStandIn(fileName: string): string {
  return fileName
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('ß', 'ss')
    .replace(/[^ -~]+/g, '_')
}

function shorten(name: string): string {
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 && name.length - dot <= 12 ? name.slice(dot) : ''
  return name.slice(0, 60 - extension.length) + extension
}

/** Percent escapes cut between characters, each piece short enough for a line of 76. */
function encodedPieces(fileName: string): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const character of fileName.toWellFormed()) {
    const encoded = /^[A-Za-z0-9._-]$/.test(character)
      ? character
      : [...Buffer.from(character, 'utf8')]
          .map(byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
          .join('')
    if (piece.length + encoded.length > 50) {
      pieces.push(piece)
      piece = ''
    }
    piece += encoded
  }
  pieces.push(piece)
  return pieces
}
