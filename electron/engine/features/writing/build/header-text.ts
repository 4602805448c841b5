/** RFC 5322 §2.1.1: lines of at most 78 characters; RFC 2047 §2: 76 where an encoded word stands. */
const lineLength = 76

/** Printable ASCII that needs no encoding and cannot be taken for an encoded word. */
export const isPlainText = (text: string): boolean => /^[ -~]*$/.test(text) && !text.includes('=?')

/** An unstructured field (Subject), folded. Text that is not ASCII, or has overlong words, is encoded as a whole. */
export function foldText(name: string, value: string): string {
  const text = value.trim()
  const foldable =
    isPlainText(text) && text.split(' ').every(word => word.length <= lineLength - name.length - 3)
  if (!foldable || / {2}/.test(text)) return `${name}: ${encodeWords(text, name.length + 2)}`
  const lines: string[] = []
  let line = `${name}:`
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > lineLength && line !== `${name}:`) {
      lines.push(line)
      line = ''
    }
    line += ` ${word}`
  }
  lines.push(line)
  return lines.join('\r\n')
}

/** A list field: items separated by commas, a new line before an item that would not fit. */
export function foldList(name: string, items: readonly string[]): string {
  let out = `${name}:`
  let length = out.length
  items.forEach((item, index) => {
    const last = index === items.length - 1
    const firstLine = item.split('\r\n')[0] ?? ''
    if (index > 0 && length + 1 + firstLine.length + (last ? 0 : 1) > lineLength) {
      out += '\r\n'
      length = 0
    }
    const text = ` ${item}${last ? '' : ','}`
    out += text
    const lastBreak = text.lastIndexOf('\r\n')
    length = lastBreak === -1 ? length + text.length : text.length - lastBreak - 2
  })
  return out
}

/**
 * Text as encoded words (RFC 2047): always UTF-8 and base64, cut between characters, each at most 75 long, one a
 * line. `used` is what already stands on the first line.
 */
export function encodeWords(text: string, used: number): string {
  const overhead = '=?utf-8?B??='.length
  const words: string[] = []
  let room = Math.floor((Math.min(75, lineLength - used) - overhead) / 4) * 3
  let chunk: Buffer[] = []
  let length = 0
  const flush = () => {
    words.push(`=?utf-8?B?${Buffer.concat(chunk).toString('base64')}?=`)
    chunk = []
    length = 0
    room = Math.floor((lineLength - 1 - overhead) / 4) * 3
  }
  for (const character of text.toWellFormed()) {
    const bytes = Buffer.from(character, 'utf8')
    if (length + bytes.length > room && length > 0) flush()
    chunk.push(bytes)
    length += bytes.length
  }
  if (length > 0) flush()
  return words.join('\r\n ')
}
