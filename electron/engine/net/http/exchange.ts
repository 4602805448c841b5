import { randomUUID } from 'node:crypto'
import { type ClientRequest, type IncomingMessage, request as startRequest } from 'node:http'
import { pipeline } from 'node:stream'
import { SiegelError } from '../../../../shared/kit/result'
import type { GateRequest, GateSocket, TlsTrust } from '../../ports/net/gate'
import type { HttpAnswer, HttpOptions, HttpRequest } from '../../ports/net/http'
import { bodyOf } from './body'
import { type Connections, type PooledRequest, poolKeyOf } from './connections'

/** Header blocks of honest servers stay below Node's own default of 16 kB. */
const MAXIMUM_HEADER_BYTES = 16_384
/** Methods that may not be said twice when nobody knows whether the first one arrived (RFC 9110 §9.2.2). */
const saidOnce: ReadonlySet<string> = new Set(['POST', 'PATCH', 'LOCK'])

/** The gate's way of opening a connection. */
export type DialForHttp = (
  request: GateRequest,
  trust: TlsTrust,
  options: { timeoutMs: number; signal?: AbortSignal },
) => Promise<GateSocket>

type Means = Readonly<{ dial: DialForHttp; connections: Connections }>

/**
 * One request on one connection. A kept connection that turns out to be closed before a byte of the answer came is
 * replaced once by a new one, but for methods that may not be repeated.
 */
export async function exchange(
  request: HttpRequest,
  options: HttpOptions,
  authorization: string | null,
  means: Means,
): Promise<HttpAnswer> {
  try {
    return await attempt(request, options, authorization, means)
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error
    if (saidOnce.has(request.method)) throw error.failure
    const { keepAlive: _, ...alone } = options
    return attempt(request, alone, authorization, means)
  }
}

class StaleConnection extends Error {
  readonly failure: SiegelError
  constructor(failure: SiegelError) {
    super('a kept connection was closed')
    this.failure = failure
  }
}

function attempt(
  request: HttpRequest,
  options: HttpOptions,
  authorization: string | null,
  { dial, connections }: Means,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const place = { host: request.host, port: request.port }
    const ended = new AbortController()
    // The first failure is the one that is told; what follows from it is not.
    let failure: SiegelError | null = null
    const fail = (error: SiegelError) => {
      failure ??= error
      ended.abort(failure)
      outgoing?.destroy(failure)
      settle()
      reject(failure)
    }
    const onAbort = () => fail(new SiegelError('cancelled'))
    const timedOut = (timeoutMs: number) => () =>
      fail(new SiegelError('connection-timeout', { ...place, timeoutMs }))
    const timer = setTimeout(timedOut(options.timeoutMs), Math.max(1, options.timeoutMs))
    const settle = () => {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', onAbort)
    }
    const open = async () => {
      const timeoutMs = Math.min(options.connectTimeoutMs ?? options.timeoutMs, options.timeoutMs)
      const trust = { serverName: request.host, caPem: options.caPem ?? null }
      return (await dial(hopOf(request), trust, { timeoutMs, signal: ended.signal })).stream
    }

    let outgoing: ClientRequest | null = null
    if (options.signal?.aborted) return onAbort()
    options.signal?.addEventListener('abort', onAbort)
    try {
      const args: PooledRequest = {
        method: request.method,
        path: request.path,
        headers: headersOf(request, options, authorization),
        setHost: false,
        maxHeaderSize: MAXIMUM_HEADER_BYTES,
        // A key of its own meets no idle connection.
        poolKey: options.keepAlive ? poolKeyOf(request, options) : randomUUID(),
        open,
        agent: connections,
      }
      outgoing = startRequest(args)
    } catch {
      // Node refuses letters that could end a line.
      return fail(
        new SiegelError('protocol-violation', { ...place, detail: 'a request that cannot be written' }),
      )
    }
    const idleMs = options.idleTimeoutMs ?? options.timeoutMs
    outgoing.setTimeout(idleMs, timedOut(idleMs))
    outgoing.on('error', cause => {
      const error = failureOf(cause, place)
      if (failure === null && outgoing?.reusedSocket && error.code === 'connection-lost') {
        settle()
        return reject(new StaleConnection(error))
      }
      fail(error)
    })
    let isAnswered = false
    outgoing.on('response', response => {
      isAnswered = true
      outgoing?.setTimeout(0)
      resolve(answerOf(response, { ...options, place, failure: () => failure, settle }))
    })
    // A server that switches protocols, or one that closes without a word.
    outgoing.on('close', () => {
      if (!isAnswered) fail(new SiegelError('connection-lost', { ...place, detail: 'closed' }))
    })
    // A request that was destroyed before it had a connection says nothing until it gets one.
    write(outgoing, request, cause => fail(failureOf(cause, place)))
  })
}

