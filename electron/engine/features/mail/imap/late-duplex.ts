import { Duplex } from 'node:stream'

/**
 * A stream that exists before the one it stands for: imapflow wants the TLS stream at once, the gate gives it
 * when the handshake is done. Until `attach` nothing is read and writes wait.
 */
export class LateDuplex extends Duplex {
  #inner: Duplex | null = null
  #pending: (() => void) | null = null
  #timeoutMs = 0
  #timer: NodeJS.Timeout | null = null

  constructor() {
    super({ allowHalfOpen: false })
  }

  attach(inner: Duplex): void {
    if (this.destroyed) {
      inner.destroy()
      return
    }
    this.#inner = inner
    inner.on('data', (chunk: Buffer) => {
      this.#touch()
      if (!this.push(chunk)) inner.pause()
    })
    let ended = false
    inner.once('end', () => {
      ended = true
      this.push(null)
    })
    inner.once('error', error => this.destroy(error))
    // After a proper end the last bytes may still wait to be read; this stream then closes by itself.
    inner.once('close', () => {
      if (!ended) this.destroy()
    })
    this.#pending?.()
    this.#pending = null
  }

  /** As net.Socket#setTimeout: emits `timeout` after `ms` without traffic; 0 switches it off. */
  setTimeout(ms: number): this {
    this.#timeoutMs = ms
    this.#touch()
    return this
  }

  override _read(): void {
    this.#inner?.resume()
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const inner = this.#inner
    if (!inner) {
      this.#pending = () => this._write(chunk, encoding, done)
      return
    }
    this.#touch()
    inner.write(chunk, encoding, done)
  }

  override _final(done: (error?: Error | null) => void): void {
    if (this.#inner) this.#inner.end(() => done())
    else done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#inner?.destroy()
    done(error)
  }

  #touch(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = this.#timeoutMs > 0 ? setTimeout(() => this.emit('timeout'), this.#timeoutMs).unref() : null
  }
}
