import { limits } from '../../../ports/limits'
import { isCharset } from '../charset/charset'
import { type HeaderFields, rawValue, readFields } from '../header/header-fields'
import { type ParameterizedValue, parseParameterized } from '../header/parameters'
import { findBody } from '../header/split-header'

/**
 * One part of a message as offsets into the raw bytes. `raw.subarray(start, end)` is the part exactly as a
 * signature covers it (RFC 3156 §5): its own header and body, without the line end that belongs to the next
 * boundary (RFC 2046 §5.1.1).
 */
export type MimePart = Readonly<{
  /** RFC 3501 §6.4.5: "1", "2.1"; empty for a multipart at the root. */
  id: string
  start: number
  /** Where the body begins; equal to `end` when there is none. */
  bodyStart: number
  end: number
  fields: HeaderFields
  type: ParameterizedValue
  /** Content-Transfer-Encoding in lower case; empty when absent. */
  encoding: string
  children: readonly MimePart[]
  /** Charset that the message declared up to here, for raw 8-bit names; empty when none was. */
  declared: string
}>

/** The whole tree. `broken` when a boundary was missing or wrong, or a cap was hit. */
export type MimeTree = Readonly<{
  root: MimePart
  broken: boolean
  /** The first charset that a text of it declares; raw 8-bit header fields are read by it. Empty when there is none. */
  charset: string
}>

type State = { raw: Buffer; lineEnd: number; parts: number; broken: boolean; charset: string; tried: number }

/** Lines that only begin like a delimiter: bounded over all levels, as each level looks through the same bytes. */
const mostTried = 2_000_000

const dash = 0x2d
const cr = 0x0d
const lf = 0x0a

/**
 * Cuts a message into its parts without changing or copying a byte. Tolerates LF and bare CR line ends, missing
 * closing boundaries, text before the first and after the last boundary, white space and words behind boundaries, and
 * inner parts that reuse the outer boundary. Never throws.
 */
export function splitMessage(raw: Buffer): MimeTree {
  const state: State = {
    raw,
    lineEnd: raw.includes(lf) ? lf : raw.includes(cr) ? cr : lf,
    parts: 0,
    broken: false,
    charset: '',
    tried: 0,
  }
  const root = splitPart(state, '', 0, raw.length, 0, 'text/plain')
  return { root, broken: state.broken, charset: state.charset }
}

function splitPart(
  state: State,
  id: string,
  start: number,
  end: number,
  depth: number,
  defaultType: string,
): MimePart {
  state.parts++
  const bodyStart = findBody(state.raw, start, end, state.lineEnd, depth > 0)
  if (bodyStart - start > limits.headerBytes) state.broken = true
  const fields = readFields(state.raw, start, bodyStart, state.lineEnd)
  const parsed = parseParameterized(rawValue(fields, 'content-type'), state.charset)
  const type = parsed.value.includes('/') ? parsed : { value: defaultType, parameters: parsed.parameters }
  const encoding = encodingOf(rawValue(fields, 'content-transfer-encoding'))
  const charset = type.parameters.get('charset') ?? ''
  if (state.charset === '' && type.value.startsWith('text/') && isCharset(charset)) state.charset = charset
  const children = type.value.startsWith('multipart/')
    ? splitMultipart(state, id, bodyStart, end, depth, type)
    : []
  return {
    id: id === '' && children.length === 0 ? '1' : id,
    start,
    bodyStart,
    end,
    fields,
    type,
    encoding,
    children,
    declared: state.charset,
  }
}

