import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { ServiceKind } from '../../../shared/features/accounts/model'
import { serviceOfPurpose } from '../../../shared/features/accounts/services'
import { certificateProblemOf } from '../../../shared/features/network/certificate-problem'
import type { TorCircuit } from '../../../shared/features/network/model'
import type { AccountId } from '../../../shared/kit/ids'
import { SiegelError, withPlace } from '../../../shared/kit/result'
import type { ConnectionPurpose } from '../../../shared/kit/status'
import type { Clock, Log } from '../ports/basics'
import type { CertificateWatch } from '../ports/net/certificates'
import type {
  CertificatePins,
  EgressPolicy,
  GateRequest,
  GateSocket,
  NetworkGate,
  RefusedCertificates,
  TlsTrust,
} from '../ports/net/gate'
import type { DaneForServers, DanePolicy } from '../ports/net/transport'
import {
  checkCertificate,
  type DaneForPeer,
  dateText,
  fingerprintOf,
  oneLine,
  type TrustedAuthorities,
} from './certificate/check-certificate'
import { createSecureContexts } from './certificate/secure-context'
import { channelBinding } from './channel-binding'
import { createConnectionLog, type LoggedConnection } from './connection-log'
import { deadlineOf, openTcp, startTls } from './dial'
import type { SrvLookup } from './dns/srv-records'
import { normalHost } from './host-name'
import { createHttpClient } from './http/client'
import { getOverTls, postOverTls } from './http/web'
import { isPublicAddress, isPublicHost } from './public-address'
import { createResolver } from './resolve'
import { createRoutes, type WayOf } from './routes'
import { openThroughSocks } from './socks'

type Open = { logged: LoggedConnection; socket: Socket; request: GateRequest; dane: Promise<DanePolicy> }

/** Connections to servers that the user named: DANE can speak about them, and their certificates are remembered. */
const ownPurposes: ReadonlySet<ConnectionPurpose> = new Set(['imap', 'smtp', 'dav', 'xmpp', 'sieve'])

/** Which hosts and addresses may belong to a public server; `public-address.ts` is the real one. */
export type PublicPlaces = Readonly<{
  isPublicHost: (host: string) => boolean
  isPublicAddress: (address: string) => boolean
}>
const publicPlaces: PublicPlaces = { isPublicHost, isPublicAddress }

/** Requests whose host a stranger named: they must never reach into the network around this machine. */
const strangersChoose: ReadonlySet<ConnectionPurpose> = new Set([
  'remote-content',
  'unsubscribe',
  'key-lookup',
])
const choosesHosts = ({ purpose, publicOnly }: GateRequest) =>
  strangersChoose.has(purpose) || publicOnly === true

/** The circuit of a stream to Tor, known by the local port it comes from; null where nobody can know. */
export type CircuitOf = (localPort: number) => TorCircuit | null

/**
 * The network gate. Every connection passes the policy, has one deadline for name, connection
 * and TLS, has its certificate judged before a byte is sent, and is listed while it lives and for a while after.
 */
