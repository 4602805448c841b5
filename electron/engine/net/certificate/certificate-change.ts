import type { CertificateChange } from '../../../../shared/kit/status'
import type { SeenCertificate } from '../../ports/net/certificates'

/** Ordinary renewal comes in the last third of a certificate's life, as ACME clients do it (RFC 9773 §1). */
const renewalShare = 1 / 3

/** The organisation of an issuer where it names one: authorities change their intermediates all the time. */
const issuerName = (issuer: string): string => /(?:^|, )O=([^,]+)/.exec(issuer)?.[1] ?? issuer

/**
 * What it means that a server shows another certificate than before; null when it is the same. A new one of the same
 * issuer is ordinary. Another issuer is worth a look, and worth a word when the old certificate had long to live.
 */
export function certificateChange(before: SeenCertificate, now: SeenCertificate): CertificateChange | null {
  if (before.fingerprint256 === now.fingerprint256) return null
  const isSameIssuer = issuerName(before.issuer) === issuerName(now.issuer)
  const endsAtMs = Date.parse(before.validTo)
  const lifeMs = endsAtMs - Date.parse(before.validFrom)
  // A date that cannot be read is taken for one far away: then it is told.
  const isDue = endsAtMs - now.seenAtMs <= lifeMs * renewalShare
  return {
    kind: isSameIssuer ? 'renewed' : isDue ? 'other-issuer' : 'other-issuer-early',
    isKeyKept: before.key256 === now.key256,
    issuerBefore: before.issuer,
    fingerprintBefore: before.fingerprint256,
    changedAtMs: now.seenAtMs,
  }
}
