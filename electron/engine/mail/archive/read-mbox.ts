import { type FileHandle, open } from 'node:fs/promises'
import { limits } from '../limits'
import { parseDate } from '../mime/dates'
import type { ArchivedMessage, ReadOptions } from './archived-message'
import { throwIfCancelled } from './file-errors'
import { type Line, readLines } from './line-reader'
import { readHeaderFlags } from './mbox-flags'
import { type MboxMark, parseMark } from './mbox-mark'

const from = Buffer.from('From ')
const quotedFrom = /^>+From /
const asctime = /\d{1,2}:\d{2}(:\d{2})?\s+(?:[A-Za-z+\-\d]{1,6}\s+)?\d{4}/

/**
 * The messages of an mbox file, streamed. What is done to "From " in bodies, in this order:
 * - messages written by Siegel carry a mark and come back exactly (`mbox-mark.ts`);
 * - a message whose Content-Length leads exactly to the next separator or the file's end (mboxcl2) is taken by its
 *   length and nothing is undone;
 * - in a file that holds ">>From " at a line's start (mboxrd) one ">" is removed from every `>+From ` line;
 * - otherwise (mboxo) nothing is undone: ">From " may have been written by the sender.
 */
export async function* readMbox(path: string, options: ReadOptions): AsyncGenerator<ArchivedMessage> {
  const rd = await holdsDoubleQuotedFrom(path, options.signal)
  const file = await open(path, 'r')
  try {
    const bytesTotal = (await file.stat()).size
    let collector: Collector | null = null
    let previousBlank = true
    let messages = 0
    let skipped = 0
    let bytesRead = 0
    for await (const lines of readLines(file)) {
      throwIfCancelled(options.signal)
      for (const line of lines) {
        bytesRead += line.bytes.length
        if (line.startsLine && isSeparator(line.bytes) && (collector?.mayEnd(previousBlank) ?? true)) {
          const message = collector?.finish(rd)
          if (message) {
            messages++
            yield message
          } else if (collector) skipped++
          collector = new Collector(line.bytes.toString('latin1', 0, 500))
        } else if (collector) {
          const announced = collector.add(line)
          if (announced !== null) collector.trustLength(await separatorAt(file, bytesRead + announced))
        }
        previousBlank = line.startsLine && isBlank(line.bytes)
      }
      options.onProgress?.({ messages, skipped, bytesRead, bytesTotal })
    }
    const message = collector?.finish(rd)
    if (message) {
      messages++
      yield message
    } else if (collector) skipped++
    options.onProgress?.({ messages, skipped, bytesRead, bytesTotal })
  } finally {
    await file.close()
  }
}

/** A "From " line as programs write it: with a date, Thunderbird's "From - ...", or bare. */
export function isSeparator(line: Buffer): boolean {
  if (line[0] !== 0x46 || line.length > 1000 || line.compare(from, 0, 5, 0, Math.min(5, line.length)) !== 0)
    return false
  const rest = line.toString('latin1', 5).trim()
  return rest === '' || rest === '-' || asctime.test(rest)
}

const isBlank = (line: Buffer): boolean =>
  (line.length === 1 && line[0] === 0x0a) || (line.length === 2 && line[0] === 0x0d && line[1] === 0x0a)

/** True when a separator or the file's end stands at (or a line end or two behind) this place. */
async function separatorAt(file: FileHandle, position: number): Promise<boolean> {
  const bytes = Buffer.alloc(1010)
  const { bytesRead } = await file.read(bytes, 0, bytes.length, position)
  if (bytesRead === 0) return position === (await file.stat()).size
  let start = 0
  while (start < 4 && (bytes[start] === 0x0a || bytes[start] === 0x0d)) start++
  const stop = bytes.indexOf(0x0a, start)
  return start >= bytesRead || isSeparator(bytes.subarray(start, stop === -1 ? bytesRead : stop + 1))
}

/** Gathers the lines of one message. */
class Collector {
  private readonly separator: string
  private pieces: Buffer[] = []
  private lengthBytes = 0
  private tooLarge = false
  private mark: MboxMark | null | undefined = undefined
  private inHeader = true
  private headerBytes = 0
  private contentLength: number | null = null
  /** Where the message ends by a Content-Length that was checked, counted from its first byte. */
  private trustedEnd: number | null = null

  constructor(separator: string) {
    this.separator = separator
  }

