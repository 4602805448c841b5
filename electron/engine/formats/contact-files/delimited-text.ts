/**
 * Rows of a table as text (RFC 4180, and what spreadsheets make of it): the separator is the one that the first row has most
 * of, quotes may hold line ends, and a quote that is never closed ends with the file. `limit`: rows at most.
 */
export function readDelimited(text: string, limit: number): { rows: string[][]; isCut: boolean } {
  const separator = separatorOf(text)
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  let isCut = false
  while (at < text.length) {
    const { cell, next } = readCell(text, at, separator)
    row.push(cell)
    if (text[next] === separator) {
      at = next + 1
      // A separator at the very end is followed by an empty cell.
      if (at >= text.length) row.push('')
      continue
    }
    at = text.startsWith('\r\n', next) ? next + 2 : next + 1
    if (row.some(each => each !== '')) rows.push(row)
    row = []
    if (rows.length >= limit) {
      isCut = text.slice(at, at + 1000).trim() !== ''
      break
    }
  }
  if (row.some(each => each !== '')) rows.push(row)
  return { rows, isCut }
}

function separatorOf(text: string): string {
  const first = /^[^\r\n]*/.exec(text)?.[0].replace(/"[^"]*"/g, '') ?? ''
  const counted = [',', ';', '\t'].map(sign => [sign, first.split(sign).length] as const)
  return counted.sort((one, other) => other[1] - one[1])[0]?.[0] ?? ','
}

function readCell(text: string, from: number, separator: string): { cell: string; next: number } {
  if (text[from] !== '"') {
    let to = from
    while (to < text.length && text[to] !== separator && text[to] !== '\n' && text[to] !== '\r') to += 1
    return { cell: text.slice(from, to).trim(), next: to }
  }
  const pieces: string[] = []
  let at = from + 1
  for (;;) {
    const close = text.indexOf('"', at)
    if (close === -1) return { cell: pieces.join('') + text.slice(at), next: text.length }
    pieces.push(text.slice(at, close))
    if (text[close + 1] !== '"') {
      let next = close + 1
      while (next < text.length && ![separator, '\n', '\r'].includes(text[next] ?? '')) next += 1
      return { cell: pieces.join('').trim(), next }
    }
    pieces.push('"')
    at = close + 2
  }
}
