import { Duplex } from 'node:stream'
import type { SubmissionStage } from '../../../../../shared/features/writing/model'
import { extensionsOf, type SmtpReply, SmtpReplyReader } from './smtp-reply'

const FINAL_DOT = '\r\n.\r\n'

/**
 * Stands between nodemailer and the TLS stream and sees every command and reply, because nodemailer alone cannot say
 * how far a message got, and would send it to those recipients that were accepted. It holds DATA back until every
 * recipient is accepted, lets the final dot out only after all of the message, and knows what was answered to what.
 */
export class SubmissionWitness extends Duplex {
  /** From the newest EHLO answer. */
  extensions: ReadonlyMap<string, string> = new Map()
  /** The first refusing answer to EHLO or HELO; nodemailer goes on with HELO after a refused EHLO. */
  helloRefusal: SmtpReply | null = null
  /** What was said last: a failure without a refusal happened there. */
  stage: SubmissionStage
  /** Set when MAIL was refused. */
  senderRefusal: SmtpReply | null = null
  readonly recipientRefusals: { recipient: string; reply: SmtpReply }[] = []
  /** The answer to DATA when it was not 354. */
  dataRefusal: SmtpReply | null = null
  /** An answer that came in the middle of the message, before its final dot. */
  earlyReply: SmtpReply | null = null
  /** True from the moment the final dot may have left. */
  dotSent = false
  /** The answer to the message. */
  finalReply: SmtpReply | null = null
  /** The latest reply of all, for words about failures before MAIL. */
  lastReply: SmtpReply | null = null

  readonly #inner: Duplex
  readonly #reader = new SmtpReplyReader()
  /** Commands without an answer yet, in the order answers come (RFC 2920 §3.1). */
  readonly #unanswered: string[]
  #phase: 'commands' | 'data-asked' | 'message' | 'over' = 'commands'
  #mailSaid = false
  #tail = ''
  #heldData: (() => void) | null = null
  #idleTimer: NodeJS.Timeout | undefined
  #idleMs = 0

