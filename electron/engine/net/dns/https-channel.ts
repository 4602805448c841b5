import { type ClientHttp2Session, connect } from 'node:http2'
import type { Duplex } from 'node:stream'
import { SiegelError } from '../../../../shared/kit/result'
import type { DnsChannel } from './tcp-channel'

const IDLE_MS = 10_000
/** RFC 1035 §4.2.2; one more byte ends the exchange. */
const MAXIMUM_ANSWER_BYTES = 65_535
const MEDIA_TYPE = 'application/dns-message'

/**
 * DNS over HTTPS (RFC 8484) by POST on one HTTP/2 connection. The requests carry what the RFC demands and nothing
 * else: no user agent, no language, no cookies.
 */
export function createHttpsChannel(
  server: { host: string; port: number; path: string },
  dial: (timeoutMs: number) => Promise<Duplex>,
): DnsChannel {
  const place = { host: server.host, port: server.port }
  const authority = server.port === 443 ? server.host : `${server.host}:${server.port}`
  let opening: Promise<ClientHttp2Session> | null = null

  const open = async (timeoutMs: number): Promise<ClientHttp2Session> => {
    const stream = await dial(timeoutMs)
    const session = connect(`https://${authority}`, {
      createConnection: () => stream,
      // Nothing may be pushed at us.
      settings: { enablePush: false },
    })
    const forget = () => {
      opening = null
    }
    session.on('error', forget)
    session.on('goaway', forget)
    session.on('close', forget)
    session.setTimeout(IDLE_MS, () => session.close())
    session.unref()
    return session
  }

  return {
    async exchange(query, timeoutMs) {
      const startedMs = performance.now()
      opening ??= open(timeoutMs).catch(error => {
        opening = null
        throw error
      })
      const session = await opening
      const leftMs = Math.max(1, timeoutMs - (performance.now() - startedMs))
      return post(session, { authority, path: server.path }, query, leftMs, place)
    },
    close() {
      void opening?.then(session => session.destroy()).catch(() => undefined)
      opening = null
    },
  }
}

function post(
  session: ClientHttp2Session,
  target: { authority: string; path: string },
  query: Buffer,
  timeoutMs: number,
  place: { host: string; port: number },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (session.closed || session.destroyed) return reject(new SiegelError('connection-lost', place))
    const request = session.request({
      ':method': 'POST',
      ':scheme': 'https',
      ':authority': target.authority,
      ':path': target.path,
      accept: MEDIA_TYPE,
      'content-type': MEDIA_TYPE,
      'content-length': query.length,
    })
    const fail = (error: SiegelError) => {
      clearTimeout(timer)
      request.close()
      reject(error)
    }
    const timer = setTimeout(
      () => fail(new SiegelError('connection-timeout', { ...place, timeoutMs })),
      timeoutMs,
    )
    const chunks: Buffer[] = []
    let size = 0
    request.on('response', headers => {
      const status = headers[':status'] ?? 0
      const type = String(headers['content-type'] ?? '')
      if (status !== 200) fail(new SiegelError('server-refused', { ...place, detail: `HTTP ${status}` }))
      else if (type.split(';')[0]?.trim().toLowerCase() !== MEDIA_TYPE)
        fail(new SiegelError('protocol-violation', { ...place, detail: 'not a DNS message' }))
    })
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > MAXIMUM_ANSWER_BYTES)
        fail(new SiegelError('too-large', { ...place, limitBytes: MAXIMUM_ANSWER_BYTES }))
      else chunks.push(chunk)
    })
    request.on('error', cause => fail(new SiegelError('connection-lost', place, { cause })))
    request.on('end', () => {
      clearTimeout(timer)
      resolve(Buffer.concat(chunks))
    })
    // A stream that ends without an answer; after an answer this changes nothing.
    request.on('close', () => fail(new SiegelError('connection-lost', place)))
    request.end(query)
  })
}
