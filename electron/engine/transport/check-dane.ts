import { createHash, X509Certificate } from 'node:crypto'
import type { TlsaRecord } from '../ports/net/transport'

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
 * - DANE-TA: an issuer in the chain, or in the record itself, to which `leadsTo` finds a way for one of the names (§5.2).
 * `unusable` when no record can be used: then DANE says nothing.
 */
export function checkDane(
  records: readonly TlsaRecord[],
  chain: readonly X509Certificate[],
  leadsTo: (issuer: X509Certificate) => boolean,
): 'match' | 'mismatch' | 'unusable' {
  const usable = records.filter(isUsableTlsa)
  if (usable.length === 0) return 'unusable'
  const [leaf, ...issuers] = chain
  if (!leaf) return 'mismatch'
  const isMatch = usable.some(record =>
    record.usage === 3
      ? matches(record, leaf)
      : [...issuers, ...anchorInRecord(record)].some(issuer => matches(record, issuer) && leadsTo(issuer)),
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

/** RFC 7671 §5.2.2: a record that holds the whole certificate need not find it in the chain again. */
function anchorInRecord({ selector, matchingType, data }: TlsaRecord): X509Certificate[] {
  if (selector !== 0 || matchingType !== 0) return []
  try {
    return [new X509Certificate(data)]
  } catch {
    return []
  }
}
