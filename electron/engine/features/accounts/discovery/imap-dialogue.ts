import type { Duplex } from 'node:stream'
import { SiegelError } from '../../../../../shared/kit/result'
import { judgeRefusedLogin } from '../../../ports/net/login-refusal'

/** A line of a greeting, a CAPABILITY answer or a login answer; real ones stay below 2 kB. */
const MAXIMUM_LINE_BYTES = 64_000
const MAXIMUM_LINES = 200

/** The answer to one command: its status, text, and the untagged lines before it. */
export type ImapAnswer = Readonly<{ status: 'OK' | 'NO' | 'BAD'; text: string; untagged: readonly string[] }>

/** The few lines of IMAP (RFC 9051) a connection test needs: greeting, capabilities, STARTTLS, login. */
export class ImapDialogue {
  readonly #stream: Duplex
  readonly #timeoutMs: number
  #buffer = ''
  #lines = 0
  #tag = 0
  #wake: (() => void) | null = null
  #lost = false

  constructor(stream: Duplex, timeoutMs: number) {
    this.#stream = stream
    this.#timeoutMs = timeoutMs
    stream.on('data', this.#onData)
    stream.on('close', this.#onLost)
    stream.on('end', this.#onLost)
    stream.on('error', this.#onLost)
  }

  /** The greeting. Throws `preauth-refused` (somebody else's session) and `server-unavailable` for BYE. */
  async greeting(): Promise<void> {
    const line = await this.#line()
    if (/^\* OK\b/i.test(line)) return
    if (/^\* PREAUTH\b/i.test(line)) throw new SiegelError('preauth-refused')
    if (/^\* BYE\b/i.test(line)) throw new SiegelError('server-unavailable', { detail: clean(line.slice(6)) })
    throw new SiegelError('protocol-violation', { detail: 'no IMAP greeting' })
  }

  /** Sends a command and reads to its end. `continuation` answers one `+`; any other `+` is a violation. */
  async command(text: string, continuation: string | null = null): Promise<ImapAnswer> {
    let answer = continuation
    const tag = `a${++this.#tag}`
    this.#stream.write(`${tag} ${text}\r\n`)
    const untagged: string[] = []
    for (;;) {
      const line = await this.#line()
      if (line.startsWith('+') && answer) {
        this.#stream.write(`${answer}\r\n`)
        answer = null
        continue
      }
      const [, status, rest] = new RegExp(`^${tag} (OK|NO|BAD)\\b ?(.*)$`, 'i').exec(line) ?? []
      if (status)
        return { status: status.toUpperCase() as ImapAnswer['status'], text: clean(rest ?? ''), untagged }
      if (!line.startsWith('* ')) throw new SiegelError('protocol-violation', { detail: 'unexpected line' })
      untagged.push(clean(line.slice(2)))
    }
  }

  /** CAPABILITY in upper case. */
  async capabilities(): Promise<readonly string[]> {
    const { untagged } = await this.command('CAPABILITY')
    const listed = untagged
      .filter(line => /^CAPABILITY /i.test(line))
      .flatMap(line => line.split(/\s+/).slice(1))
    return listed.map(name => name.toUpperCase().slice(0, 100)).slice(0, 200)
  }

  /** Gives the stream back, paused. Answers whether bytes are left that were said before TLS. */
  release(): { unreadBytes: boolean } {
    this.#stream.pause()
    this.#stream.off('data', this.#onData)
    this.#stream.off('close', this.#onLost)
    this.#stream.off('end', this.#onLost)
    this.#stream.off('error', this.#onLost)
    return { unreadBytes: this.#buffer !== '' }
  }

  readonly #onData = (chunk: Buffer) => {
    this.#buffer += chunk.toString('latin1')
    this.#wake?.()
  }

  readonly #onLost = () => {
    this.#lost = true
    this.#wake?.()
  }

  async #line(): Promise<string> {
    const endsAtMs = performance.now() + this.#timeoutMs
    for (;;) {
      const end = this.#buffer.indexOf('\n')
      if (end >= 0) {
        if (++this.#lines > MAXIMUM_LINES)
          throw new SiegelError('protocol-violation', { detail: 'too many lines' })
        const line = this.#buffer.slice(0, end).replace(/\r$/, '')
        this.#buffer = this.#buffer.slice(end + 1)
        return line
      }
      if (this.#buffer.length > MAXIMUM_LINE_BYTES)
        throw new SiegelError('protocol-violation', { detail: 'line too long' })
      if (this.#lost) throw new SiegelError('connection-lost', { detail: 'the server closed the connection' })
      const leftMs = endsAtMs - performance.now()
      if (leftMs <= 0) throw new SiegelError('connection-timeout', { detail: 'no IMAP answer' })
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, leftMs)
        this.#wake = () => {
          clearTimeout(timer)
          this.#wake = null
          resolve()
        }
      })
    }
  }
}

/** What a refused login means; nobody knows here whether the password was taken before. */
export function loginFailure(answer: ImapAnswer): SiegelError {
  const responseCode = /^\[([A-Z-]+)/i.exec(answer.text)?.[1]?.toUpperCase() ?? ''
  const text = answer.text.replace(/^\[[^\]]*\]\s*/, '')
  return new SiegelError(judgeRefusedLogin({ responseCode, text, wasAccepted: false }), {
    detail: answer.text,
  })
}

const clean = (text: string) => text.replace(/\p{Cc}/gu, ' ').slice(0, 500)
