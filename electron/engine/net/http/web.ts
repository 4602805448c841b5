import { SiegelError } from '../../../../shared/kit/result'
import type { GateRequest } from '../../ports/net/gate'
import type { HttpOptions } from '../../ports/net/http'
import type { Http } from './client'

const MAXIMUM_REDIRECTS = 3

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

/**
 * One HTTPS GET (RFC 9110) that says nothing but host and path: no user agent, language, cookies or referrer. Follows
 * up to three redirects (or `maxRedirects`) to HTTPS places; every hop is dialled through the gate and so asked of the policy again. With
 * `reportRedirect` the caller is told where the answer leads and decides itself; `upgraded` takes a place in clear for its HTTPS one.
 */
export async function getOverTls(
  request: GateRequest & { path: string },
  options: GetOptions,
  http: Http,
): Promise<Answer> {
  const endsAtMs = performance.now() + options.timeoutMs
  const { path: firstPath, ...firstHop } = request
  let hop: GateRequest = firstHop
  let path = firstPath
  for (let redirects = 0; ; redirects++) {
    const leftMs = endsAtMs - performance.now()
    if (leftMs <= 0) throw new SiegelError('connection-timeout', { host: hop.host, port: hop.port })
    const asked = { ...hop, method: 'GET', path, headers: { Accept: options.accept } }
    const { status, headers, read, discard } = await http(asked, boundsOf(options, leftMs))
    const location = headers.get('location')
    if (status < 300 || status >= 400 || location === undefined)
      return { status, body: await read(), contentType: (headers.get('content-type') ?? '').slice(0, 200) }
    discard()
    const answer = { status, body: new Uint8Array(), contentType: '' }
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
  http: Http,
): Promise<{ status: number }> {
  const { contentType, body } = options
  const asked = { ...request, method: 'POST', body, headers: { Accept: '*/*', 'Content-Type': contentType } }
  const { status, read, discard } = await http(asked, boundsOf(options, options.timeoutMs))
  if (status >= 300 && status < 400) discard()
  else await read()
  return { status }
}

const boundsOf = (
  { maxBytes, signal }: Pick<GetOptions, 'maxBytes' | 'signal'>,
  timeoutMs: number,
): HttpOptions => ({ timeoutMs, maxBytes, ...(signal ? { signal } : {}) })

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
