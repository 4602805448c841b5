import iconv from 'iconv-lite'
import { jisX0213 } from './jis-x-0213'

const undecodable = '\ufffd'
const rows = 94

/** 94 by 94 characters of one set; a character may be two code points. */
type Table = readonly string[]

type Reader = Readonly<{ table: () => Table }> | 'ascii' | 'katakana' | 'latin1' | 'greek'

const known = new Map<string, Table>()

/** Made once, when the first text needs it: 8,836 short strings. */
function tableOf(name: string, make: () => Table): () => Table {
  return () => {
    const found = known.get(name) ?? make()
    known.set(name, found)
    return found
  }
}

/** A set that a charset of iconv-lite holds in its upper half, `prefix` before each pair. */
const upperHalf = (charset: string, prefix: readonly number[] = []) =>
  tableOf(`${charset} ${prefix.join()}`, () =>
    Array.from({ length: rows * rows }, (_, at) => {
      const pair = [...prefix, 0xa1 + Math.floor(at / rows), 0xa1 + (at % rows)]
      const text = iconv.decode(Buffer.from(pair), charset)
      return text.includes(undecodable) || text.length > 2 ? undecodable : text
    }),
  )

const jisX0208 = upperHalf('euc-jp')

const jisX0213Plane = (plane: 1 | 2) =>
  tableOf(`jis x 0213 ${plane}`, () => {
    const cells = plane === 1 ? [...jisX0208()] : Array.from({ length: rows * rows }, () => undecodable)
    for (const [where, row, cell, characters] of jisX0213) {
      if (where !== plane) continue
      let at = (row - 1) * rows + cell - 1
      for (const character of characters.match(/.\+?(?:(?<=\+).)?/gsu) ?? [])
        cells[at++] = character.replace('+', '')
    }
    return cells
  })

const sets = {
  jisX0208: { table: jisX0208 },
  jisX0212: { table: upperHalf('euc-jp', [0x8f]) },
  jisX0213One: { table: jisX0213Plane(1) },
  jisX0213Two: { table: jisX0213Plane(2) },
  ksX1001: { table: upperHalf('cp949') },
  gb2312: { table: upperHalf('gb18030') },
} as const

/** Escape sequences without ESC: what they call, and into which half. */
const escapes: ReadonlyMap<string, readonly [half: 'left' | 'shifted' | 'single', reader: Reader]> = new Map([
  ['(B', ['left', 'ascii']],
  ['(J', ['left', 'ascii']],
  ['(H', ['left', 'ascii']],
  ['(I', ['left', 'katakana']],
  ['$@', ['left', sets.jisX0208]],
  ['$B', ['left', sets.jisX0208]],
  ['$(@', ['left', sets.jisX0208]],
  ['$(B', ['left', sets.jisX0208]],
  ['$A', ['left', sets.gb2312]],
  ['$(A', ['left', sets.gb2312]],
  ['$(C', ['left', sets.ksX1001]],
  ['$(D', ['left', sets.jisX0212]],
  ['$(O', ['left', sets.jisX0213One]],
  ['$(Q', ['left', sets.jisX0213One]],
  ['$(P', ['left', sets.jisX0213Two]],
  ['$)A', ['shifted', sets.gb2312]],
  ['$)C', ['shifted', sets.ksX1001]],
  ['.A', ['single', 'latin1']],
  ['.F', ['single', 'greek']],
])

/** What tells text of this kind from ASCII when its label says nothing: an escape that calls a set of two bytes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: ESC is what announces these sets.
export const looksLikeIso2022 = /\u001b(?:\$(?:[@AB]|[(][@-DOPQ]|[)][AC])|\(I)/

/**
 * Text with escape sequences (ISO 2022): ISO-2022-JP with -1, -2 and -3 (RFC 1468, 2237, 1554, JIS X 0213),
 * ISO-2022-KR (RFC 1557) and the GB half of ISO-2022-CN (RFC 1922). Neither iconv-lite nor the ICU of Electron has them.
 * `shifted`: the set behind SO when no escape names one. Unknown escapes are dropped, every line begins in ASCII; never
 * throws.
 */
export function decodeIso2022(bytes: Buffer, shifted: 'ksX1001' | null = null): string {
  let out = ''
  let left: Reader = 'ascii'
  let behindShift: Reader | null = shifted === null ? null : sets[shifted]
  let single: Reader = 'latin1'
  let isShifted = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte === 0x1b) {
      const next = bytes[at + 1]
      if (next === 0x4e) {
        const letter = bytes[at + 2] ?? 0
        out += upperCharacter(single, letter)
        at += 2
        continue
      }
      const length = next === 0x24 && /[()]/.test(String.fromCharCode(bytes[at + 2] ?? 0)) ? 3 : 2
      const found = escapes.get(bytes.toString('latin1', at + 1, at + 1 + length))
      if (found?.[0] === 'left') left = found[1]
      else if (found?.[0] === 'shifted') behindShift = found[1]
      else if (found?.[0] === 'single') single = found[1]
      at += length
    } else if (byte === 0x0e) isShifted = behindShift !== null
    else if (byte === 0x0f) isShifted = false
    else if (byte === 0x0a || byte === 0x0d) {
      left = 'ascii'
      isShifted = false
      out += byte === 0x0a ? '\n' : '\r'
    } else {
      const reader: Reader = isShifted && behindShift !== null ? behindShift : left
      if (typeof reader === 'object' && byte > 0x20 && byte < 0x7f && at + 1 < bytes.length) {
        const low = bytes[++at] as number
        out += reader.table()[(byte - 0x21) * rows + low - 0x21] ?? undecodable
      } else if (reader === 'katakana' && byte > 0x20 && byte < 0x60)
        out += String.fromCharCode(byte + 0xff40)
      else out += byte < 0x80 ? String.fromCharCode(byte) : undecodable
    }
  }
  return out
}

function upperCharacter(reader: Reader, letter: number): string {
  const bytes = Buffer.from([letter | 0x80])
  return reader === 'greek' ? iconv.decode(bytes, 'iso-8859-7') : bytes.toString('latin1')
}
