import { createHash, X509Certificate } from 'node:crypto'
import type { TlsaRecord } from '../ports/transport'

const digestBytes: Readonly<Record<number, number>> = { 1: 32, 2: 64 }

/**
 * Whether a record can be used (RFC 7671 §4, RFC 7672 §3.1): DANE-TA (2) and DANE-EE (3), certificate or key, whole or
 * as a SHA-2 digest of the right length. PKIX-TA and PKIX-EE are not used: they only narrow what the authorities say.
 */
export function isUsableTlsa({ usage, selector, matchingType, data }: TlsaRecord): boolean {
  if ((usage !== 2 && usage !== 3) || (selector !== 0 && selector !== 1)) return false
  return matchingType === 0 ? data.length > 0 : digestBytes[matchingType] === data.length
}

/**
 * Holds a server's certificates to its TLSA records (RFC 7671 §5). `chain`: as the server sent it, its own first.
 * - DANE-EE: the key or certificate alone counts; name, dates and issuer do not (§5.1).
 * - DANE-TA: an issuer in the chain, or in the record itself, that really signed it, valid dates, and one of `names` (§5.2).
 * `unusable` when no record can be used: then DANE says nothing.
 */
export function checkDane(
  records: readonly TlsaRecord[],
  chain: readonly X509Certificate[],
  options: { names: readonly string[]; nowMs: number },
): 'match' | 'mismatch' | 'unusable' {
  const usable = records.filter(isUsableTlsa)
  if (usable.length === 0) return 'unusable'
  const [leaf] = chain
  if (!leaf) return 'mismatch'
  const isMatch = usable.some(record =>
    record.usage === 3 ? matches(record, leaf) : isUnderAnchor(record, leaf, chain.slice(1), options),
  )
  return isMatch ? 'match' : 'mismatch'
}

function matches({ selector, matchingType, data }: TlsaRecord, certificate: X509Certificate): boolean {
  const subject =
    selector === 0 ? certificate.raw : certificate.publicKey.export({ type: 'spki', format: 'der' })
  const wanted = Buffer.from(data)
  if (matchingType === 0) return subject.equals(wanted)
  return createHash(matchingType === 1 ? 'sha256' : 'sha512')
    .update(subject)
    .digest()
    .equals(wanted)
}

/** Chains of real servers are short; longer ones only cost time. */
const MAXIMUM_ISSUERS = 10

function isUnderAnchor(
  record: TlsaRecord,
  leaf: X509Certificate,
  sent: readonly X509Certificate[],
  { names, nowMs }: { names: readonly string[]; nowMs: number },
): boolean {
  // Only a certificate that names the service may be vouched for by an issuer.
  if (!names.some(name => leaf.checkHost(name, { partialWildcards: false }) !== undefined)) return false
  const issuers = [...sent.slice(0, MAXIMUM_ISSUERS), ...anchorInRecord(record)]
  let child = leaf
  const passed = new Set<X509Certificate>()
  while (isCurrent(child, nowMs)) {
    const issuer = issuers.find(each => !passed.has(each) && each.ca && isIssuedBy(child, each))
    if (!issuer) return false
    passed.add(issuer)
    if (matches(record, issuer)) return isCurrent(issuer, nowMs)
    child = issuer
  }
  return false
}

/** RFC 7671 §5.2.2: a record that holds the whole certificate need not find it in the chain again. */
function anchorInRecord({ selector, matchingType, data }: TlsaRecord): X509Certificate[] {
  if (selector !== 0 || matchingType !== 0) return []
  try {
    return [new X509Certificate(data)]
  } catch {
    return []
  }
}

function isIssuedBy(child: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return child.checkIssued(issuer) && child.verify(issuer.publicKey)
  } catch {
    return false
  }
}

const isCurrent = (certificate: X509Certificate, nowMs: number) =>
  certificate.validFromDate.getTime() <= nowMs && nowMs <= certificate.validToDate.getTime()
