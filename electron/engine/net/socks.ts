import type { Socket } from 'node:net'
import { assertNever } from '../../../shared/kit/assert-never'
import { SiegelError } from '../../../shared/kit/result'
import { openTcp } from './dial'

/** A SOCKS5 proxy and what is said to it. With Tor the credentials choose the circuit (`IsolateSOCKSAuth`). */
export type SocksProxy = Readonly<{
  host: string
  port: number
  credentials: Readonly<{ user: string; password: string }> | null
}>

/** Where the proxy shall go; a name stays a name and is looked up at the other end only. */
type Target = Readonly<{ host: string; port: number }>

const VERSION = 5
const NO_LOGIN = 0
const USER_PASSWORD = 2
const CONNECT = 1
const DOMAIN_NAME = 3

/** RFC 1928 §6, and the onion service errors of Tor (`ExtendedErrors`, socks-extensions.txt). */
const refusals: Readonly<Record<number, string>> = {
  1: 'general failure',
  2: 'not allowed by the proxy',
  3: 'network unreachable',
  4: 'host unreachable',
  5: 'refused by the server',
  6: 'expired on the way',
  7: 'command not supported',
  8: 'address type not supported',
  240: 'onion service not found',
  241: 'onion descriptor not valid',
  242: 'onion introduction failed',
  243: 'onion rendezvous failed',
  244: 'onion service asks for authorisation',
  245: 'onion authorisation refused',
  246: 'onion address not valid',
  247: 'onion introduction timed out',
}

/**
 * Opens a stream to `target` through a SOCKS5 proxy (RFC 1928, RFC 1929). The target travels as written (address type 3),
 * also an IP literal: nothing of it is resolved here. What the far end says at once stays unread in the socket. Rejects
 * with `proxy-failed` and the reason in `detail`, or the reason of the deadline; there is no other way to try.
 */
export async function openThroughSocks(
  proxy: SocksProxy,
  target: Target,
  deadline: AbortSignal,
): Promise<Socket> {
  const socket = await reach(proxy, target, deadline)
  // Between the last answer and the caller's own listener nobody may be missing.
  socket.on('error', () => undefined)
  const reader = new ExactReader(socket, deadline)
  try {
    await signIn(proxy, socket, reader)
    const name = Buffer.from(target.host, 'latin1')
    if (name.length === 0 || name.length > 255) throw new Refusal('name too long for the proxy')
    const port = [target.port >> 8, target.port & 255]
    socket.write(
      Buffer.concat([Buffer.from([VERSION, CONNECT, 0, DOMAIN_NAME, name.length]), name, Buffer.from(port)]),
    )
    await readAnswer(reader)
    reader.release()
    return socket
  } catch (error) {
    reader.release()
    socket.destroy()
    if (!(error instanceof Refusal)) throw error
    throw failed(target, error.message)
  }
}

async function reach(proxy: SocksProxy, target: Target, deadline: AbortSignal): Promise<Socket> {
  try {
    return await openTcp({ host: proxy.host, port: proxy.port }, deadline)
  } catch (error) {
    if (deadline.aborted || !(error instanceof SiegelError)) throw error
    throw failed(target, `no answer at ${proxy.host}:${proxy.port} (${error.params['detail'] ?? error.code})`)
  }
}

async function signIn({ credentials }: SocksProxy, socket: Socket, reader: ExactReader): Promise<void> {
  // Only one method is offered: a proxy that took the weaker of two would mix the circuits of all accounts.
  const method = credentials ? USER_PASSWORD : NO_LOGIN
  socket.write(Buffer.from([VERSION, 1, method]))
  const [version, chosen] = await reader.read(2)
  if (version !== VERSION) throw new Refusal('not a SOCKS5 proxy')
  if (chosen !== method) throw new Refusal(credentials ? 'takes no user name' : 'wants a user name')
  if (!credentials) return
  const user = Buffer.from(credentials.user, 'utf8')
  const password = Buffer.from(credentials.password, 'utf8')
  if ([user, password].some(word => word.length === 0 || word.length > 255))
    throw new Refusal('user name or password too long')
  socket.write(Buffer.concat([Buffer.from([1, user.length]), user, Buffer.from([password.length]), password]))
  const [authVersion, status] = await reader.read(2)
  if (authVersion !== 1) throw new Refusal('bad answer to the sign-in')
  if (status !== 0) throw new Refusal('user name or password refused')
}

async function readAnswer(reader: ExactReader): Promise<void> {
  const [version, reply = 1, , kind] = await reader.read(4)
  if (version !== VERSION) throw new Refusal('bad answer')
  if (reply !== 0) throw new Refusal(refusals[reply] ?? `unknown error ${reply}`)
  // The bound address is of no use here but must be read to its end: what follows belongs to the server.
  if (kind === 1) await reader.read(4 + 2)
  else if (kind === 4) await reader.read(16 + 2)
  else if (kind === DOMAIN_NAME) {
    const [length = 0] = await reader.read(1)
    await reader.read(length + 2)
  } else throw new Refusal('bad address type in the answer')
}

const failed = ({ host, port }: Target, detail: string): SiegelError =>
  new SiegelError('proxy-failed', { host, port, detail })

/** Why the proxy is of no use, in words. */
class Refusal extends Error {}

type End = 'closed' | 'error'

/** Reads exactly as many bytes as are asked for and leaves the rest in the socket. */
class ExactReader {
  readonly #socket: Socket
  readonly #deadline: AbortSignal
  #end: End | null = null
  #wake: () => void = () => undefined
  readonly #onReadable = () => this.#wake()
  readonly #onEnd = () => this.#ended('closed')
  readonly #onError = () => this.#ended('error')

  constructor(socket: Socket, deadline: AbortSignal) {
    this.#socket = socket
    this.#deadline = deadline
    socket.on('readable', this.#onReadable)
    socket.on('end', this.#onEnd)
    socket.on('close', this.#onEnd)
    socket.on('error', this.#onError)
    deadline.addEventListener('abort', this.#onReadable)
  }

  async read(count: number): Promise<Buffer> {
    for (;;) {
      if (this.#deadline.aborted) throw this.#deadline.reason
      const bytes: Buffer | null = this.#socket.read(count)
      // At the end of the stream Node gives what is left, however little.
      if (bytes?.length === count) return bytes
      if (bytes !== null) throw new Refusal('the answer was cut short')
      if (this.#end !== null) throw new Refusal(this.#words(this.#end))
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }

  /** Gives the socket back as it was found: nobody listens, nothing flows. */
  release(): void {
    this.#socket.removeListener('readable', this.#onReadable)
    this.#socket.removeListener('end', this.#onEnd)
    this.#socket.removeListener('close', this.#onEnd)
    this.#socket.removeListener('error', this.#onError)
    this.#deadline.removeEventListener('abort', this.#onReadable)
  }

  #ended(how: End): void {
    this.#end ??= how
    this.#wake()
  }

  #words(end: End): string {
    switch (end) {
      case 'closed':
        return 'the proxy hung up'
      case 'error':
        return 'the connection to the proxy broke'
      default:
        return assertNever(end)
    }
  }
}
