import { open } from 'node:fs/promises'
import { parseDate } from '../../../formats/mime/header/dates'
import { limits } from '../../../ports/limits'
import type { ArchivedMessage, ReadOptions } from './archived-message'
import { throwIfCancelled } from './file-errors'
import { type Line, readLines } from './line-reader'
import { readHeaderFlags } from './mbox-flags'
import { type MboxMark, parseMark } from './mbox-mark'
import { LookAhead, separatorForm, startOfText } from './mbox-separator'

const quotedFrom = /^>+From /

/**
 * The messages of an mbox file, streamed. Where one begins is judged by the form of the "From " line, by Content-Length
 * where it leads to another message, and by what follows (`mbox-separator.ts`). What is done to "From " in bodies, in this order:
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
    const ahead = new LookAhead(file, bytesTotal)
    let collector: Collector | null = null
    let previousBlank = true
    let number = 0
    let bytesRead = 0
    const finish = (): ArchivedMessage | null => {
      if (!collector) return null
      number++
      const message = collector.finish(rd)
      if (typeof message !== 'string') return message
      options.onNotTaken?.({ name: `message ${number}`, reason: message })
      return null
    }
    for await (const lines of readLines(file)) {
      throwIfCancelled(options.signal)
      for (const line of lines) {
        bytesRead += line.bytes.length
        const form =
          line.startsLine && line.endsLine ? separatorForm(withoutMark(line.bytes, bytesRead)) : null
        const behindBlank = previousBlank || (collector?.isEmpty ?? true)
        const mayEnd = collector?.mayEnd ?? true
        if (form !== null && mayEnd && (await ahead.beginsMessage(form, bytesRead, behindBlank))) {
          const message = finish()
          if (message) yield message
          collector = new Collector(line.bytes.toString('latin1', 0, 500))
        } else if (collector) {
          const announced = collector.add(line)
          if (announced !== null) collector.trustLength(await ahead.separatorAt(bytesRead + announced))
        }
        previousBlank = line.startsLine && isBlank(line.bytes)
      }
      options.onProgress?.({ bytesRead, bytesTotal })
    }
    const message = finish()
    if (message) yield message
  } finally {
    await file.close()
  }
}

/** The first line of a file without its byte order mark. */
const withoutMark = (line: Buffer, bytesRead: number): Buffer =>
  bytesRead === line.length ? line.subarray(startOfText(line)) : line

const isBlank = (line: Buffer): boolean =>
  (line.length === 1 && line[0] === 0x0a) || (line.length === 2 && line[0] === 0x0d && line[1] === 0x0a)

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

  /** False inside of what a trusted length covers. */
  get mayEnd(): boolean {
    return this.trustedEnd === null || this.lengthBytes >= this.trustedEnd
  }

  /** No line has come yet: what follows a separator at once begins a line after an empty one. */
  get isEmpty(): boolean {
    return this.lengthBytes === 0
  }

  /** The message, or why it is not taken. */
  finish(rd: boolean): ArchivedMessage | 'too-large' | 'deleted' {
    if (this.tooLarge) return 'too-large'
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
    if (flags === null) return 'deleted'
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
