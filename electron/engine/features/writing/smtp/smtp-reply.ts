/** One complete reply (RFC 5321 §4.2): its code, and its lines without codes. */
export type SmtpReply = Readonly<{ code: number; lines: readonly string[] }>

/** Longest reply that is read: 512 octets a line (RFC 5321 §4.5.3.1.5), and an EHLO answer has a few dozen lines. */
const MAXIMUM_REPLY_BYTES = 64_000

/**
 * Puts replies together from chunks. `take` hands over each reply a chunk completes, and throws a plain Error at bytes
 * that are no SMTP at all; what is left over waits for the next chunk.
 */
export class SmtpReplyReader {
  #rest = ''
  #lines: string[] = []
  #size = 0

  take(chunk: Uint8Array, onReply: (reply: SmtpReply) => void): void {
    this.#rest += Buffer.from(chunk).toString('latin1')
    this.#size += chunk.length
    for (let end = this.#rest.indexOf('\n'); end >= 0; end = this.#rest.indexOf('\n')) {
      const line = this.#rest.slice(0, end).replace(/\r$/, '')
      this.#rest = this.#rest.slice(end + 1)
      const reply = this.#line(line)
      if (reply) onReply(reply)
    }
    if (this.#size > MAXIMUM_REPLY_BYTES) throw new Error('reply too long')
  }

  /** True when bytes wait that belong to no complete reply. */
  get hasRest(): boolean {
    return this.#rest !== '' || this.#lines.length > 0
  }

  #line(line: string): SmtpReply | null {
    const [, code, separator, text] = /^([2-5]\d\d)(?:([ -])(.*))?$/.exec(line) ?? []
    if (code === undefined) throw new Error('not an SMTP reply')
    this.#lines.push(decoded(text ?? ''))
    if (separator === '-') return null
    const lines = this.#lines
    this.#lines = []
    this.#size = 0
    return { code: Number(code), lines }
  }
}

/** Server text is UTF-8 where it can be (RFC 6531 §3.7.4), otherwise its bytes; control characters never pass. */
function decoded(latin1: string): string {
  const utf8 = Buffer.from(latin1, 'latin1').toString('utf8')
  const text = utf8.includes('\uFFFD') ? latin1 : utf8
  return text.replace(/\p{Cc}/gu, ' ')
}

/** A reply in one line for people: `550 5.1.1 no such user`. */
export function replyText(reply: SmtpReply): string {
  return `${reply.code} ${reply.lines.join(' ')}`.trim().slice(0, 500)
}

/** What an EHLO answer offers, keyword in upper case with its parameters (RFC 5321 §4.1.1.1). */
export function extensionsOf(reply: SmtpReply): ReadonlyMap<string, string> {
  const extensions = new Map<string, string>()
  for (const line of reply.lines.slice(1, 200)) {
    // Old servers write AUTH=PLAIN for AUTH PLAIN.
    const [, keyword, parameters] = /^([A-Za-z0-9][A-Za-z0-9-]*)[ =]?(.*)$/.exec(line.trim()) ?? []
    if (keyword !== undefined) extensions.set(keyword.toUpperCase(), parameters?.trim() ?? '')
  }
  return extensions
}
