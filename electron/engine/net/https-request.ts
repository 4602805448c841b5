import { request as httpRequest, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { SiegelError } from '../../../shared/kit/result'
import type { GateRequest, GateSocket } from '../ports/net/gate'

const MAXIMUM_REDIRECTS = 3
/** Header blocks of honest servers stay below Node's own default of 16 kB. */
const MAXIMUM_HEADER_BYTES = 16_384

type Place = { host: string; port: number; path: string }
type Answer = { status: number; body: Uint8Array; contentType: string; redirect?: Place }
type GetOptions = {
  timeoutMs: number
  maxBytes: number
  accept: string
  signal?: AbortSignal
  maxRedirects?: number
  reportRedirect?: 'as-it-is' | 'upgraded'
}
type PostOptions = Pick<GetOptions, 'timeoutMs' | 'maxBytes' | 'signal'> & {
  contentType: string
  body: Uint8Array
}
type DialHop = (hop: GateRequest, timeoutMs: number) => Promise<GateSocket>

/**
 * One HTTPS GET (RFC 9110) that says nothing but host and path: no user agent, language, cookies or referrer. Follows
 * up to three redirects (or `maxRedirects`) to HTTPS places; every hop is dialled through the gate and so asked of the policy again. With
 * `reportRedirect` the caller is told where the answer leads and decides itself; `upgraded` takes a place in clear for its HTTPS one.
 */
export async function getOverTls(
  request: GateRequest & { path: string },
  options: GetOptions,
  dial: DialHop,
): Promise<Answer> {
  const endsAtMs = performance.now() + options.timeoutMs
  const { path: firstPath, ...firstHop } = request
  let hop: GateRequest = firstHop
  let path = firstPath
  for (let redirects = 0; ; redirects++) {
    const leftMs = endsAtMs - performance.now()
    if (leftMs <= 0) throw new SiegelError('connection-timeout', { host: hop.host, port: hop.port })
    const { stream } = await dial(hop, leftMs)
    const { answer, location } = await exchange(stream, hop, path, { ...options, endsAtMs })
    if (location === null) return answer
    if (options.reportRedirect) {
      const upgrades = options.reportRedirect === 'upgraded'
      return { ...answer, redirect: redirectTarget(location, hop, path, upgrades) }
    }
    if (redirects === (options.maxRedirects ?? MAXIMUM_REDIRECTS))
      throw new SiegelError('server-refused', { host: hop.host, detail: 'too many redirects' })
    const target = redirectTarget(location, hop, path, false)
    hop = { ...hop, host: target.host, port: target.port }
    path = target.path
  }
}

/**
 * One HTTPS POST that says nothing but host, path and the given body. A redirect is an answer like any other and is not
 * followed: what is posted is meant for this place alone.
 */
export async function postOverTls(
  request: GateRequest & { path: string },
  options: PostOptions,
  dial: DialHop,
): Promise<{ status: number }> {
  const endsAtMs = performance.now() + options.timeoutMs
  const { path, ...hop } = request
  const { stream } = await dial(hop, options.timeoutMs)
  const { answer } = await exchange(stream, hop, path, { ...options, accept: '*/*', endsAtMs })
  return { status: answer.status }
}

/** `upgrades`: a place in clear is taken for its HTTPS one, as the address that led here may have been. */
function redirectTarget(location: string, hop: GateRequest, path: string, upgrades: boolean): Place {
  const base = `https://${hop.host.includes(':') ? `[${hop.host}]` : hop.host}:${hop.port}${path}`
  const url = URL.canParse(location, base) ? new URL(location, base) : null
  const isProtected = url?.protocol === 'https:' || (upgrades && url?.protocol === 'http:')
  if (!url || !isProtected || url.username !== '' || url.password !== '')
    throw new SiegelError('not-permitted', {
      host: hop.host,
      port: hop.port,
      reason: 'redirect',
      target: location.slice(0, 200),
    })
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? 443 : Number(url.port),
    path: url.pathname + url.search,
  }
}

function exchange(
  stream: Duplex,
  hop: GateRequest,
  path: string,
  options: Pick<GetOptions, 'maxBytes' | 'accept' | 'signal'> &
    Partial<Pick<PostOptions, 'contentType' | 'body'>> & { endsAtMs: number },
): Promise<{ answer: Answer; location: string | null }> {
  return new Promise((resolve, reject) => {
    const place = { host: hop.host, port: hop.port }
    const finish = (settle: () => void) => {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', onAbort)
      stream.destroy()
      settle()
    }
    const fail = (error: SiegelError) => finish(() => reject(error))
    const onAbort = () => fail(new SiegelError('cancelled'))
    const timer = setTimeout(
      () => fail(new SiegelError('connection-timeout', place)),
      Math.max(1, options.endsAtMs - performance.now()),
    )
    options.signal?.addEventListener('abort', onAbort)

    const outgoing = httpRequest({
      method: options.body === undefined ? 'GET' : 'POST',
      path,
      createConnection: () => stream,
      setHost: false,
      maxHeaderSize: MAXIMUM_HEADER_BYTES,
      headers: {
        Host: hostHeader(hop),
        Accept: options.accept,
        'Accept-Encoding': 'identity',
        ...(options.body === undefined
          ? {}
          : { 'Content-Type': options.contentType, 'Content-Length': options.body.length }),
        Connection: 'close',
      },
    })
    outgoing.on('error', cause =>
      fail(new SiegelError('connection-lost', { ...place, detail: codeOf(cause) }, { cause })),
    )
    outgoing.on('response', response => {
      const status = response.statusCode ?? 0
      const { location } = response.headers
      if (status >= 300 && status < 400 && location !== undefined) {
        const empty = { status, body: new Uint8Array(), contentType: '' }
        return finish(() => resolve({ answer: empty, location }))
      }
      collect(response, options.maxBytes, place).then(
        body => {
          const contentType = (response.headers['content-type'] ?? '').slice(0, 200)
          finish(() => resolve({ answer: { status, body, contentType }, location: null }))
        },
        error => fail(error),
      )
    })
    outgoing.end(options.body)
  })
}

async function collect(
  response: IncomingMessage,
  maxBytes: number,
  place: { host: string; port: number },
): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > maxBytes) throw new SiegelError('too-large', { ...place, limitBytes: maxBytes })
      chunks.push(chunk)
    }
  } catch (cause) {
    if (cause instanceof SiegelError) throw cause
    throw new SiegelError('connection-lost', { ...place, detail: codeOf(cause) }, { cause })
  }
  return Buffer.concat(chunks)
}

function hostHeader(hop: GateRequest): string {
  const host = hop.host.includes(':') ? `[${hop.host}]` : hop.host
  return hop.port === 443 ? host : `${host}:${hop.port}`
}

const codeOf = (error: unknown) => String((error as NodeJS.ErrnoException).code ?? 'error')
