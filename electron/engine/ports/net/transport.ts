/** What transport security needs from the outside: judged DNS, one document over HTTPS, a memory. */
import type { X509Certificate } from 'node:crypto'
import type { ServiceKind } from '../../../../shared/features/accounts/model'
import type { TransportLevel, TransportLevelName } from '../../../../shared/features/network/transport'
import type { AccountId } from '../../../../shared/kit/ids'

/**
 * RFC 4035 §4.3 in the words of the one who asks. `secure`: proved from the root. `insecure`: proved to be unsigned.
 * `bogus`: should be signed and is not, or wrongly. `indeterminate`: cannot be told (nobody answered).
 */
export type DnssecStatus = 'secure' | 'insecure' | 'bogus' | 'indeterminate'

/** `no-data`: the name exists without such records. `no-name`: there is no such name. `failed`: no usable answer. */
export type DnsOutcome = 'found' | 'no-data' | 'no-name' | 'failed'

/** A judged answer. Names are in lower case without the final dot. */
export type DnsAnswer<T> = Readonly<{
  status: DnssecStatus
  outcome: DnsOutcome
  /** Where aliases led. */
  name: string
  records: readonly T[]
  /** How long this may be kept; 0 for failures. */
  ttlSeconds: number
  /** What was found, one line a step. */
  evidence: readonly string[]
}>

/** A TLSA record (RFC 6698 §2.1): the numbers as they stand in the record. */
export type TlsaRecord = Readonly<{ usage: number; selector: number; matchingType: number; data: Uint8Array }>

/** An SRV record (RFC 2782). `host` is empty where the service is not offered. */
export type SrvRecord = Readonly<{
  host: string
  port: number
  priority: number
  weight: number
  /** DNSSEC proves it, so that it may be asked what the host proves (RFC 7673 §3.1). */
  isProved?: true
}>

/** For whom a question is asked: it goes the way of that account, or through Tor whatever that way is. */
export type DnsAsker = Readonly<{
  accountId: AccountId | null
  overTor?: true
  /** Both as in GateRequest. */
  likeAccount?: AccountId
  service?: ServiceKind
  signal?: AbortSignal
}>

/** Judged look-ups through the gate. Never rejects: what fails is `indeterminate`. */
export type DnsLookups = {
  /** MX records (RFC 5321 §5.1). `host` is empty for the null MX (RFC 7505). */
  mx(domain: string, asker: DnsAsker): Promise<DnsAnswer<{ preference: number; host: string }>>
  srv(name: string, asker: DnsAsker): Promise<DnsAnswer<SrvRecord>>
  txt(name: string, asker: DnsAsker): Promise<DnsAnswer<string>>
  tlsa(name: string, asker: DnsAsker): Promise<DnsAnswer<TlsaRecord>>
  /** Whether a host has an address, and where its aliases lead; the addresses themselves do not matter here. */
  address(host: string, asker: DnsAsker): Promise<DnsAnswer<string>>
}

/** A server that answers DNS questions. */
export type DnsServer =
  /** RFC 7766. `host` is an IP address. */
  | Readonly<{ kind: 'tcp'; host: string; port: number }>
  /** RFC 8484. `path` without a query. */
  | Readonly<{ kind: 'https'; host: string; port: number; path: string }>

/** An MTA-STS policy (RFC 8461 §3.2) as it was fetched. */
export type MtaStsPolicy = Readonly<{
  id: string
  mode: 'enforce' | 'testing' | 'none'
  mx: readonly string[]
  maxAgeSeconds: number
  fetchedAtMs: number
}>

/** What is remembered of one domain. */
export type RememberedDomain = Readonly<{
  domain: string
  /** The best level seen and not given up by the user: below it nothing goes silently. */
  locked: TransportLevelName
  last: TransportLevel | null
  policy: MtaStsPolicy | null
}>

/** TLSA records seen, with proof, at one of the user's own servers. */
export type RememberedTlsa = Readonly<{
  host: string
  port: number
  records: readonly TlsaRecord[]
  seenAtMs: number
}>

/** Part of the store. */
export type TransportStore = {
  domain(domain: string): RememberedDomain | null
  saveDomain(row: RememberedDomain): void
  tlsa(host: string, port: number): RememberedTlsa | null
  saveTlsa(row: RememberedTlsa): void
  forgetTlsa(host: string, port: number): void
  /** The DNS servers the user chose; empty when none. `unreadable` means that nothing may be asked, never the system's. */
  servers(): readonly DnsServer[] | 'unreadable'
  setServers(servers: readonly DnsServer[]): void
}

/** How TLS to one of the user's own servers is held to DANE (RFC 7671, RFC 7673). */
export type DanePolicy =
  /** The peer must match one of these records, whatever the authorities say. */
  | Readonly<{
      verdict: 'require'
      records: readonly TlsaRecord[]
      /** What a certificate may be named under DANE-TA. */
      names: readonly string[]
      from: 'dns' | 'remembered'
    }>
  /** No DANE here: the authorities decide as ever. */
  | Readonly<{
      verdict: 'none'
      why: 'no-records' | 'insecure' | 'unknown' | 'unusable' | 'lookups-off' | 'address'
    }>
  /** The answer was tampered with, or signed wrongly: do not connect. */
  | Readonly<{ verdict: 'refuse'; why: 'bogus' }>

/** Asked before a connection to an own server is trusted. Never rejects. */
export type DaneForServers = {
  policyFor(host: string, port: number, asker: DnsAsker): Promise<DanePolicy>
  /**
   * Holds a chain, the server's own certificate first, to records; `unusable` when they say nothing. `leadsTo`: whether
   * there is a way without fault from the server's certificate to an issuer, for one of the names. Throws nothing.
   */
  check(
    records: readonly TlsaRecord[],
    chain: readonly X509Certificate[],
    leadsTo: (issuer: X509Certificate) => boolean,
  ): 'match' | 'mismatch' | 'unusable'
}
