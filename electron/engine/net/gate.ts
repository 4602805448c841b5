import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { SiegelError } from '../../../shared/ipc/result'
import type { AccountId } from '../../../shared/model/ids'
import type {
  CertificatePins,
  Clock,
  EgressPolicy,
  GateRequest,
  GateSocket,
  Log,
  NetworkGate,
  TlsTrust,
} from '../ports'
import { checkCertificate, fingerprintOf } from './check-certificate'
import { createConnectionLog, type LoggedConnection } from './connection-log'
import { deadlineOf, openTcp, startTls } from './dial'
import { normalHost } from './host-name'
import { getOverTls } from './https-get'
import { createResolver } from './resolve'
import { createRoutes } from './routes'
import { createSecureContexts } from './secure-context'

type Open = { logged: LoggedConnection; socket: Socket; request: GateRequest }

/**
 * The network gate with the direct way. Every connection passes the policy, has one deadline for name, connection
 * and TLS, has its certificate judged before a byte is sent, and is listed while it lives and for a while after.
 */
export function createGate(deps: {
  policy: EgressPolicy
  pins: CertificatePins
  clock: Clock
  log: Log
}): NetworkGate {
  const { policy, pins, clock, log } = deps
  let offline = false
  const routeFor = createRoutes({ policy, isOffline: () => offline })
  const contextFor = createSecureContexts()
  const connections = createConnectionLog(clock)
  const resolver = createResolver()
  const open = new Set<Open>()
  /** Which clear stream belongs to which connection, for `upgrade`. */
  const clearStreams = new WeakMap<object, Open>()

  const askRoute = (request: GateRequest) => {
    try {
      return routeFor(request)
    } catch (error) {
      const words = error instanceof SiegelError ? String(error.params['why'] ?? error.code) : 'internal'
      connections.refused(request, words)
      log.warn('connection refused by the gate', { purpose: request.purpose, why: words })
      throw error
    }
  }

  const dial = async (request: GateRequest, deadline: AbortSignal): Promise<Open> => {
    const route = askRoute(request)
    let socket: Socket | null = null
    const meter = () => ({ bytesIn: socket?.bytesRead ?? 0, bytesOut: socket?.bytesWritten ?? 0 })
    const logged = connections.begin(request, route.way, meter)
    try {
      socket = await openTcp(route, deadline)
    } catch (error) {
      logged.ended('failed', wordsOf(error))
      throw error
    }
    const entry: Open = { logged, socket, request }
    open.add(entry)
    socket.once('close', () => {
      open.delete(entry)
      logged.ended('closed', null)
    })
    // A reset must not crash the engine when nobody reads at that moment; the reader sees `close`.
    socket.on('error', error => logged.ended('failed', wordsOf(error)))
    return entry
  }

  const secure = async (entry: Open, trust: TlsTrust, deadline: AbortSignal): Promise<GateSocket> => {
    const { request, logged, socket } = entry
    const place = {
      host: normalHost(request.host),
      port: request.port,
      serverName: normalHost(trust.serverName),
    }
    try {
      const context = contextFor(trust.caPem)
      const stream = await startTls(socket, { serverName: place.serverName, context, deadline })
      stream.on('error', error => logged.ended('failed', wordsOf(error)))
      stream.once('close', () => socket.destroy())
      const facts = handshakeFacts(stream, place, pins)
      logged.secured(facts)
      logged.opened()
      return {
        stream,
        tls: { version: facts.version, cipher: facts.cipher, fingerprint256: facts.fingerprint256 },
      }
    } catch (error) {
      logged.ended('failed', wordsOf(error))
      socket.destroy()
      throw withPlace(error, place)
    }
  }

  const gate: NetworkGate = {
    async dialTls(request, trust, options) {
      const deadline = deadlineOf(request, options)
      try {
        return await secure(await dial(request, deadline.signal), trust, deadline.signal)
      } finally {
        deadline.clear()
      }
    },
    async dialClear(request, options) {
      const deadline = deadlineOf(request, options)
      try {
        const entry = await dial(request, deadline.signal)
        entry.logged.opened()
        clearStreams.set(entry.socket, entry)
        return { stream: entry.socket, tls: null }
      } finally {
        deadline.clear()
      }
    },
    async upgrade(socket, trust, options) {
      const entry = clearStreams.get(socket.stream)
      if (!entry) throw new SiegelError('protocol-violation', { detail: 'not a clear stream of this gate' })
      clearStreams.delete(socket.stream)
      const { stream } = socket
      stream.pause()
      // Anything already here was said before TLS and must not be read as if it came after (CVE-2011-0411).
      if (stream.readableLength > 0) {
        entry.logged.ended('failed', 'starttls-injection')
        stream.destroy()
        throw new SiegelError('starttls-injection', { host: entry.request.host, port: entry.request.port })
      }
      const deadline = deadlineOf(entry.request, options)
      try {
        return await secure(entry, trust, deadline.signal)
      } finally {
        deadline.clear()
      }
    },
    httpsGet: (request, options) =>
      getOverTls(request, options, (hop, timeoutMs) =>
        gate.dialTls(
          hop,
          { serverName: hop.host, caPem: null },
          { timeoutMs, ...(options.signal ? { signal: options.signal } : {}) },
        ),
      ),
    async resolveSrv(name, accountId) {
      const request: GateRequest = { accountId, purpose: 'dns', host: name, port: 53 }
      const route = askRoute(request)
      const logged = connections.begin(request, route.way, () => ({ bytesIn: 0, bytesOut: 0 }))
      try {
        const records = await resolver.srv(route.host)
        logged.ended('closed', null)
        return records
      } catch (error) {
        logged.ended('failed', wordsOf(error))
        throw error
      }
    },
    connections: () => connections.list(),
    closeAll(accountId: AccountId | null) {
      for (const entry of open)
        if (accountId === null || entry.request.accountId === accountId) entry.socket.destroy()
    },
    setOffline(value) {
      offline = value
    },
    onChange: listener => connections.onChange(listener),
  }
  return gate
}

function handshakeFacts(
  stream: TLSSocket,
  place: { host: string; port: number; serverName: string },
  pins: CertificatePins,
) {
  const certificate = checkCertificate(stream, place, pins)
  // Null on server sockets only; an empty object where the runtime cannot name it (BoringSSL, hybrids);
  // it is ephemeral all the same, as no other cipher is offered.
  const key: { name?: string; type?: string } = stream.getEphemeralKeyInfo() ?? {}
  return {
    version: stream.getProtocol() ?? '',
    cipher: stream.getCipher().standardName ?? stream.getCipher().name,
    keyExchange: key.name ?? key.type ?? 'ephemeral',
    fingerprint256: fingerprintOf(certificate),
    issuer: certificate.issuer.replaceAll('\n', ', ').slice(0, 500),
    validTo: certificate.validToDate.toISOString(),
  }
}

/** The code of a failure for the list, with the server's or OpenSSL's word where there is one. */
function wordsOf(error: unknown): string {
  if (!(error instanceof SiegelError)) return String((error as NodeJS.ErrnoException).code ?? 'error')
  const more = error.params['reason'] ?? error.params['detail']
  return more === undefined ? error.code : `${error.code}: ${more}`
}

/** TLS failures learn which place they happened at. */
function withPlace(error: unknown, place: { host: string; port: number }): unknown {
  if (!(error instanceof SiegelError) || error.code === 'cancelled') return error
  return new SiegelError(
    error.code,
    { ...error.params, host: place.host, port: place.port },
    { retryable: error.retryable, cause: error.cause },
  )
}
