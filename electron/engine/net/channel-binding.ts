import { createHash } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import type { ChannelBindingType } from '../ports/net/gate'
import { derTag, readDer, readDerValues, readObjectIdentifier } from './certificate/der'

/** Hashes of signature algorithms that name one (RFC 5929 §4.1); MD5 and SHA-1 count as SHA-256. */
const hashOfSignature: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.4': 'sha256',
  '1.2.840.113549.1.1.5': 'sha256',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.1': 'sha256',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
}

/**
 * What a login is bound to on an open TLS connection. `tls-exporter` (RFC 9266) exists from TLS 1.3 on; `tls-unique` (RFC 5929 §3)
 * on TLS 1.2, whose sessions are never resumed here; `tls-server-end-point` (§4) where the certificate's signature has one hash.
 */
export function channelBinding(stream: TLSSocket, type: ChannelBindingType): Uint8Array | null {
  const version = stream.getProtocol()
  switch (type) {
    case 'tls-exporter':
      return version === 'TLSv1.3'
        ? stream.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0))
        : null
    case 'tls-unique':
      return version === 'TLSv1.2' && !stream.isSessionReused() ? (stream.getFinished() ?? null) : null
    case 'tls-server-end-point': {
      const der = stream.getPeerX509Certificate()?.raw
      return der ? endPointHash(der) : null
    }
  }
}

/** RFC 5929 §4.1; null where the signature has no hash of its own, or nobody agrees which (RSASSA-PSS, Ed25519). */
function endPointHash(der: Buffer): Uint8Array | null {
  try {
    const [, algorithm] = readDerValues(readDer(der, derTag.sequence).content)
    const [identifier] = algorithm ? readDerValues(algorithm.content) : []
    const hash = identifier ? hashOfSignature[readObjectIdentifier(identifier)] : undefined
    return hash === undefined ? null : createHash(hash).update(der).digest()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