export function createGate(deps: {
  policy: EgressPolicy
  pins: CertificatePins
  clock: Clock
  log: Log
  /** Absent: everything goes direct. */
  wayOf?: WayOf
  circuitOf?: CircuitOf
  /** Absent: the authorities alone decide. */
  dane?: DaneForServers
  /** Told of certificates that own servers passed with. */
  watchCertificate?: CertificateWatch
  /** Told of certificates that did not pass. */
  refusedCertificates?: Pick<RefusedCertificates, 'note'>
  /** Asks SRV records by the way of the request. Absent: the system is asked, on the direct way only. */
  srv?: SrvLookup
  /** What counts as a public place; only tests, whose servers are on this machine, give their own. */
  publicPlaces?: PublicPlaces
}): NetworkGate {
  const { policy, pins, clock, log, wayOf, circuitOf, dane, watchCertificate } = deps
  const { isPublicHost, isPublicAddress } = deps.publicPlaces ?? publicPlaces
  let offline = false
  const routeFor = createRoutes({ policy, isOffline: () => offline, wayOf })
  const contextFor = createSecureContexts()
  const connections = createConnectionLog(clock)
  const resolver = createResolver()
  const open = new Set<Open>()
  /** What is not open yet; a new route must not meet a connection that was begun on the old one. */
  const dialling = new Set<{ request: GateRequest; abandon: () => void }>()
  /** Which clear stream belongs to which connection, for `upgrade`. */
  const clearStreams = new WeakMap<object, Open>()

  const askRoute = (request: GateRequest) => {
    try {
      // On the ways through a proxy no name is looked up here, so a host is judged by its form; the direct way asks again.
      if (choosesHosts(request) && !isPublicHost(request.host))
        throw new SiegelError('not-permitted', {
          host: request.host.slice(0, 253),
          port: request.port,
          purpose: request.purpose,
          reason: 'private-address',
        })
      return routeFor(request)
    } catch (error) {
      const words = error instanceof SiegelError ? String(error.params['reason'] ?? error.code) : 'internal'
      connections.refused(request, words)
      log.warn('connection refused by the gate', { purpose: request.purpose, why: words })
      throw error
    }
  }

  /** Asked while TCP is opened. */
  const daneFor = (request: GateRequest, signal: AbortSignal): Promise<DanePolicy> =>
    dane && ownPurposes.has(request.purpose) && request.namedUnproved !== true
      ? dane.policyFor(normalHost(request.host), request.port, { ...askerOf(request), signal })
      : Promise.resolve({ verdict: 'none', why: 'unknown' })

  const dial = async (request: GateRequest, deadline: AbortSignal): Promise<Open> => {
    const route = askRoute(request)
    const danePolicy = daneFor(request, deadline)
    // Awaited after the handshake; until then a failure there must not count as unhandled.
    danePolicy.catch(() => undefined)
    let socket: Socket | null = null
    let localPort: number | null = null
    const meter = () => {
      const circuit = localPort === null ? null : circuitOf?.(localPort)
      return {
        bytesIn: socket?.bytesRead ?? 0,
        bytesOut: socket?.bytesWritten ?? 0,
        ...(circuit ? { circuit } : {}),
      }
    }
    const logged = connections.begin(request, route.way, meter, route.way === 'direct' ? null : route.onion)
    const abandoned = new AbortController()
    const attempt = { request, abandon: () => abandoned.abort(closedByUs(request)) }
    dialling.add(attempt)
    try {
      const limit = AbortSignal.any([deadline, abandoned.signal])
      if (route.way === 'direct')
        socket = await openTcp(route, limit, choosesHosts(request) ? isPublicAddress : undefined)
      else {
        const proxy = await route.proxy(limit)
        logged.through(`${proxy.host}:${proxy.port}`)
        socket = await openThroughSocks(proxy, route, limit)
        if (route.way === 'tor') localPort = socket.localPort ?? null
      }
    } catch (error) {
      logged.ended('failed', wordsOf(error))
      throw error
    } finally {
      dialling.delete(attempt)
    }
    const entry: Open = { logged, socket, request, dane: danePolicy }
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
      const { context, authorities } = contextFor(trust.caPem)
      const stream = await startTls(socket, {
        serverName: place.serverName,
        context,
        deadline,
        alpn: trust.alpn,
      })
      stream.on('error', error => logged.ended('failed', wordsOf(error)))
      stream.once('close', () => socket.destroy())
      const danePolicy = await entry.dane
      const { key256, ...facts } = handshakeFacts(
        stream,
        place,
        pins,
        authorities,
        dane ? { policy: danePolicy, check: dane.check } : null,
      )
      const change = ownPurposes.has(request.purpose)
        ? watchCertificate?.(
            { host: place.host, port: place.port, byDane: facts.dane === true },
            { ...facts, key256, seenAtMs: clock.now() },
          )
        : null
      logged.secured({ ...facts, ...(change ? { change } : {}) })
      logged.opened()
      return {
        stream,
        tls: {
          version: facts.version,
          cipher: facts.cipher,
          fingerprint256: facts.fingerprint256,
          channelBinding: type => channelBinding(stream, type),
        },
      }
    } catch (error) {
      logged.ended('failed', wordsOf(error))
      socket.destroy()
      const failure = atPlace(error, place)
      const problem = failure instanceof SiegelError ? certificateProblemOf(failure) : null
      if (problem) deps.refusedCertificates?.note(problem)
      throw failure
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
    async http(request, options) {
      // A connection that is kept open must not outlive the permission to use it.
      if (options.keepAlive) askRoute(request)
      return http(request, options)
    },
    httpsGet: (request, options) => getOverTls(request, options, http),
    httpsPost: (request, options) => postOverTls(request, options, http),
    async resolveSrv(name, accountId, way) {
      const request: GateRequest = {
        accountId,
        purpose: 'dns',
        host: name,
        port: 53,
        ...way,
      }
      const route = askRoute(request)
      const askSystem = async () => {
        const logged = connections.begin(request, route.way, () => ({ bytesIn: 0, bytesOut: 0 }))
        try {
          const records = await resolver.srv(route.host)
          logged.ended('closed', null)
          return records
        } catch (error) {
          logged.ended('failed', wordsOf(error))
          throw error
        }
      }
      if (deps.srv) return deps.srv(route.host, askerOf(request), route.way === 'direct' ? askSystem : null)
      if (route.way === 'direct') return askSystem()
      connections.refused(request, 'no-names-outside-tor')
      throw new SiegelError('not-permitted', {
        host: name,
        port: 53,
        purpose: 'dns',
        reason: 'no-names-outside-tor',
      })
    },
    connections: () => connections.list(),
    closeAll(accountId: AccountId | null, service?: ServiceKind) {
      const isMeant = (request: GateRequest) =>
        (accountId === null || request.accountId === accountId) &&
        (service === undefined || serviceOf(request) === service)
      for (const entry of open) if (isMeant(entry.request)) entry.socket.destroy()
      for (const attempt of dialling) if (isMeant(attempt.request)) attempt.abandon()
    },
    setOffline(value) {
      offline = value
    },
    onChange: listener => connections.onChange(listener),
  }
  const http = createHttpClient(gate.dialTls)
  return gate
}

