import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { Duplex } from 'node:stream'
import { ControlLines, type ControlReply, keywords } from './control-lines'

/** An authenticated control connection (control-spec). */
export type ControlClient = Readonly<{
  version: string
  /** Lines of a positive answer. Rejects with Tor's own words, or when the connection ends. */
  command(line: string): Promise<readonly string[]>
  /** One value of GETINFO, data blocks joined with line breaks. */
  info(key: string): Promise<string>
  onEvent(listener: (line: string) => void): void
  /** Settles when the connection is gone. */
  ended: Promise<void>
  close(): void
}>

const COOKIE_BYTES = 32
const COMMAND_TIMEOUT_MS = 10_000
const serverKey = 'Tor safe cookie authentication server-to-controller hash'
const clientKey = 'Tor safe cookie authentication controller-to-server hash'

/**
 * Signs in at a control port. With a cookie only by SAFECOOKIE (control-spec §3.24): the file is never sent, both sides
 * prove that they know it, and a stranger on the port learns nothing. Passwords are not used. `cookieFile`: where it must
 * be; null believes PROTOCOLINFO. Rejects with a short reason.
 */
export async function openControl(stream: Duplex, cookieFile: string | null): Promise<ControlClient> {
  const wire = new ControlWire(stream)
  try {
    const hello = await wire.command('PROTOCOLINFO 1')
    const auth = keywords(hello.find(line => line.startsWith('AUTH ')) ?? '')
    const methods = (auth.get('METHODS') ?? '').split(',')
    if (methods.includes('SAFECOOKIE')) await safeCookie(wire, cookieFile ?? auth.get('COOKIEFILE') ?? '')
    else if (methods.includes('NULL')) await wire.command('AUTHENTICATE')
    else throw new Error('the control port wants a password')
    const version = keywords(hello.find(line => line.startsWith('VERSION ')) ?? '').get('Tor') ?? ''
    return {
      version: version.slice(0, 60),
      command: line => wire.command(line),
      async info(key) {
        const lines = await wire.command(`GETINFO ${key}`)
        const [first = '', ...rest] = lines.filter(line => line !== 'OK')
        return [first.slice(key.length + 1), ...rest].filter((line, at) => at > 0 || line !== '').join('\n')
      },
      onEvent: listener => void wire.listeners.add(listener),
      ended: wire.ended,
      close: () => wire.close('closed'),
    }
  } catch (error) {
    wire.close('closed')
    throw error
  }
}

async function safeCookie(wire: ControlWire, path: string): Promise<void> {
  const cookie = await readCookie(path)
  const nonce = randomBytes(COOKIE_BYTES)
  const [answer = ''] = await wire.command(`AUTHCHALLENGE SAFECOOKIE ${nonce.toString('hex')}`)
  const words = keywords(answer)
  const serverNonce = Buffer.from(words.get('SERVERNONCE') ?? '', 'hex')
  const told = Buffer.from(words.get('SERVERHASH') ?? '', 'hex')
  const digest = (key: string) =>
    createHmac('sha256', key).update(cookie).update(nonce).update(serverNonce).digest()
  const expected = digest(serverKey)
  if (told.length !== expected.length || !timingSafeEqual(told, expected))
    throw new Error('the control port does not know the cookie')
  await wire.command(`AUTHENTICATE ${digest(clientKey).toString('hex')}`)
}

async function readCookie(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(COOKIE_BYTES + 1), 0, COOKIE_BYTES + 1, 0)
    if (bytesRead !== COOKIE_BYTES) throw new Error('not a cookie')
    return buffer.subarray(0, COOKIE_BYTES)
  } finally {
    await file.close()
  }
}

type Waiting = { resolve: (lines: readonly string[]) => void; reject: (error: Error) => void }

/** Commands and their replies, in order; events to listeners. */
class ControlWire {
  readonly listeners = new Set<(line: string) => void>()
  readonly ended: Promise<void>
  readonly #stream: Duplex
  readonly #lines = new ControlLines()
  readonly #waiting: Waiting[] = []
  #reason: string | null = null
  #tellEnd: () => void = () => undefined

  constructor(stream: Duplex) {
    this.#stream = stream
    this.ended = new Promise(resolve => {
      this.#tellEnd = resolve
    })
    stream.on('data', (chunk: Buffer) => this.#take(chunk.toString('latin1')))
    stream.on('error', () => this.close('the control port broke'))
    stream.on('close', () => this.close('the control port hung up'))
  }

  command(line: string): Promise<readonly string[]> {
    // A line break would be a second command (control-spec §2.2).
    if (/[\r\n\0]/.test(line)) return Promise.reject(new Error('not one line'))
    if (this.#reason !== null) return Promise.reject(new Error(this.#reason))
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.close('the control port does not answer'), COMMAND_TIMEOUT_MS)
      const done = <T>(settle: (value: T) => void) => {
        return (value: T) => {
          clearTimeout(timer)
          settle(value)
        }
      }
      this.#waiting.push({ resolve: done(resolve), reject: done(reject) })
      this.#stream.write(`${line}\r\n`)
    })
  }

  close(reason: string): void {
    if (this.#reason !== null) return
    this.#reason = reason
    this.#stream.destroy()
    for (const { reject } of this.#waiting.splice(0)) reject(new Error(reason))
    this.#tellEnd()
  }

  #take(text: string): void {
    let replies: ControlReply[]
    try {
      replies = this.#lines.take(text)
    } catch (error) {
      this.close(error instanceof Error ? error.message : 'bad reply')
      return
    }
    for (const { code, lines } of replies) {
      if (code >= 600) {
        for (const line of lines) for (const listener of this.listeners) listener(line)
        continue
      }
      const waiting = this.#waiting.shift()
      if (code < 300) waiting?.resolve(lines)
      else waiting?.reject(new Error(`${code} ${lines.at(-1) ?? ''}`.slice(0, 200)))
    }
  }
}