  /** `greeted`: the stream comes from STARTTLS, where no greeting follows; nodemailer is given one to begin with. */
  constructor(inner: Duplex, options: { greeted: boolean }) {
    super({ allowHalfOpen: false })
    this.#inner = inner
    this.#unanswered = options.greeted ? [] : ['greeting']
    this.stage = options.greeted ? 'ehlo' : 'greeting'
    inner.on('data', this.#onData)
    inner.once('end', () => this.push(null))
    inner.once('close', () => this.destroy())
    inner.on('error', error => this.destroy(error))
    if (options.greeted) this.push('220 secured\r\n')
  }

  /** As on a socket: emits `timeout` when nothing moved for so long; 0 stops. */
  setTimeout(idleMs: number): this {
    this.#idleMs = idleMs
    this.#moved()
    return this
  }

  override _read(): void {
    this.#inner.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#moved()
    if (this.#phase === 'message') this.#writeMessage(chunk, done)
    else if (this.#phase === 'over') this.#forward(chunk, done)
    else this.#writeCommand(chunk, done)
  }

  #writeCommand(chunk: Buffer, done: (error?: Error | null) => void): void {
    const line = chunk.toString('latin1').trimEnd()
    // The answers of an AUTH exchange are base64 and could spell any verb; MAIL FROM ends that stage.
    if (/^MAIL FROM:/i.test(line)) this.#mailSaid = true
    if (this.#mailSaid && /^DATA$/i.test(line)) {
      this.#phase = 'data-asked'
      this.#heldData = () => {
        this.#heldData = null
        if (this.senderRefusal || this.recipientRefusals.length > 0)
          return done(new Error('envelope refused'))
        this.#unanswered.push('DATA')
        this.stage = 'data'
        this.#forward(chunk, done)
      }
      this.#releaseData()
      return
    }
    this.#unanswered.push(line)
    // With pipelining later commands are out before an answer to the first: the first that hangs is the place.
    if (this.#unanswered.length === 1) this.stage = this.#stageOf(line)
    this.#forward(chunk, done)
  }

  #stageOf(command: string): SubmissionStage {
    if (command === 'greeting' || command === 'message') return command
    if (this.#mailSaid) {
      if (/^RCPT /i.test(command)) return 'rcpt'
      return /^DATA$/i.test(command) ? 'data' : 'mail'
    }
    return /^(EHLO|HELO) /i.test(command) ? 'ehlo' : 'auth'
  }

  override _final(done: () => void): void {
    this.#inner.end()
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.#idleTimer)
    this.#inner.destroy()
    done(error)
  }

  #forward(chunk: Buffer, done: (error?: Error | null) => void): void {
    this.#inner.write(chunk, error => {
      this.#moved()
      done(error)
    })
  }

  /**
   * Writes come one after the other, each when the one before was handed to the system. So when the chunk with the
   * final dot comes, everything else is gone; one turn of the loop lets a close that happened meanwhile be seen first.
   */
  #writeMessage(chunk: Buffer, done: (error?: Error | null) => void): void {
    const seen = this.#tail + chunk.subarray(-FINAL_DOT.length).toString('latin1')
    this.#tail = seen.slice(-FINAL_DOT.length)
    if (this.#tail !== FINAL_DOT) {
      this.#forward(chunk, done)
      return
    }
    setImmediate(() => {
      if (this.earlyReply || this.destroyed || this.#inner.destroyed || this.#inner.readableEnded)
        return done(new Error('the server gave up before the end of the message'))
      this.dotSent = true
      this.#unanswered.push('message')
      this.stage = 'message'
      this.#forward(chunk, done)
    })
  }

  #releaseData(): void {
    if (this.#unanswered.length === 0) this.#heldData?.()
  }

  #moved(): void {
    clearTimeout(this.#idleTimer)
    if (this.#idleMs > 0 && !this.destroyed)
      this.#idleTimer = setTimeout(() => this.emit('timeout'), this.#idleMs)
  }

  readonly #onData = (chunk: Buffer) => {
    this.#moved()
    try {
      this.#reader.take(chunk, reply => this.#account(reply))
    } catch (error) {
      this.destroy(error as Error)
      return
    }
    // Commands may have been let go by this reply; nodemailer hears of it all the same.
    if (!this.destroyed && !this.push(chunk)) this.#inner.pause()
    this.#releaseData()
  }

  /** Notes what a reply means. Throws for answers to nothing. */
  #account(reply: SmtpReply): void {
    this.lastReply = reply
    const command = this.#unanswered.shift()
    const next = this.#unanswered[0]
    if (next !== undefined && reply.code < 400) this.stage = this.#stageOf(next)
    if (command === undefined) {
      // 421 may come unasked when a server shuts down (RFC 5321 §3.8).
      if (this.#phase === 'message') this.earlyReply = reply
      throw new Error('a reply to no command')
    }
    if (command === 'message') {
      this.finalReply = reply
      this.#phase = 'over'
    } else if (command === 'DATA') {
      if (reply.code !== 354) {
        this.dataRefusal = reply
        throw new Error('DATA refused')
      }
      this.#phase = 'message'
      // The dot of an empty message stands at the start of a line too.
      this.#tail = '\r\n'
    } else if (/^(EHLO|HELO) /i.test(command) && !this.#mailSaid) {
      if (reply.code === 250 && /^EHLO/i.test(command)) this.extensions = extensionsOf(reply)
      if (reply.code >= 400) this.helloRefusal ??= reply
    } else if (/^MAIL /i.test(command)) {
      if (reply.code >= 300) this.senderRefusal = reply
    } else if (/^RCPT /i.test(command)) {
      const recipient = /^RCPT TO:<(.*?)>/i.exec(command)?.[1] ?? ''
      if (reply.code >= 300) this.recipientRefusals.push({ recipient: utf8(recipient), reply })
    }
  }
}

const utf8 = (latin1: string) => Buffer.from(latin1, 'latin1').toString('utf8')
