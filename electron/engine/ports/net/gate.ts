import type { Duplex } from 'node:stream'
import type { CertificateProblem, ServiceKind } from '../../../../shared/features/accounts/model'
import type { AccountId } from '../../../../shared/kit/ids'
import type { ConnectionInfo } from '../../../../shared/kit/status'
import type { GateRequest } from './gate-request'
import type { HttpAnswer, HttpOptions, HttpRequest } from './http'
import type { SrvRecord } from './transport'

export type { GateRequest }

/** How a set-up travels; empty: directly. */
export type WayForSetUp = Pick<GateRequest, 'overTor' | 'likeAccount' | 'service'>

/** How TLS is checked for one connection. */
export type TlsTrust = Readonly<{
  serverName: string
  /** Extra authorities of the account, PEM. */
  caPem: string | null
  /** Protocols offered inside TLS (RFC 7301), for those that demand it. */
  alpn?: readonly string[]
}>

/** Channel bindings by their registered names (RFC 5929, RFC 9266). */
export type ChannelBindingType = 'tls-exporter' | 'tls-unique' | 'tls-server-end-point'

export type GateSocket = Readonly<{
  /** Clear until STARTTLS was done, otherwise TLS. */
  stream: Duplex
  tls: {
    version: string
    cipher: string
    fingerprint256: string
    /** What a login can be bound to on this connection; null where the version of TLS has no such thing, or it would prove nothing. */
    channelBinding?: (type: ChannelBindingType) => Uint8Array | null
  } | null
}>

/**
 * The only way out of this machine. `routeFor` is asked for every connection and either gives a way or
 * throws `not-permitted`; there is no third answer and no fallback from one way to another.
 */
export type NetworkGate = {
  /** Opens TCP and TLS (implicit). Throws network, TLS and certificate codes; never falls back. */
  dialTls(
    request: GateRequest,
    trust: TlsTrust,
    options: { timeoutMs: number; signal?: AbortSignal },
  ): Promise<GateSocket>
  /** Opens TCP only, for STARTTLS protocols; the caller must call `upgrade` before it says anything secret. */
  dialClear(request: GateRequest, options: { timeoutMs: number; signal?: AbortSignal }): Promise<GateSocket>
  /** Starts TLS on a stream of `dialClear`. Throws `starttls-injection` when clear bytes are still unread. */
  upgrade(socket: GateSocket, trust: TlsTrust, options: { timeoutMs: number }): Promise<GateSocket>
  /** One HTTP request over TLS, with its answer whatever its status; redirects are reported and not followed. */
  http(request: HttpRequest, options: HttpOptions): Promise<HttpAnswer>
  /** One HTTPS GET with neutral headers, no redirects to other schemes, size-capped. */
  httpsGet(
    request: GateRequest & { path: string },
    options: {
      timeoutMs: number
      maxBytes: number
      accept: string
      signal?: AbortSignal
      /** 3 unless told. */
      maxRedirects?: number
      /** Answers where a redirect leads in `redirect` instead of following it. */
      reportRedirect?: 'as-it-is' | 'upgraded'
    },
  ): Promise<{
    status: number
    body: Uint8Array
    contentType: string
    redirect?: Readonly<{ host: string; port: number; path: string }>
  }>
  /** One HTTPS POST with neutral headers and without redirects; of the answer only the status counts. */
  httpsPost(
    request: GateRequest & { path: string },
    options: {
      timeoutMs: number
      maxBytes: number
      contentType: string
      body: Uint8Array
      signal?: AbortSignal
    },
  ): Promise<{ status: number }>
  /** SRV look-up (RFC 2782); empty when there is none. */
  resolveSrv(name: string, accountId: AccountId | null, way?: WayForSetUp): Promise<readonly SrvRecord[]>
  connections(): readonly ConnectionInfo[]
  /** Closes everything of one account, or of all. */
  closeAll(accountId: AccountId | null, service?: ServiceKind): void
  /** Refuses every new connection while true. */
  setOffline(offline: boolean): void
  onChange(listener: () => void): () => void
}

/** What the gate may open, derived from the configuration. */
export type EgressPolicy = { permits(request: GateRequest): boolean }

/** Certificates the user pinned after seeing them. */
export type CertificatePins = {
  isPinned(host: string, port: number, fingerprint256: string): boolean
  /** True when any certificate is pinned for this place: then nothing but the pinned ones is accepted there. */
  hasPin(host: string, port: number): boolean
}

/** The certificates that were refused lately. What is pinned must be one of these, in the words of who saw it. */
export type RefusedCertificates = {
  note(problem: CertificateProblem): void
  find(host: string, port: number, fingerprint256: string): CertificateProblem | null
}
