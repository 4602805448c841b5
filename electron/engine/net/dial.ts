import { lookup } from 'node:dns'
import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { SiegelError } from '../../../shared/kit/result'

/** How long one address family gets before the other is tried beside it (RFC 8305 §5). */
const FAMILY_ATTEMPT_MS = 250

/** Whether a connection may be opened to an IP address. */
export type MayReach = (address: string) => boolean

/**
 * Opens TCP to a place. Rejects with `name-unresolved`, `connection-refused`, `connection-timeout`, `offline`, `cancelled`.
 * With `mayReach`, a name with any address that it refuses is `not-permitted`: the very addresses that are dialled were
 * asked about, so no second look-up can answer otherwise.
 */
export function openTcp(
  route: Readonly<{ host: string; port: number }>,
  deadline: AbortSignal,
  mayReach?: MayReach,
): Promise<Socket> {
  const place = { host: route.host, port: route.port }
  return new Promise((resolve, reject) => {
    if (deadline.aborted) return reject(deadline.reason)
    if (mayReach && isIP(route.host) !== 0 && !mayReach(route.host)) return reject(notReachable(place))
    const socket = connectTcp({
      ...place,
      ...(mayReach ? { lookup: lookupOnly(place, mayReach) } : {}),
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: FAMILY_ATTEMPT_MS,
      noDelay: true,
      keepAlive: true,
    })
    const settle = (finish: () => void) => {
      deadline.removeEventListener('abort', onAbort)
      socket.removeAllListeners('connect')
      socket.removeListener('error', onError)
      finish()
    }
    const onAbort = () =>
      settle(() => {
        socket.on('error', ignore)
        socket.destroy()
        reject(deadline.reason)
      })
    const onError = (cause: Error) => settle(() => reject(connectFailure(cause, place)))
    deadline.addEventListener('abort', onAbort)
    socket.once('error', onError)
    socket.once('connect', () => settle(() => resolve(socket)))
  })
}

/**
 * Runs the TLS handshake on an open socket, without judging the certificate: the caller does, before it writes a byte.
 * Rejects with `tls-failed`, `connection-lost`, or the reason of the deadline.
 */
export function startTls(
  socket: Socket,
  options: {
    serverName: string
    context: SecureContext
    deadline: AbortSignal
    alpn?: readonly string[] | undefined
  },
): Promise<TLSSocket> {
  const { serverName, context, deadline, alpn } = options
  return new Promise((resolve, reject) => {
    if (deadline.aborted) return reject(deadline.reason)
    const tls = connectTls({
      socket,
      secureContext: context,
      // RFC 6066 §3: no IP literals in SNI.
      servername: isIP(serverName) === 0 ? serverName : '',
      // Node would end a refused handshake before the certificate could be shown; check-certificate.ts decides instead.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      ...(alpn ? { ALPNProtocols: [...alpn] } : {}),
    })
    const settle = (finish: () => void) => {
      deadline.removeEventListener('abort', onAbort)
      tls.removeListener('secureConnect', onSecure)
      tls.removeListener('error', onError)
      tls.removeListener('close', onClose)
      finish()
    }
    const fail = (error: unknown) =>
      settle(() => {
        tls.on('error', ignore)
        tls.destroy()
        socket.destroy()
        reject(error)
      })
    const onAbort = () => fail(deadline.reason)
    const onSecure = () => settle(() => resolve(tls))
    const onError = (cause: Error) => fail(tlsFailure(cause, serverName))
    const onClose = () =>
      fail(
        new SiegelError('connection-lost', { host: serverName, detail: 'closed during the TLS handshake' }),
      )
    deadline.addEventListener('abort', onAbort)
    tls.once('secureConnect', onSecure)
    tls.once('error', onError)
    tls.once('close', onClose)
  })
}

/** One limit for name, connection and TLS together: aborts with `connection-timeout`, or `cancelled` by the caller's signal. */
export function deadlineOf(
  place: { host: string; port: number },
  options: { timeoutMs: number; signal?: AbortSignal },
): { signal: AbortSignal; clear(): void } {
  const controller = new AbortController()
  const timer = setTimeout(
    () =>
      controller.abort(
        new SiegelError('connection-timeout', {
          host: place.host,
          port: place.port,
          timeoutMs: options.timeoutMs,
        }),
      ),
    options.timeoutMs,
  )
  const cancel = () => controller.abort(new SiegelError('cancelled'))
  if (options.signal?.aborted) cancel()
  options.signal?.addEventListener('abort', cancel)
  return {
    signal: controller.signal,
    clear() {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', cancel)
    },
  }
}

/** The system's look-up, refused whole when one of its answers is. */
const lookupOnly =
  (place: { host: string; port: number }, mayReach: MayReach): LookupFunction =>
  (name, options, callback) =>
    lookup(name, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, [])
      if (found.length === 0 || !found.every(({ address }) => mayReach(address)))
        return callback(notReachable(place), [])
      const [first] = found
      if (options.all) callback(null, found)
      else callback(null, first?.address ?? '', first?.family)
    })

const notReachable = (place: { host: string; port: number }) =>
  new SiegelError('not-permitted', { ...place, reason: 'private-address' })

const ignore = () => undefined

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code ?? '')

function connectFailure(cause: Error, place: { host: string; port: number }): SiegelError {
  // Several addresses fail as one AggregateError; the first one is the preferred address.
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause
  if (first instanceof SiegelError) return first
  const code = codeOf(cause) || codeOf(first)
  const params = { ...place, detail: code || cause.message.slice(0, 200) }
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
    case 'EAI_NODATA':
    case 'EAI_NONAME':
      return new SiegelError('name-unresolved', params, { cause })
    case 'ENETUNREACH':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
      return new SiegelError('offline', params, { cause })
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
      return new SiegelError('connection-timeout', params, { cause })
    default:
      return new SiegelError('connection-refused', params, { cause })
  }
}

function tlsFailure(cause: Error, host: string): SiegelError {
  const code = codeOf(cause)
  const detail = (code || cause.message).slice(0, 200)
  const lost = code === 'ECONNRESET' || code === 'EPIPE' || code === 'ETIMEDOUT'
  return new SiegelError(lost ? 'connection-lost' : 'tls-failed', { host, detail }, { cause })
}
