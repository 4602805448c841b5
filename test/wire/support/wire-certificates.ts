import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { type CertificateKind, createTestAuthority, readCertificate } from '../../rig/certificates'

/** PEM texts a scripted server needs, and the authority a client must trust to accept the good one. */
export interface WireCertificate {
  readonly cert: string
  readonly key: string
  readonly ca: string
}

const made = new Map<CertificateKind, Promise<WireCertificate>>()

/** A certificate of that kind; made once per test process, kept in memory only. */
export function wireCertificate(kind: CertificateKind): Promise<WireCertificate> {
  const known = made.get(kind) ?? make(kind)
  made.set(kind, known)
  return known
}

async function make(kind: CertificateKind): Promise<WireCertificate> {
  const folder = await mkdtemp('/tmp/wire-ca-')
  try {
    const authority = await createTestAuthority(folder)
    const pem = await readCertificate(await authority.certificate(kind))
    return { ...pem, ca: await readFile(authority.caFile, 'utf8') }
  } finally {
    await rm(folder, { recursive: true })
  }
}