/** `base64` and the others as they are named, also out of `"Base-64";` or `quoted_printable (words)`. */
function encodingOf(value: string): string {
  const name = value
    .toLowerCase()
    .replace(/\([^)]*\)/g, ' ')
    .replace(/^[\s"']+|["';].*$/gs, '')
    .trim()
  const letters = name.replace(/[\s_-]/g, '')
  if (letters === 'base64') return letters
  return letters === 'quotedprintable' ? 'quoted-printable' : (name.split(/\s/, 1)[0] ?? '')
}

/** In how much of a body its boundary is looked for when the header names none that is there. */
const boundaryBytes = 64_000

/** The boundary that a body shows by itself: a line of two hyphens and more, before the header of a part. Empty when none. */
function boundaryInside({ raw }: State, bodyStart: number, end: number): string {
  const beginning = raw.toString('latin1', bodyStart, Math.min(end, bodyStart + boundaryBytes))
  return (
    /(?:^|[\r\n])--([^\r\n]{1,200})(?:\r\n|\r|\n)content-[a-z-]{1,40}:/i.exec(beginning)?.[1]?.trimEnd() ?? ''
  )
}

function splitMultipart(
  state: State,
  id: string,
  bodyStart: number,
  end: number,
  depth: number,
  type: ParameterizedValue,
): readonly MimePart[] {
  const boundary = (type.parameters.get('boundary') ?? '').trimEnd()
  if (depth >= limits.mimeDepth) {
    state.broken = true
    return []
  }
  const children =
    boundary === '' ? [] : cutAt(state, id, bodyStart, end, depth, type, Buffer.from(`--${boundary}`))
  if (children.length > 0) return children
  // The header names no boundary, or one that is nowhere: the files of the message would be lost in a wall of text.
  state.broken = true
  const shown = boundaryInside(state, bodyStart, end)
  return shown === ''
    ? []
    : cutAt(state, id, bodyStart, end, depth, type, Buffer.from(`--${shown}`, 'latin1'))
}

/** Cuts a multipart at its delimiter (`needle`, two hyphens and the boundary). */
function cutAt(
  state: State,
  id: string,
  bodyStart: number,
  end: number,
  depth: number,
  type: ParameterizedValue,
  needle: Buffer,
): readonly MimePart[] {
  // What lies behind the part is none of its business, and looking there takes quadratic time.
  const inside = state.raw.subarray(0, end)
  const childType = type.value === 'multipart/digest' ? 'message/rfc822' : 'text/plain'
  const children: MimePart[] = []
  let open = -1
  let closed = false
  let at = bodyStart

  const take = (from: number, to: number) => {
    if (state.parts >= limits.mimeParts) {
      state.broken = true
      return
    }
    const childId = id === '' ? `${children.length + 1}` : `${id}.${children.length + 1}`
    children.push(splitPart(state, childId, from, Math.max(from, to), depth + 1, childType))
  }

  while (at < end && state.parts < limits.mimeParts) {
    if (state.tried > mostTried) {
      state.broken = true
      break
    }
    const found = inside.indexOf(needle, at)
    if (found === -1 || found + needle.length > end) break
    const line = delimiterLine(state, found, needle.length, bodyStart, end)
    if (!line) {
      state.tried++
      at = found + 1
      continue
    }
    if (open !== -1) take(open, beforeLineEnd(state.raw, found, open))
    // Delimiters behind a closing one come from inner parts that reuse the boundary: their content stays visible.
    else if (closed) state.broken = true
    open = line.closing ? -1 : line.next
    closed = line.closing
    at = line.next
  }
  if (open !== -1) {
    take(open, end)
    state.broken = true
  }
  return children
}

/** Checks that a match is a whole delimiter line (RFC 2046 §5.1.1) and says where the next line begins. */
function delimiterLine(
  state: State,
  found: number,
  length: number,
  bodyStart: number,
  end: number,
): { next: number; closing: boolean } | null {
  const { raw, lineEnd } = state
  if (found > bodyStart && raw[found - 1] !== lineEnd && raw[found - 1] !== lf) return null
  let at = found + length
  const closing = raw[at] === dash && raw[at + 1] === dash && at + 2 <= end
  if (closing) at += 2
  const isSpaced = raw[at] === 0x20 || raw[at] === 0x09
  while (at < end && (raw[at] === 0x20 || raw[at] === 0x09)) at++
  if (at >= end) return { next: end, closing }
  if (raw[at] === lineEnd) return { next: at + 1, closing }
  if (raw[at] === cr && raw[at + 1] === lf) return { next: Math.min(at + 2, end), closing }
  // Words behind the delimiter, as gateways leave them there: the line is one all the same.
  const stop = isSpaced ? raw.indexOf(lineEnd, at) : -1
  return stop === -1 ? null : { next: Math.min(stop + 1, end), closing }
}

/** The end of a part whose next boundary begins at `delimiter`: the line end before it is the boundary's. */
function beforeLineEnd(raw: Buffer, delimiter: number, partStart: number): number {
  let end = delimiter
  if (end > partStart && (raw[end - 1] === lf || raw[end - 1] === cr)) {
    end--
    if (raw[end] === lf && end > partStart && raw[end - 1] === cr) end--
  }
  return end
}
