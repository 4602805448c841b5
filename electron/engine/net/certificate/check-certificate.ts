import type { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import type { CertificateProblem } from '../../../../shared/features/accounts/model'
import { certificateParams } from '../../../../shared/features/network/certificate-problem'
import { asError, SiegelError } from '../../../../shared/kit/result'
import type { CertificatePins } from '../../ports/net/gate'
import type { DaneForServers, DanePolicy } from '../../ports/net/transport'
import { judgeCertificate, sentCertificates } from './find-path'
import { type CertificateFinding, weakKey } from './judge-path'

type Reason = CertificateProblem['reason']

/** OpenSSL's verification results (x509_vfy.h) in the words of RFC 5280. What is not listed is `other`. */
const reasonOfCode: Readonly<Record<string, Reason>> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not-yet-valid',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-issuer',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-issuer',
  CERT_UNTRUSTED: 'unknown-issuer',
  INVALID_CA: 'unknown-issuer',
  CERT_REVOKED: 'revoked',
  EE_KEY_TOO_SMALL: 'weak-key',
  CA_KEY_TOO_SMALL: 'weak-key',
  CA_MD_TOO_WEAK: 'weak',
  INVALID_PURPOSE: 'wrong-purpose',
}

/** What a runtime says that met an old certificate on its way, or an own one that may sign nobody else. */
const lostItsWay: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CA_MD_TOO_WEAK',
  'CA_KEY_TOO_SMALL',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** SHA-256 over the DER certificate as Siegel writes it: lower-case pairs with colons. */
export function fingerprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint256.toLowerCase()
}

/** What DANE demands of a peer, and how that is checked. */
export type DaneForPeer = Readonly<{ policy: DanePolicy; check: DaneForServers['check'] }>

/** What is trusted at a place beside the pins: the authorities, the account's own among them. */
export type TrustedAuthorities = () => readonly X509Certificate[]

/**
 * Judges the peer of a finished handshake before a byte is sent, by the rules of `certificate/`, which are the same in
 * every runtime. What the runtime finds wrong beside them counts too, unless it only took a worse way.
 * - A pinned place is held to exactly its pinned certificates: who vouches for them, for what name and until when was the
 *   user's decision. The key must be strong: with a weak one anybody may hold it, and the pin says nothing.
 * - One with TLSA records is held to these (RFC 7671 §5). DANE-EE names the key: name, dates, issuer and purpose are not
 *   looked at (§5.1). DANE-TA names an issuer: the way to it, the dates and the name are judged like any other (§5.2).
 * - Every other one needs a way without fault to an authority.
 * Throws `certificate-refused` or `certificate-changed` with the problem in the params; `tls-failed` for bogus records.
 */
export function checkCertificate(
  socket: TLSSocket,
  place: { host: string; port: number; serverName: string },
  pins: CertificatePins,
  authorities: TrustedAuthorities,
  dane: DaneForPeer | null = null,
): { certificate: X509Certificate; byDane: boolean } {
  const certificate = socket.getPeerX509Certificate()
  if (!certificate)
    throw new SiegelError('tls-failed', { host: place.host, port: place.port, detail: 'no certificate' })
  const isPinned = pins.isPinned(place.host, place.port, fingerprintOf(certificate))
  if (!isPinned && dane?.policy.verdict === 'refuse')
    throw new SiegelError('tls-failed', { host: place.host, port: place.port, detail: 'DNSSEC: bogus' })

  const key = weakKey(certificate)
  const keyFindings = key ? [key] : []
  if (isPinned) {
    if (key) throw refusalOf(certificate, place, keyFindings, 'certificate-refused')
    return { certificate, byDane: false }
  }
  const sent = sentCertificates(certificate)
  const nowMs = Date.now()
  const daneSays = askDane(sent, dane, nowMs)
  const found =
    daneSays === 'match' ? keyFindings : findings(socket, sent, authorities(), place.serverName, nowMs)
  if (daneSays === 'mismatch')
    found.unshift({ reason: 'other', detail: 'DANE: not what the TLSA records name' })
  const isOtherPinned = pins.hasPin(place.host, place.port)
  if (found.length === 0 && !isOtherPinned) return { certificate, byDane: daneSays === 'match' }
  throw refusalOf(certificate, place, found, isOtherPinned ? 'certificate-changed' : 'certificate-refused')
}

function refusalOf(
  certificate: X509Certificate,
  place: { host: string; port: number },
  found: readonly CertificateFinding[],
  code: 'certificate-refused' | 'certificate-changed',
): SiegelError {
  // The one that no pin can heal comes first.
  const first = found.find(({ reason }) => reason === 'weak-key') ?? found[0]
  const details = [...new Set(found.map(({ detail }) => detail))].join('; ')
  const problem: CertificateProblem = {
    host: place.host,
    port: place.port,
    reason: first?.reason ?? 'other',
    detail: (details || 'not the pinned certificate').slice(0, 500),
    fingerprint256: fingerprintOf(certificate),
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: namesOf(certificate),
    validFrom: dateText(certificate.validFromDate),
    validTo: dateText(certificate.validToDate),
  }
  return asError({ code, params: certificateParams(problem) }, problem)
}

function askDane(
  sent: readonly X509Certificate[],
  dane: DaneForPeer | null,
  nowMs: number,
): 'match' | 'mismatch' | 'unusable' {
  if (dane?.policy.verdict !== 'require') return 'unusable'
  const { records, names } = dane.policy
  const [leaf] = sent
  return dane.check(
    records,
    sent,
    anchor => leaf !== undefined && judgeCertificate(leaf, sent, [anchor], { names, nowMs }).length === 0,
  )
}

function findings(
  socket: TLSSocket,
  sent: readonly X509Certificate[],
  anchors: readonly X509Certificate[],
  serverName: string,
  nowMs: number,
): CertificateFinding[] {
  const [leaf] = sent
  const found = leaf ? judgeCertificate(leaf, sent, anchors, { names: [serverName], nowMs }) : []
  if (socket.authorized) return found
  const code = String(socket.authorizationError ?? 'unverified')
  // The runtime follows one way only, and BoringSSL another than OpenSSL: where it got lost, ours is the answer.
  if (found.length > 0 || !lostItsWay.has(code))
    found.push({ reason: reasonOfCode[code] ?? 'other', detail: code })
  return found
}

/** A distinguished name as text of one line, bounded. */
export const oneLine = (name: string | undefined) => (name ?? '').replaceAll('\n', ', ').slice(0, 500)

/** ISO 8601, empty for what is no date. */
export const dateText = (date: Date) => (Number.isNaN(date.getTime()) ? '' : date.toISOString())

function namesOf(certificate: X509Certificate): string[] {
  const listed = certificate.subjectAltName?.split(/,\s*/) ?? []
  return listed.map(name => name.replace(/^(DNS|IP Address):/, '').slice(0, 300)).slice(0, 50)
}
