import type { X509Certificate } from 'node:crypto'
import { type CertificateFinding, judgePath } from './judge-path'
import { readCertificate } from './read-certificate'

/** The server's certificate and the issuers that it sent, each once, in its order. */
export function sentCertificates(leaf: X509Certificate): X509Certificate[] {
  const sent = new Map([[leaf.fingerprint256, leaf]])
  let each = leaf.issuerCertificate
  // Some runtimes let a root name itself for ever.
  for (let count = 0; each && count < MAXIMUM_SENT; count++) {
    if (!sent.has(each.fingerprint256)) sent.set(each.fingerprint256, each)
    each = each.issuerCertificate
  }
  return [...sent.values()]
}

/** Real servers send three or four; more only cost time. */
const MAXIMUM_SENT = 20
/** The server's certificate, its issuers and the trusted one. */
const MAXIMUM_LENGTH = 12
/** Issuers that carry each other's names multiply the paths between them. */
const MAXIMUM_SIGNATURES = 80

/**
 * Looks for a way from the server's certificate to a trusted one, over the issuers it sent, and judges each until one is
 * without fault: old and new paths stand side by side where authorities sign each other. Answers the findings of the best
 * path, empty when there is a good one. Needs nothing of the runtime but its mathematics, so it is the same in every one.
 */
export function judgeCertificate(
  leaf: X509Certificate,
  sent: readonly X509Certificate[],
  anchors: readonly X509Certificate[],
  options: Readonly<{ names: readonly string[]; nowMs: number }>,
): CertificateFinding[] {
  const judged: CertificateFinding[][] = []
  let signaturesLeft = MAXIMUM_SIGNATURES
  const isAnchor = new Set(anchors.map(({ fingerprint256 }) => fingerprint256))

  const isIssuedBy = (child: X509Certificate, issuer: X509Certificate): boolean => {
    try {
      if (!child.checkIssued(issuer) || signaturesLeft-- <= 0) return false
      // A weak signature is refused whether it holds or not; not every runtime can still compute it.
      return readCertificate(child.raw).weakSignature !== null || child.verify(issuer.publicKey)
    } catch {
      return false
    }
  }
  /** Whether a path without fault was found. */
  const end = (path: readonly X509Certificate[]): boolean => {
    const findings = judgePath(path, options)
    judged.push(findings)
    return findings.length === 0
  }
  const walk = (path: readonly X509Certificate[], child: X509Certificate): boolean => {
    if (path.length >= MAXIMUM_LENGTH) return false
    const passed = new Set(path.map(({ fingerprint256 }) => fingerprint256))
    const isNew = ({ fingerprint256 }: X509Certificate) => !passed.has(fingerprint256)
    return (
      anchors.some(anchor => isNew(anchor) && isIssuedBy(child, anchor) && end([...path, anchor])) ||
      sent.some(
        issuer =>
          isNew(issuer) &&
          !isAnchor.has(issuer.fingerprint256) &&
          isIssuedBy(child, issuer) &&
          walk([...path, issuer], issuer),
      )
    )
  }

  if (isAnchor.has(leaf.fingerprint256)) return judgePath([leaf], options)
  if (walk([leaf], leaf)) return []
  // What else is wrong is told too: who pins a certificate should know all of it.
  const [best] = judged.sort((a, b) => a.length - b.length)
  return (
    best ?? [
      signsItself(leaf)
        ? { reason: 'self-signed', detail: 'self-signed' }
        : { reason: 'unknown-issuer', detail: 'no way to a trusted authority' },
      ...judgePath([leaf], options),
    ]
  )
}

/** `checkIssued` would say no to one that may not sign others. */
function signsItself(certificate: X509Certificate): boolean {
  try {
    return certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey)
  } catch {
    return false
  }
}
