import { SiegelError } from '../../../../shared/kit/result'
import type { HttpAnswer, HttpOptions, HttpRequest } from '../../ports/net/http'
import { Connections } from './connections'
import { type DialForHttp, exchange } from './exchange'
import { createLogins } from './logins'

/** Bodies of refusals are read so far, so that the connection can be used again. */
const longestRefusalBytes = 65_536

/** One request and its answer, whatever its status. */
export type Http = (request: HttpRequest, options: HttpOptions) => Promise<HttpAnswer>

/**
 * The HTTP client over the gate's sockets: HTTP/1.1 in TLS, neither cookies nor a name of this program. It signs in when the
 * server asks (Digest before Basic), reports redirects and follows none, and takes what a server does at its bounds for
 * failures: `too-large`, `connection-timeout`, `connection-lost`, `protocol-violation`, `cancelled`, and those of the gate.
 */
export function createHttpClient(dial: DialForHttp): Http {
  const connections = new Connections()
  const logins = createLogins()

  return async (request, options) => {
    const endsAtMs = performance.now() + options.timeoutMs
    const send = (authorization: string | null) => {
      const leftMs = endsAtMs - performance.now()
      if (leftMs <= 0)
        throw new SiegelError('connection-timeout', {
          host: request.host,
          port: request.port,
          timeoutMs: options.timeoutMs,
        })
      return exchange(request, { ...options, timeoutMs: leftMs }, authorization, { dial, connections })
    }

    const { login } = options
    if (!login) return send(null)
    let said = logins.begin(request, login)
    let answer = await send(said)
    // Twice at most: a nonce that was too old, and the new one.
    for (let asked = 0; answer.status === 401 && asked < 2; asked++) {
      const header = answer.headers.get('www-authenticate') ?? ''
      let next: string | null
      try {
        next = logins.again(request, login, header, said)
      } catch (error) {
        answer.discard()
        throw error
      }
      if (next === null) break
      await drain(answer)
      said = next
      answer = await send(said)
    }
    return answer
  }
}

/** Reads what is left of a short answer, or closes its connection. */
async function drain(answer: HttpAnswer): Promise<void> {
  let size = 0
  try {
    for await (const piece of answer.body) {
      size += piece.length
      if (size > longestRefusalBytes) break
    }
  } catch {
    // What was refused is known; how its body ended is not of interest.
  }
}
