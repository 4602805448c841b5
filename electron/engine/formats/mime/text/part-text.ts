import { decodeCharset, isCharset } from '../charset/charset'
import { textWithFiles } from '../parts/leaf'
import type { MimePart } from '../parts/split'
import { bytesPerCharacter } from '../parts/transfer'
import { cut } from './clean-text'
import { enrichedToText } from './enriched'
import { unflow } from './flowed'

/** HTML in its own words or those of XHTML. */
export const isHtml = (part: MimePart): boolean =>
  part.type.value === 'text/html' || part.type.value === 'application/xhtml+xml'

/** Bytes at the beginning of a document in which it may name its charset (HTML standard §13.2.3.2 looks at 1024). */
const metaBytes = 4096

const metaCharset =
  /<meta\b[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|<\?xml\b[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})/i

/** The charset that a document names itself; UTF-16 there cannot be true, as the tag was readable. Empty when none. */
function charsetOfDocument(bytes: Buffer): string {
  const found = metaCharset.exec(bytes.toString('latin1', 0, metaBytes))
  const label = found?.[1] ?? found?.[2] ?? ''
  return /^utf-?16/i.test(label) ? 'utf-8' : label
}

/**
 * A text part as a string with LF line ends, format=flowed undone, without the files that stand encoded in it, at most
 * `maxCharacters` long; `isCut` when there was more.
 */
export function readText(
  raw: Buffer,
  part: MimePart,
  maxCharacters: number,
): { text: string; isCut: boolean } {
  const source = textWithFiles(raw, part, maxCharacters)
  let bytes = source.bytes
  if (source.files.length > 0) {
    const kept: Buffer[] = []
    let from = 0
    for (const { start, end } of source.files) {
      kept.push(bytes.subarray(from, start))
      from = end
    }
    bytes = Buffer.concat([...kept, bytes.subarray(from)])
  }
  const readable = bytes.subarray(0, maxCharacters * bytesPerCharacter)
  const given = part.type.parameters.get('charset') ?? ''
  const label = isHtml(part) && !isCharset(given) ? charsetOfDocument(readable) || given : given
  let text = decodeCharset(readable, label)
  const isLong = text.length > maxCharacters * 2
  if (isLong) text = text.slice(0, maxCharacters * 2)
  if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n')
  const isCut = source.isCut || isLong || readable.length < bytes.length || text.length > maxCharacters
  text = cut(text, maxCharacters)
  if (text.includes('\u0000')) text = text.replaceAll('\u0000', '')
  return { text: laidOut(part, text), isCut }
}

/** As `readText`, for who need not know whether there was more. */
export function partText(raw: Buffer, part: MimePart, maxCharacters: number): string {
  return readText(raw, part, maxCharacters).text
}

function laidOut({ type }: MimePart, text: string): string {
  if (type.value === 'text/enriched' || type.value === 'text/richtext')
    return enrichedToText(text, type.value)
  if (type.value === 'text/plain' && type.parameters.get('format')?.toLowerCase() === 'flowed')
    return unflow(text, type.parameters.get('delsp')?.toLowerCase() === 'yes')
  return text
}
