import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { WireCertificate } from './wire-certificates'

/** The server's end of one connection: lines and exact byte counts in, bytes out, TLS in the middle, cuts anywhere. */
export class WireConnection {
  /** 1 for the first connection of a server, then counting up. */
  readonly id: number
  /** Bytes written so far, before TLS. */
  outputBytes = 0
  /** The connection is cut when this many bytes have been written, in the middle of an answer if need be. */
  cutAfterOutputBytes: number | undefined
  /** What the client sent in clear together with its STARTTLS, which nobody may act on. */
  clearBytesAfterStartTls = Buffer.alloc(0)
  readonly #tcp: Socket
  #socket: Socket
  #buffered = Buffer.alloc(0)
  #ended = false
  #wake: () => void = () => {}

  /** @param tcp the TCP socket below `socket`, which is the same one when there is no TLS yet. */
  constructor(id: number, socket: Socket, tcp: Socket) {
    this.id = id
    this.#tcp = tcp
    this.#socket = socket
    this.#attach(socket)
  }

  get secure(): boolean {
    return this.#socket instanceof TLSSocket
  }

  get ended(): boolean {
    return this.#ended
  }

  /** The next line without its line end; undefined when the client has gone. */
  async readLine(): Promise<Buffer | undefined> {
    const line = await this.readRawLine()
    return line?.subarray(0, line.at(-2) === 0x0d ? -2 : -1)
  }

  /** The next line with its line end as the client sent it; undefined when the client has gone. */
  async readRawLine(): Promise<Buffer | undefined> {
    let searched = 0
    for (;;) {
      const end = this.#buffered.indexOf(0x0a, searched)
      if (end >= 0) return this.#take(end + 1)
      searched = this.#buffered.length
      if (!(await this.#more())) return undefined
    }
  }

  /** Exactly `count` bytes; undefined when the client has gone before. */
  async readBytes(count: number): Promise<Buffer | undefined> {
    while (this.#buffered.length < count) if (!(await this.#more())) return undefined
    return this.#take(count)
  }

  /** What has come in and was not read yet; for servers that cut in the middle of what a client sends. */
  async readAvailable(): Promise<Buffer | undefined> {
    if (this.#buffered.length === 0 && !(await this.#more())) return undefined
    return this.#take(this.#buffered.length)
  }

  write(data: string | Uint8Array): void {
    if (this.#ended || this.#socket.destroyed) return
    let bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data
    const limit = this.cutAfterOutputBytes
    const cut = limit !== undefined && this.outputBytes + bytes.length >= limit
    if (cut) bytes = bytes.subarray(0, Math.max(0, limit - this.outputBytes))
    this.outputBytes += bytes.length
    if (bytes.length > 0) this.#socket.write(bytes)
    if (cut) this.end()
  }

  /** Closes in order, after what was written has left. */
  end(): void {
    this.#close()
    this.#socket.end()
    const socket = this.#socket
    setTimeout(() => socket.destroy(), 500).unref()
  }

  /** Closes at once with a TCP reset. */
  reset(): void {
    this.#close()
    this.#tcp.resetAndDestroy()
  }

  destroy(): void {
    this.#close()
    this.#socket.destroy()
  }

  /** Becomes the server side of a TLS handshake. Resolves to whether it succeeded. */
  async startTls(certificate: WireCertificate): Promise<boolean> {
    const plain = this.#socket
    plain.removeAllListeners('data')
    plain.removeAllListeners('end')
    plain.removeAllListeners('close')
    this.clearBytesAfterStartTls = this.#buffered
    this.#buffered = Buffer.alloc(0)
    const secure = new TLSSocket(plain, { isServer: true, cert: certificate.cert, key: certificate.key })
    const succeeded = await new Promise<boolean>(resolve => {
      secure.once('secure', () => resolve(true))
      secure.once('error', () => resolve(false))
      secure.once('close', () => resolve(false))
    })
    this.#socket = secure
    this.#attach(secure)
    if (!succeeded) this.#close()
    return succeeded
  }

  #attach(socket: Socket): void {
    socket.on('data', chunk => {
      this.#buffered = this.#buffered.length === 0 ? chunk : Buffer.concat([this.#buffered, chunk])
      this.#wake()
    })
    socket.on('end', () => this.#close())
    socket.on('close', () => this.#close())
    socket.on('error', () => this.#close())
  }

  #close(): void {
    this.#ended = true
    this.#wake()
  }

  #take(count: number): Buffer {
    const taken = this.#buffered.subarray(0, count)
    this.#buffered = this.#buffered.subarray(count)
    return taken
  }

  async #more(): Promise<boolean> {
    if (this.#ended) return false
    const before = this.#buffered.length
    await new Promise<void>(resolve => {
      this.#wake = resolve
    })
    return this.#buffered.length > before
  }
}
