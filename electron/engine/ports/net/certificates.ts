import type { CertificateChange } from '../../../../shared/kit/status'

/** A certificate that one of the user's own servers showed, and passed with. */
export type SeenCertificate = Readonly<{
  issuer: string
  /** SHA-256 over the public key (SPKI, DER), hex. */
  key256: string
  fingerprint256: string
  /** ISO 8601. */
  validFrom: string
  validTo: string
  seenAtMs: number
}>

/** Part of the store: the certificate last seen at a place, and how it came there. */
export type CertificateStore = {
  seen(
    host: string,
    port: number,
  ): Readonly<{ now: SeenCertificate; change: CertificateChange | null }> | null
  remember(host: string, port: number, now: SeenCertificate, change: CertificateChange | null): void
}

/** Told of every certificate that an own server passed with; answers the last change seen there. */
export type CertificateWatch = (
  place: Readonly<{ host: string; port: number; byDane: boolean }>,
  certificate: SeenCertificate,
) => CertificateChange | null
