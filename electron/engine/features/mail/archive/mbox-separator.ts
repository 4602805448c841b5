import type { FileHandle } from 'node:fs/promises'

/**
 * How sure a "From " line is a separator by its form:
 * - `dated`: with a time and a year, as asctime writes them (RFC 4155), also Thunderbird's `From - ...` and Gmail's
 *   with a zone before the year;
 * - `bare`: `From`, `From -`, or one word, as a few programs write it;
 * - null: any other line.
 */
export type SeparatorForm = 'dated' | 'bare' | null

const from = Buffer.from('From ')
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf])
const longestSeparatorBytes = 1000
const dated = /\d{1,2}:\d{2}(:\d{2})?\s+(?:[A-Za-z+\-\d]{1,6}\s+)?\d{4}(\s|$)/

export function separatorForm(line: Buffer): SeparatorForm {
  if (line.length < 5 || line.length > longestSeparatorBytes || line.compare(from, 0, 5, 0, 5) !== 0)
    return null
  const rest = line.toString('latin1', 5).trim()
  if (dated.test(rest)) return 'dated'
  return /^\S*$/.test(rest) ? 'bare' : null
}

/** Fields of which every real message has some near its top; no sentence of a text begins with one by chance. */
const knownField =
  /^(from|to|cc|bcc|sender|reply-to|subject|date|message-id|in-reply-to|references|received|return-path|delivered-to|envelope-to|mime-version|status|lines|importance|priority|precedence|comments|keywords|organization|user-agent|authentication-results|errors-to|disposition-notification-to|newsgroups|autocrypt|(content|x|list|resent|dkim|arc|thread|domainkey|feedback)-[!-9;-~]*|received-spf|auto-submitted)[ \t]*:/i
const anyField = /^[!-9;-~]{1,100}[ \t]*:/
/** Fields are looked for in so many lines; a message of a mailing list can begin with a long Received or ARC chain. */
const linesLookedAt = 60

/** What stands behind a "From " line: the header of a message, nothing at all (the file ends), or something else. */
function followsAs(rest: string, isFileEnd: boolean): 'header' | 'mixed' | 'nothing' | 'text' {
  const lines = rest.split('\n', linesLookedAt).map(line => line.replace(/\r$/, ''))
  if (isFileEnd && rest.trim() === '') return 'nothing'
  const end = lines.indexOf('')
  const block = end === -1 ? lines : lines.slice(0, end)
  const known = block.filter(line => knownField.test(line)).length
  const [first = ''] = block
  if (known > 0 && anyField.test(first)) return 'header'
  // A program has put a line of its own in front.
  if (known > 1) return 'mixed'
  return 'text'
}

/** How much behind a line is looked at. */
const lookAheadBytes = 4096
const windowBytes = 1 << 16

/** Reads ahead of a stream of lines, in windows, so that a file of nothing but "From " lines costs no more than others. */
export class LookAhead {
  readonly #file: FileHandle
  readonly #sizeBytes: number
  #window: Buffer = Buffer.alloc(0)
  #at = 0

  constructor(file: FileHandle, sizeBytes: number) {
    this.#file = file
    this.#sizeBytes = sizeBytes
  }

  async at(position: number): Promise<{ bytes: Buffer; isFileEnd: boolean }> {
    const wanted = Math.min(lookAheadBytes, Math.max(0, this.#sizeBytes - position))
    if (position < this.#at || position + wanted > this.#at + this.#window.length) {
      const window = Buffer.alloc(Math.min(windowBytes, Math.max(0, this.#sizeBytes - position)))
      const { bytesRead } = await this.#file.read(window, 0, window.length, position)
      this.#window = window.subarray(0, bytesRead)
      this.#at = position
    }
    const bytes = this.#window.subarray(position - this.#at, position - this.#at + wanted)
    return { bytes, isFileEnd: position + bytes.length >= this.#sizeBytes }
  }

  /**
   * Whether a "From " line that ends before `position` begins a message. A dated one does when a header follows, with
   * or without the empty line that should stand before it; a bare one needs both. Without a header it is text that
   * looks like one, but for a last message that has nothing.
   */
  async beginsMessage(form: SeparatorForm, position: number, behindBlank: boolean): Promise<boolean> {
    if (form === null || (form === 'bare' && !behindBlank)) return false
    const { bytes, isFileEnd } = await this.at(position)
    const follows = followsAs(bytes.toString('latin1'), isFileEnd)
    if (follows === 'header') return true
    return form === 'dated' && behindBlank && follows !== 'text'
  }

  /** True when a message, or nothing more, stands at (or a line end or two behind) this place. */
  async separatorAt(position: number): Promise<boolean> {
    if (position > this.#sizeBytes) return false
    const { bytes, isFileEnd } = await this.at(position)
    let start = 0
    while (start < 4 && (bytes[start] === 0x0a || bytes[start] === 0x0d)) start++
    if (start >= bytes.length) return isFileEnd
    const stop = bytes.indexOf(0x0a, start)
    const line = bytes.subarray(start, stop === -1 ? bytes.length : stop + 1)
    return this.beginsMessage(separatorForm(line), position + start + line.length, true)
  }
}

/** Where the first line begins: behind a byte order mark and the empty lines some programs begin a file with. */
export function startOfText(head: Buffer): number {
  let start = head.subarray(0, 3).equals(byteOrderMark) ? 3 : 0
  while (head[start] === 0x0a || head[start] === 0x0d) start++
  return start
}