function write(outgoing: ClientRequest, { body }: HttpRequest, giveUp: (cause: Error) => void): void {
  if (body === undefined || body instanceof Uint8Array) return void outgoing.end(body)
  const { open, lengthBytes } = body
  pipeline(
    open(),
    // Fewer bytes than were said would leave the server waiting, and more would be the start of another request.
    async function* (pieces: AsyncIterable<Uint8Array>) {
      let size = 0
      for await (const piece of pieces) {
        size += piece.length
        if (size > lengthBytes) break
        yield piece
      }
      if (size !== lengthBytes) throw new Error('the length of the body is not as it was said')
    },
    outgoing,
    error => {
      if (error) giveUp(error)
    },
  )
}

function answerOf(
  response: IncomingMessage,
  context: HttpOptions & {
    place: Place
    failure: () => SiegelError | null
    settle: () => void
  },
): HttpAnswer {
  const { place } = context
  const finish = () => {
    context.settle()
    if (!response.complete) response.destroy()
  }
  // What is not being read may still fail; the reader learns of it.
  response.on('error', () => undefined)
  async function* read() {
    try {
      yield* bodyOf(response, context, place)
    } catch (cause) {
      throw context.failure() ?? failureOf(cause, place)
    } finally {
      finish()
    }
  }
  const body = read()
  return {
    status: response.statusCode ?? 0,
    headers: new Map(
      Object.entries(response.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]),
    ),
    body,
    async read() {
      const pieces: Uint8Array[] = []
      for await (const piece of body) pieces.push(piece)
      return Buffer.concat(pieces)
    },
    discard() {
      context.settle()
      response.destroy()
    },
  }
}

type Place = Readonly<{ host: string; port: number }>

function headersOf(
  { host, port, headers, body }: HttpRequest,
  { compressed, keepAlive }: HttpOptions,
  authorization: string | null,
): Record<string, string> {
  const name = host.includes(':') ? `[${host}]` : host
  const lengthBytes = body instanceof Uint8Array ? body.length : body?.lengthBytes
  return {
    Host: port === 443 ? name : `${name}:${port}`,
    ...headers,
    'Accept-Encoding': compressed ? 'gzip' : 'identity',
    ...(authorization === null ? {} : { Authorization: authorization }),
    // Never chunked: some servers refuse it (Radicale answers 400).
    ...(lengthBytes === undefined ? {} : { 'Content-Length': String(lengthBytes) }),
    Connection: keepAlive ? 'keep-alive' : 'close',
  }
}

/** Only what the gate asks about: it lists its requests. */
function hopOf(request: HttpRequest): GateRequest {
  const { method: _method, path: _path, headers: _headers, body: _body, ...hop } = request
  return hop
}

function failureOf(cause: unknown, place: Place): SiegelError {
  if (cause instanceof SiegelError) return cause
  const code = String((cause as NodeJS.ErrnoException).code ?? 'error')
  // What was compressed wrongly came whole; everything else is the connection.
  const isNonsense = code.startsWith('Z_') && code !== 'Z_BUF_ERROR'
  return new SiegelError(
    isNonsense ? 'protocol-violation' : 'connection-lost',
    { ...place, detail: code },
    { cause },
  )
}
