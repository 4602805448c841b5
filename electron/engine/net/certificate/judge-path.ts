import type { X509Certificate } from 'node:crypto'
import type { CertificateProblem } from '../../../../shared/features/accounts/model'
import { type CertificateFacts, readCertificate } from './read-certificate'
import { coversServer, isInSubtree } from './server-name'

/** One thing that is wrong, with the word for people and the detail for who looks closer. */
export type CertificateFinding = Readonly<{ reason: CertificateProblem['reason']; detail: string }>

/** RFC 9325 §4.5: RSA keys under 2048 bits must not be accepted. */
const MINIMUM_RSA_BITS = 2048
/** Larger ones only cost time; no authority issues them. */
const MAXIMUM_RSA_BITS = 16_384
/** The curves that both runtimes verify, in OpenSSL's names: P-256, P-384 and P-521. */
const curves: ReadonlySet<string> = new Set(['prime256v1', 'secp384r1', 'secp521r1'])

const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'
const ANY_PURPOSE = '2.5.29.37.0'

/** Why a certificate's key protects nothing, or null (RFC 9325 §4.5). Whoever trusts the certificate, this counts. */
export function weakKey(certificate: X509Certificate): CertificateFinding | null {
  const weak = (detail: string): CertificateFinding => ({ reason: 'weak-key', detail })
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey
    switch (asymmetricKeyType) {
      case 'rsa':
      case 'rsa-pss': {
        const { modulusLength = 0, publicExponent = 0n } = asymmetricKeyDetails ?? {}
        if (modulusLength < MINIMUM_RSA_BITS || modulusLength > MAXIMUM_RSA_BITS)
          return weak(`RSA key of ${modulusLength} bits`)
        // With the exponent 1 every signature is its own message.
        return publicExponent < 3n ? weak(`RSA exponent ${publicExponent}`) : null
      }
      case 'ec': {
        const curve = asymmetricKeyDetails?.namedCurve ?? 'unnamed'
        return curves.has(curve) ? null : weak(`curve ${curve}`)
      }
      case 'ed25519':
      case 'ed448':
        return null
      default:
        return weak(`key of the kind ${asymmetricKeyType}`)
    }
  } catch {
    return weak('a key that cannot be read')
  }
}

/**
 * Judges a path whose signatures were verified, the server's certificate first and the trusted one last (RFC 5280 §6,
 * RFC 9325, RFC 9525). Empty when nothing is wrong. The signature over the last one is not judged: it is trusted itself.
 */
export function judgePath(
  path: readonly X509Certificate[],
  options: Readonly<{ names: readonly string[]; nowMs: number }>,
): CertificateFinding[] {
  const facts: CertificateFacts[] = []
  for (const certificate of path)
    try {
      facts.push(readCertificate(certificate.raw))
    } catch (error) {
      return [{ reason: 'other', detail: error instanceof Error ? error.message : 'unreadable' }]
    }
  const last = path.length - 1
  const found: CertificateFinding[] = []
  for (const [at, certificate] of path.entries()) {
    const each = facts[at]
    if (!each) continue
    const who = at === 0 ? '' : `, issuer ${at}`
    const key = weakKey(certificate)
    if (key) found.push({ ...key, detail: key.detail + who })
    if (at < last && each.weakSignature !== null)
      found.push({ reason: 'weak', detail: `signed with ${each.weakSignature}${who}` })
    if (certificate.validToDate.getTime() < options.nowMs)
      found.push({ reason: 'expired', detail: `expired${who}` })
    if (!(certificate.validFromDate.getTime() <= options.nowMs))
      found.push({ reason: 'not-yet-valid', detail: `not yet valid${who}` })
    for (const id of each.unknownCritical)
      found.push({ reason: 'other', detail: `critical extension ${id}${who}` })
    if (at > 0)
      found.push(
        ...judgeIssuer(each, facts.slice(0, at), at === last).map(detail => wrongIssuer(detail, who)),
      )
  }
  const [leaf] = facts
  if (leaf) found.push(...judgeLeaf(leaf, options.names), ...judgeConstraints(leaf, facts.slice(1)))
  return found
}

const wrongIssuer = (detail: string, who: string): CertificateFinding => ({
  reason: 'unknown-issuer',
  detail: detail + who,
})

function judgeLeaf(leaf: CertificateFacts, serverNames: readonly string[]): CertificateFinding[] {
  const found: CertificateFinding[] = []
  const { names, keyUsage, extendedKeyUsage } = leaf
  if (names === null || !serverNames.some(name => coversServer(names, name)))
    found.push({
      reason: 'wrong-host',
      detail: names === null ? 'no subject alternative name' : 'another name',
    })
  // Every cipher offered is authenticated by a signature (RFC 5280 §4.2.1.3, RFC 8446 §4.4.2.2).
  if (keyUsage?.digitalSignature === false)
    found.push({ reason: 'wrong-purpose', detail: 'key usage without digitalSignature' })
  if (extendedKeyUsage && !extendedKeyUsage.includes(SERVER_AUTH))
    found.push({ reason: 'wrong-purpose', detail: 'extended key usage without serverAuth' })
  return found
}

/** What is wrong with an issuer as one. `below`: the path from the server's certificate up to it. */
function judgeIssuer(
  issuer: CertificateFacts,
  below: readonly CertificateFacts[],
  isTrusted: boolean,
): string[] {
  const found: string[] = []
  const { basicConstraints, keyUsage, extendedKeyUsage, version } = issuer
  // Roots of version 1 are older than the extension (RFC 5280 §4.2.1.9).
  const isOldRoot = isTrusted && version === 1 && basicConstraints === null
  if (basicConstraints?.isCa !== true && !isOldRoot) found.push('not a certificate authority')
  if (keyUsage?.keyCertSign === false) found.push('key usage without keyCertSign')
  if (
    !isTrusted &&
    extendedKeyUsage &&
    !extendedKeyUsage.includes(SERVER_AUTH) &&
    !extendedKeyUsage.includes(ANY_PURPOSE)
  )
    found.push('not an authority for servers')
  const { pathLength = null } = basicConstraints ?? {}
  const between = below.slice(1).filter(({ isSelfIssued }) => !isSelfIssued).length
  if (pathLength !== null && between > pathLength) found.push('path too long')
  return found
}

/** RFC 5280 §4.2.1.10, for every name that the server's certificate carries. */
function judgeConstraints(
  leaf: CertificateFacts,
  issuers: readonly CertificateFacts[],
): CertificateFinding[] {
  const names = [...(leaf.names?.dns ?? []), ...(leaf.names?.addresses ?? [])]
  const isOutside = issuers.some(({ nameConstraints }) => {
    if (!nameConstraints) return false
    const { permitted, excluded } = nameConstraints
    return names.some(name => {
      const kind = typeof name === 'string' ? permitted.dns : permitted.addresses
      return isInSubtree(excluded, name) || (kind.length > 0 && !isInSubtree(permitted, name))
    })
  })
  return isOutside
    ? [{ reason: 'unknown-issuer', detail: 'outside the names that an issuer may vouch for' }]
    : []
}
