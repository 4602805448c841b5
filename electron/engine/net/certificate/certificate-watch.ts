import type { CertificateStore, CertificateWatch } from '../../ports/net/certificates'
import { certificateChange } from './certificate-change'

/** A server showed a certificate of another issuer, long before the old one ended, and no DANE record speaks for it. */
export type OtherIssuer = Readonly<{ host: string; before: string; now: string }>

/** Compares each certificate with the one seen before, remembers it, and tells what is not ordinary. Never blocks. */
export function createCertificateWatch(
  store: CertificateStore,
  onOtherIssuer: (change: OtherIssuer) => void,
): CertificateWatch {
  return ({ host, port, byDane }, certificate) => {
    const known = store.seen(host, port)
    const change = known ? certificateChange(known.now, certificate) : null
    if (known && change === null) return known.change
    store.remember(host, port, certificate, change)
    if (change?.kind === 'other-issuer-early' && !byDane)
      onOtherIssuer({ host, before: change.issuerBefore, now: certificate.issuer })
    return change
  }
}
