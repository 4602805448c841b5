/**
 * One content line (RFC 5545 §3.1) with the bytes that it was read from. `raw` holds those bytes one a character (latin1), folds
 * and line end included, and is written back as it is: what nobody changed stays as it was, also where it is not UTF-8.
 */
export type Line = Readonly<{
  raw: string
  /** In capitals; empty for what is no content line. */
  name: string
}>

/** A parameter (§3.2); its name in capitals, its values without quotes and with RFC 6868 undone. */
export type Parameter = Readonly<{ name: string; values: readonly string[] }>

/** A line taken apart; the value as it stands there, still escaped. */
export type Property = Readonly<{ name: string; parameters: readonly Parameter[]; value: string }>

const notAscii = /[^\0-\x7f]/

/** What the bytes of `raw` say as UTF-8; bytes that are none become U+FFFD. */
const asText = (bytes: string): string =>
  notAscii.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes

/** A line break, and a blank behind it, is a fold and says nothing (§3.1). Some also fold with a tab. */
const fold = /\r?\n[ \t]/g
const lineEnd = /\r?\n$/

/** The line without its folds and its end. NUL and a carriage return that ends no line are no text (§3.1). */
const unfolded = (raw: string): string =>
  asText(raw.replace(lineEnd, '').replace(fold, '')).replace(/[\0\r]/g, ' ')

const namePattern = /^[A-Za-z0-9.-]+(?=[;:])/

/** Makes a line of its bytes. */
export function lineOf(raw: string): Line {
  // A name may itself be folded, which is rare: only then the whole has to be looked at.
  const name = namePattern.exec(raw)?.[0] ?? (raw.includes('\n') ? namePattern.exec(unfolded(raw))?.[0] : '')
  return { raw, name: (name ?? '').toUpperCase() }
}

/** RFC 6868: what a parameter cannot hold as it is. */
const decoded: Readonly<Record<string, string>> = { n: '\n', N: '\n', '^': '^', "'": '"' }
const fromParameter = (text: string): string =>
  text.includes('^') ? text.replace(/\^([nN^'])/g, (_, sign: string) => decoded[sign] ?? '') : text

/** Takes a line apart. A quotation mark that nobody closes holds up to the end of the parameters as the colon shows it. */
export function readLine(line: Line): Property {
  const text = unfolded(line.raw)
  const parameters: Parameter[] = []
  let at = namePattern.exec(text)?.[0].length ?? 0
  while (text[at] === ';') {
    at += 1
    const nameEnd = endOf(text, at, '=;:')
    const name = text.slice(at, nameEnd).toUpperCase()
    at = nameEnd
    const values: string[] = []
    while (text[at] === '=' || (text[at] === ',' && values.length > 0)) {
      at += 1
      const closing = text[at] === '"' ? text.indexOf('"', at + 1) : -1
      const end = closing < 0 ? endOf(text, at, ',;:') : closing + 1
      values.push(fromParameter(closing < 0 ? text.slice(at, end) : text.slice(at + 1, closing)))
      at = end
      // What stands between a closing quotation mark and the next sign belongs to nothing.
      if (closing >= 0) at = endOf(text, at, ',;:')
    }
    parameters.push({ name, values })
  }
  return { name: line.name, parameters, value: text[at] === ':' ? text.slice(at + 1) : '' }
}

function endOf(text: string, from: number, signs: string): number {
  let at = from
  while (at < text.length && !signs.includes(text[at] ?? '')) at += 1
  return at
}

/** The first value of a parameter; undefined where it is missing. */
export const parameterOf = ({ parameters }: Pick<Property, 'parameters'>, name: string): string | undefined =>
  parameters.find(each => each.name === name)?.values[0]

/** Octets of a line without its end (§3.1). */
const longestLine = 75

/** Folds bytes (latin1) at 75 octets, never inside of a character of UTF-8. */
function folded(bytes: string): string {
  if (bytes.length <= longestLine) return `${bytes}\r\n`
  const pieces: string[] = []
  let from = 0
  while (from < bytes.length) {
    let to = Math.min(bytes.length, from + longestLine - (from === 0 ? 0 : 1))
    // Bytes 10xxxxxx continue a character.
    while (to < bytes.length && to > from + 1 && (bytes.charCodeAt(to) & 0xc0) === 0x80) to -= 1
    pieces.push(bytes.slice(from, to))
    from = to
  }
  return `${pieces.join('\r\n ')}\r\n`
}

/** Control characters have no place in a line, but for the tab. */
const controls = /(?!\t)\p{Cc}/gu

function toParameter(value: string): string {
  const plain = value.replace(/\^/g, '^^').replace(/\r?\n/g, '^n').replace(/"/g, "^'").replace(controls, '')
  return /[;:,]/.test(plain) ? `"${plain}"` : plain
}

/** Writes a new line: folded, in UTF-8. `value` is escaped already where its type wants that. */
export function makeLine(name: string, value: string, parameters: readonly Parameter[] = []): Line {
  const written = parameters.map(
    each => `;${each.name}=${each.values.map(value => toParameter(value)).join(',')}`,
  )
  const text = `${name}${written.join('')}:${value.replace(controls, '')}`
  return { raw: folded(Buffer.from(text, 'utf8').toString('latin1')), name: name.toUpperCase() }
}
