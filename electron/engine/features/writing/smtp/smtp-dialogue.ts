import type { Duplex } from 'node:stream'
import { type SubmissionStage, submissionStage } from '../../../../../shared/features/writing/model'
import { SiegelError, withPlace } from '../../../../../shared/kit/result'
import { replyText, type SmtpReply, SmtpReplyReader } from './smtp-reply'

/** The name Siegel gives in EHLO everywhere: it tells nothing of the machine (RFC 5321 §4.1.4 allows an address literal). */
export const EHLO_NAME = '[127.0.0.1]'

/**
 * Question and answer on a stream, one at a time: what happens before TLS, and connection tests. Bytes that nobody
 * asked for are a protocol violation, so that nothing said early can pass for a later answer.
 */
export class SmtpDialogue {
  readonly #reader = new SmtpReplyReader()
  readonly #replies: SmtpReply[] = []
  #waiting: ((settled: SmtpReply | SiegelError) => void) | null = null
  #failure: SiegelError | null = null

  readonly stream: Duplex
  readonly timeoutMs: number

  constructor(stream: Duplex, timeoutMs: number) {
    this.stream = stream
    this.timeoutMs = timeoutMs
    stream.on('data', this.#onData)
    stream.on('end', this.#onEnd)
    stream.on('close', this.#onEnd)
    stream.on('error', this.#onEnd)
  }

  /** Waits for one reply. Throws `connection-lost`, `connection-timeout`, `protocol-violation`. */
  reply(): Promise<SmtpReply> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.#fail(new SiegelError('connection-timeout', { detail: 'no SMTP reply' })),
        this.timeoutMs,
      )
      this.#waiting = settled => {
        clearTimeout(timer)
        this.#waiting = null
        if (settled instanceof SiegelError) reject(settled)
        else resolve(settled)
      }
      this.#deliver()
    })
  }

  /** Sends one line and waits for its reply. */
  command(line: string): Promise<SmtpReply> {
    this.stream.write(`${line}\r\n`)
    return this.reply()
  }

  /** Gives the stream back, paused. Answers whether clear bytes were read that belong to no answered command. */
  release(): { unreadBytes: boolean } {
    this.stream.pause()
    this.stream.off('data', this.#onData)
    this.stream.off('end', this.#onEnd)
    this.stream.off('close', this.#onEnd)
    this.stream.off('error', this.#onEnd)
    const garbage = this.#failure?.code === 'protocol-violation'
    return { unreadBytes: garbage || this.#replies.length > 0 || this.#reader.hasRest }
  }

  readonly #onData = (chunk: Buffer) => {
    try {
      this.#reader.take(chunk, reply => this.#replies.push(reply))
    } catch (cause) {
      return this.#fail(new SiegelError('protocol-violation', { detail: (cause as Error).message }))
    }
    this.#deliver()
  }

  readonly #onEnd = () =>
    this.#fail(new SiegelError('connection-lost', { detail: 'the server closed the connection' }))

  #deliver(): void {
    const next = this.#waiting ? this.#replies.shift() : undefined
    if (next) this.#waiting?.(next)
    else if (this.#failure) this.#waiting?.(this.#failure)
  }

  #fail(failure: SiegelError): void {
    this.#failure ??= failure
    this.#deliver()
  }
}

/** Names the stage in what goes wrong there. */
export async function atStage<T>(stage: SubmissionStage, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof SiegelError) || error.params['stage'] !== undefined) throw error
    throw withPlace(error, { stage })
  }
}

/** The stage that an error carries. */
export function stageOf(error: unknown): SubmissionStage | null {
  const stage = error instanceof SiegelError ? submissionStage.safeParse(error.params['stage']) : null
  return stage?.success ? stage.data : null
}

/** The failure a refusing reply means before any message was begun. 4yz may pass later (RFC 5321 §4.2.1). */
export function refusalOf(reply: SmtpReply): SiegelError {
  return new SiegelError(reply.code < 500 ? 'server-unavailable' : 'server-refused', {
    detail: replyText(reply),
  })
}
