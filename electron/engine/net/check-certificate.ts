import type { X509Certificate } from 'node:crypto'
import { checkServerIdentity, type TLSSocket } from 'node:tls'
import { SiegelError } from '../../../shared/ipc/result'
import type { CertificateProblem } from '../../../shared/model/account'
import { certificateParams } from '../../../shared/model/certificate-problem'
import type { CertificatePins } from '../ports/gate'
import type { DaneForServers, DanePolicy } from '../ports/transport'

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
  EE_KEY_TOO_SMALL: 'weak',
  CA_KEY_TOO_SMALL: 'weak',
  CA_MD_TOO_WEAK: 'weak',
  HOSTNAME_MISMATCH: 'wrong-host',
}

/** RFC 9325 §4.5: RSA keys under 2048 bits must not be accepted. */
const MINIMUM_RSA_BITS = 2048

/** SHA-256 over the DER certificate as Siegel writes it: lower-case pairs with colons. */
export function fingerprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint256.toLowerCase()
}

/** What DANE demands of a peer, and how that is checked. */
export type DaneForPeer = Readonly<{ policy: DanePolicy; check: DaneForServers['check'] }>

/** Certificates of real chains are few; more only cost time. */
const MAXIMUM_CHAIN = 12

/**
 * Judges the peer of a finished handshake before a byte is sent. A pinned host is held to exactly its pinned
 * certificates; one with TLSA records to these (RFC 7671 §5: then issuer, name and dates are theirs to judge); every
 * other one to the authorities and the name. The key size counts always.
 * Throws `certificate-refused` or `certificate-changed` with the problem in the params; `tls-failed` for bogus records.
 */
export function checkCertificate(
  socket: TLSSocket,
  place: { host: string; port: number; serverName: string },
  pins: CertificatePins,
  dane: DaneForPeer | null = null,
): { certificate: X509Certificate; byDane: boolean } {
  const certificate = socket.getPeerX509Certificate()
  if (!certificate)
    throw new SiegelError('tls-failed', { host: place.host, port: place.port, detail: 'no certificate' })
  const fingerprint256 = fingerprintOf(certificate)
  if (pins.isPinned(place.host, place.port, fingerprint256)) return { certificate, byDane: false }

  if (dane?.policy.verdict === 'refuse')
    throw new SiegelError('tls-failed', { host: place.host, port: place.port, detail: 'DNSSEC: bogus' })
  const daneSays =
    dane?.policy.verdict === 'require' ? askDane(certificate, dane.check, dane.policy) : 'unusable'
  const found = findings(socket, certificate, place.serverName).filter(
    ({ reason }) => daneSays !== 'match' || reason === 'weak',
  )
  if (daneSays === 'mismatch')
    found.unshift({ reason: 'other', detail: 'DANE: not what the TLSA records name' })
  const pinnedOther = pins.hasPin(place.host, place.port)
  if (found.length === 0 && !pinnedOther) return { certificate, byDane: daneSays === 'match' }
  const problem: CertificateProblem = {
    host: place.host,
    port: place.port,
    reason: found[0]?.reason ?? 'other',
    detail: (found.map(finding => finding.detail).join('; ') || 'not the pinned certificate').slice(0, 500),
    fingerprint256,
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: namesOf(certificate),
    validFrom: dateText(certificate.validFromDate),
    validTo: dateText(certificate.validToDate),
  }
  throw new SiegelError(
    pinnedOther ? 'certificate-changed' : 'certificate-refused',
    certificateParams(problem),
    {
      cause: problem,
    },
  )
}

/** `certificate` comes from the handshake, so it knows the issuers that were sent with it. */
function askDane(
  certificate: X509Certificate,
  check: DaneForServers['check'],
  policy: Extract<DanePolicy, { verdict: 'require' }>,
): 'match' | 'mismatch' | 'unusable' {
  const chain: X509Certificate[] = []
  let each: X509Certificate | undefined = certificate
  // A root names itself.
  while (each && chain.length < MAXIMUM_CHAIN && chain.at(-1)?.fingerprint256 !== each.fingerprint256) {
    chain.push(each)
    each = each.issuerCertificate
  }
  return check(policy.records, chain, { names: policy.names, nowMs: Date.now() })
}

function findings(
  socket: TLSSocket,
  certificate: X509Certificate,
  serverName: string,
): { reason: Reason; detail: string }[] {
  const found: { reason: Reason; detail: string }[] = []
  if (!socket.authorized) {
    const code = String(socket.authorizationError ?? 'unverified')
    found.push({ reason: reasonOfCode[code] ?? 'other', detail: code })
  }
  // With an own hook Node leaves the name to us; it handles IP literals by their iPAddress names (RFC 2818 §3.1).
  const mismatch = checkServerIdentity(serverName, certificate.toLegacyObject())
  if (mismatch) found.push({ reason: 'wrong-host', detail: mismatch.message })
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey
  const bits = asymmetricKeyDetails?.modulusLength
  if (asymmetricKeyType?.startsWith('rsa') && bits !== undefined && bits < MINIMUM_RSA_BITS)
    found.push({ reason: 'weak', detail: `RSA key of ${bits} bits` })
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