const serviceOf = ({ purpose, service }: GateRequest): ServiceKind | null =>
  service ?? serviceOfPurpose(purpose)

/** Questions about a request go the way of the request. */
const askerOf = (request: GateRequest) => {
  const { accountId, overTor, likeAccount } = request
  const asks = serviceOf(request)
  return {
    accountId,
    ...(overTor ? { overTor } : {}),
    ...(likeAccount ? { likeAccount } : {}),
    ...(asks ? { service: asks } : {}),
  }
}

const closedByUs = ({ host, port }: GateRequest) =>
  new SiegelError('connection-lost', {
    host: host.slice(0, 253),
    port,
    detail: 'given up while it was dialled',
  })

function handshakeFacts(
  stream: TLSSocket,
  place: { host: string; port: number; serverName: string },
  pins: CertificatePins,
  authorities: TrustedAuthorities,
  dane: DaneForPeer | null,
) {
  const { certificate, byDane } = checkCertificate(stream, place, pins, authorities, dane)
  // Null on server sockets only; an empty object where the runtime cannot name it (BoringSSL, hybrids);
  // it is ephemeral all the same, as no other cipher is offered.
  const key: { name?: string; type?: string } = stream.getEphemeralKeyInfo() ?? {}
  return {
    version: stream.getProtocol() ?? '',
    cipher: stream.getCipher().standardName ?? stream.getCipher().name,
    keyExchange: key.name ?? key.type ?? 'ephemeral',
    fingerprint256: fingerprintOf(certificate),
    key256: createHash('sha256')
      .update(certificate.publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex'),
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    validFrom: dateText(certificate.validFromDate),
    validTo: dateText(certificate.validToDate),
    ...(byDane ? { dane: true } : {}),
  }
}

/** The code of a failure for the list, with the server's or OpenSSL's word where there is one. */
function wordsOf(error: unknown): string {
  if (!(error instanceof SiegelError)) return String((error as NodeJS.ErrnoException).code ?? 'error')
  const more = error.params['reason'] ?? error.params['detail']
  return more === undefined ? error.code : `${error.code}: ${more}`
}

/** TLS failures learn which place they happened at. */
function atPlace(error: unknown, place: { host: string; port: number }): unknown {
  if (!(error instanceof SiegelError) || error.code === 'cancelled') return error
  return withPlace(error, place, error.cause)
}
