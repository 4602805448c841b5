/** One reply of Tor's control port (control-spec §2.3): its code and its lines, data blocks as further lines. */
export type ControlReply = Readonly<{ code: number; lines: readonly string[] }>

/** Longer than anything Tor says; a stranger on the port cannot fill the memory. */
const MAXIMUM_BYTES = 4 * 1024 * 1024

/**
 * Cuts the bytes of a control port into replies. Asynchronous ones (6xx) come between the others. Throws on what is not
 * the protocol and on a reply over 4 MiB.
 */
export class ControlLines {
  #rest = ''
  #lines: string[] = []
  #size = 0
  #inData = false

  /** Replies that are complete with these bytes. */
  take(chunk: string): ControlReply[] {
    this.#rest += chunk
    if (this.#rest.length + this.#size > MAXIMUM_BYTES) throw new Error('a reply without end')
    const replies: ControlReply[] = []
    for (;;) {
      const end = this.#rest.indexOf('\n')
      if (end < 0) return replies
      const line = this.#rest.slice(0, end).replace(/\r$/, '')
      this.#rest = this.#rest.slice(end + 1)
      this.#size += line.length
      const reply = this.#line(line)
      if (reply) replies.push(reply)
    }
  }

  #line(line: string): ControlReply | null {
    if (this.#inData) {
      if (line === '.') this.#inData = false
      else this.#lines.push(line.replace(/^\.\./, '.'))
      return null
    }
    const match = /^([1-6]\d\d)([-+ ])(.*)$/.exec(line)
    if (!match) throw new Error('not a control port')
    const [, code, kind, text = ''] = match
    this.#lines.push(text)
    if (kind === '+') this.#inData = true
    if (kind !== ' ') return null
    const reply = { code: Number(code), lines: this.#lines }
    this.#lines = []
    this.#size = 0
    return reply
  }
}

/** `KEY=value` and `KEY="quoted value"` words of a control line; escapes as in control-spec §2.1.1. */
export function keywords(line: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [, key = '', quoted, plain = ''] of line.matchAll(/([A-Za-z_]+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g))
    found.set(key, quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1'))
  return found
}