  /** Takes a line. Answers the Content-Length when the header ended with this line and has one worth checking. */
  add(line: Line): number | null {
    if (this.mark === undefined) this.mark = line.startsLine ? parseMark(line.bytes) : null
    this.lengthBytes += line.bytes.length
    if (this.lengthBytes > limits.messageBytes + limits.headerBytes) {
      this.tooLarge = true
      this.pieces = []
      return null
    }
    this.pieces.push(line.bytes)
    if (!this.inHeader) return null
    this.headerBytes += line.bytes.length
    if (line.startsLine && line.bytes.length < 60) {
      const length = /^content-length:\s*(\d{1,10})\s*$/i.exec(line.bytes.toString('latin1'))
      if (length) this.contentLength = Number(length[1])
      if (isBlank(line.bytes)) {
        this.inHeader = false
        return this.mark ? null : this.contentLength
      }
    }
    return null
  }

  /** Called after `add` answered a length: whether it leads to a separator. */
  trustLength(leadsToSeparator: boolean): void {
    if (leadsToSeparator && this.contentLength !== null)
      this.trustedEnd = this.lengthBytes + this.contentLength
  }

  /** Whether a separator line here can be one: behind an empty line, or where a trusted length says. */
  mayEnd(previousBlank: boolean): boolean {
    return this.trustedEnd === null
      ? previousBlank || this.lengthBytes === 0
      : this.lengthBytes >= this.trustedEnd
  }

  /** The message, or null when it is too large or was deleted. */
  finish(rd: boolean): ArchivedMessage | null {
    if (this.tooLarge) return null
    let raw: Buffer = Buffer.concat(this.pieces)
    const mark = this.mark ?? null
    let flagHeader = ''
    if (mark) {
      const start = behindLines(raw, mark.lines)
      flagHeader = raw.toString('latin1', 0, start)
      raw = unquote(raw.subarray(start))
      if (raw.length >= mark.messageBytes) raw = raw.subarray(0, mark.messageBytes)
    } else {
      flagHeader = raw.toString('latin1', 0, Math.min(this.headerBytes, limits.headerBytes))
      if (this.trustedEnd !== null) raw = raw.subarray(0, this.trustedEnd)
      else {
        raw = withoutBlankLine(raw)
        if (rd) raw = unquote(raw)
      }
    }
    const flags = readHeaderFlags(flagHeader)
    if (flags === null) return null
    return { raw, flags, internalDateMs: parseDate(this.separator.slice(this.separator.indexOf(' ', 5) + 1)) }
  }
}

/** The empty line before a separator belongs to the separator. */
function withoutBlankLine(raw: Buffer): Buffer {
  const text = raw.toString('latin1', Math.max(0, raw.length - 4))
  if (text.endsWith('\r\n\r\n')) return raw.subarray(0, raw.length - 2)
  if (text.endsWith('\n\n')) return raw.subarray(0, raw.length - 1)
  return raw
}

function behindLines(raw: Buffer, count: number): number {
  let at = 0
  for (let line = 0; line < count; line++) {
    const stop = raw.indexOf(0x0a, at)
    if (stop === -1) return raw.length
    at = stop + 1
  }
  return at
}

/** mboxrd: one ">" less in front of every `>+From ` line. */
function unquote(raw: Buffer): Buffer {
  const pieces: Buffer[] = []
  let kept = 0
  let at = raw.indexOf('From ')
  while (at !== -1) {
    let start = at
    while (start > 0 && raw[start - 1] === 0x3e) start--
    if (start < at && (start === 0 || raw[start - 1] === 0x0a)) {
      pieces.push(raw.subarray(kept, start))
      kept = start + 1
    }
    at = raw.indexOf('From ', at + 5)
  }
  if (pieces.length === 0) return raw
  pieces.push(raw.subarray(kept))
  return Buffer.concat(pieces)
}

/** One pass over the file for the sign of mboxrd: two or more ">" before "From " at a line's start. */
async function holdsDoubleQuotedFrom(path: string, signal: AbortSignal | undefined): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    for await (const lines of readLines(file)) {
      throwIfCancelled(signal)
      for (const line of lines) {
        if (
          line.bytes[0] === 0x3e &&
          line.bytes[1] === 0x3e &&
          line.startsLine &&
          quotedFrom.test(line.bytes.toString('latin1', 0, 200))
        )
          return true
      }
    }
    return false
  } finally {
    await file.close()
  }
}
