/** A file in the middle of a text: `start` to `end` are its lines with "begin" and "end", `dataStart` the first of its data. */
export type UuencodedFile = Readonly<{
  name: string
  start: number
  end: number
  dataStart: number
  form: 'uu' | 'base64'
}>

/** As many files as anyone put into one text. */
const mostFiles = 100

/** Lines that only look like a beginning; more are made to take time. */
const mostTried = 1_000

const beginLine = /^begin(-base64)? [0-7]{3,4} +(\S.*?)[ \t]*$/

/**
 * Files that older programs write into the text itself (uuencode as POSIX has it, `begin-base64` too). Counted is only
 * what ends in its "end" line and has nothing but lines of the right length between: words that happen to begin with
 * "begin" stay words. `first`: the one file of a part that says it is uuencoded, whatever comes of its lines. Linear.
 */
export function findUuencoded(bytes: Buffer, options: { first?: boolean } = {}): readonly UuencodedFile[] {
  const found: UuencodedFile[] = []
  let tried = 0
  let at = bytes.indexOf('begin')
  while (at !== -1 && found.length < mostFiles && tried < mostTried) {
    const isAtStart = at === 0 || bytes[at - 1] === 0x0a || bytes[at - 1] === 0x0d
    const stop = endOfLine(bytes, at)
    const begin = isAtStart && stop - at < 500 ? beginLine.exec(bytes.toString('latin1', at, stop)) : null
    if (begin !== null) {
      const form = begin[1] === undefined ? 'uu' : 'base64'
      const dataStart = nextLine(bytes, stop)
      const end = options.first ? bytes.length : endOfFile(bytes, dataStart, form)
      if (end !== -1) {
        found.push({ name: begin[2] ?? '', start: at, end, dataStart, form })
        if (options.first) break
        at = bytes.indexOf('begin', end)
        continue
      }
      tried++
    }
    at = bytes.indexOf('begin', at + 5)
  }
  return found
}

/** Behind the "end" line, or -1 when some line before it is none of an encoded file. */
function endOfFile(bytes: Buffer, dataStart: number, form: UuencodedFile['form']): number {
  let at = dataStart
  let lines = 0
  while (at < bytes.length) {
    const stop = endOfLine(bytes, at)
    const line = stop - at
    if (form === 'base64') {
      if (line === 4 && bytes.toString('latin1', at, stop) === '====')
        return lines > 0 ? nextLine(bytes, stop) : -1
      if (line > 100 || !/^[A-Za-z0-9+/]+=*$/.test(bytes.toString('latin1', at, stop))) return -1
    } else if (line === 3 && bytes.toString('latin1', at, stop) === 'end')
      return lines > 0 ? nextLine(bytes, stop) : -1
    else if (!isUuLine(bytes, at, stop)) return -1
    lines++
    at = nextLine(bytes, stop)
  }
  return -1
}

/** A length character and as many characters as it asks for; trailing spaces may be lost, a checksum may follow. */
function isUuLine(bytes: Buffer, start: number, stop: number): boolean {
  if (stop === start) return false
  const first = bytes[start] as number
  if (first < 0x20 || first > 0x60) return false
  const wanted = Math.ceil(((first - 0x20) & 63) / 3) * 4
  const given = stop - start - 1
  if (given > wanted + 2 || (given < wanted && wanted - given > 61)) return false
  for (let at = start; at < stop; at++) {
    const byte = bytes[at] as number
    if (byte < 0x20 || byte > 0x60) return false
  }
  return true
}

function endOfLine(bytes: Buffer, from: number): number {
  let at = from
  while (at < bytes.length && bytes[at] !== 0x0a && bytes[at] !== 0x0d) at++
  return at
}

function nextLine(bytes: Buffer, stop: number): number {
  return Math.min(bytes.length, bytes[stop] === 0x0d && bytes[stop + 1] === 0x0a ? stop + 2 : stop + 1)
}
