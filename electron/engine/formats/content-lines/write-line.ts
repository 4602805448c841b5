import type { ByteText } from './byte-text'
import type { Parameter } from './content-line'

/** Octets of a line without its end (RFC 5545 §3.1, RFC 6350 §3.2). */
const octetsPerLine = 75

const needsQuotes = /[,;:]/

/** RFC 6868: a quoted value has no other way to hold a quote or the end of a line. */
const parameterText = (value: ByteText): ByteText => {
  const safe = value
    .replaceAll('^', '^^')
    .replaceAll('"', "^'")
    .replace(/\r\n|\n|\r/g, '^n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken away
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
  return needsQuotes.test(safe) ? `"${safe}"` : safe
}

export const writeParameter = ({ name, values, found }: Parameter): ByteText =>
  found ?? (name === '' ? values.join(';') : `${name}=${values.map(parameterText).join(',')}`)

/** One line with its end, folded and never within a character of UTF-8. */
export function writeContentLine(
  line: Readonly<{ group: ByteText; name: string; parameters: readonly Parameter[]; value: ByteText }>,
): ByteText {
  const parameters = line.parameters.map(each => `;${writeParameter(each)}`).join('')
  return fold(`${line.group === '' ? '' : `${line.group}.`}${line.name}${parameters}:${line.value}`)
}

const isWithinCharacter = (byte: number): boolean => (byte & 0xc0) === 0x80

function fold(text: ByteText): ByteText {
  const pieces: ByteText[] = []
  let from = 0
  while (text.length - from > octetsPerLine - (from === 0 ? 0 : 1)) {
    const most = from + octetsPerLine - (from === 0 ? 0 : 1)
    let to = most
    while (to > from + 1 && isWithinCharacter(text.charCodeAt(to))) to -= 1
    // Bytes that are no UTF-8 are cut anywhere: they are joined again before they are read.
    if (most - to > 4) to = most
    pieces.push(text.slice(from, to))
    from = to
  }
  pieces.push(text.slice(from))
  return `${pieces.join('\r\n ')}\r\n`
}
