import { createHash, X509Certificate } from 'node:crypto'
import { createSecureContext, getCACertificates, rootCertificates, type SecureContext } from 'node:tls'
import { SiegelError } from '../../../../shared/kit/result'

/** Forward secrecy and AEAD only (RFC 9325 §4.2). */
const CIPHERS = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
].join(':')

/**
 * Signatures in the handshake: SHA-256 at least (RFC 9325 §4.1, RFC 9155). Named, because BoringSSL would take SHA-1 from
 * a server of TLS 1.2; Ed25519 is not in its own list.
 */
const SIGNATURES = [
  'ecdsa_secp256r1_sha256',
  'ecdsa_secp384r1_sha384',
  'ecdsa_secp521r1_sha512',
  'ed25519',
  'rsa_pss_rsae_sha256',
  'rsa_pss_rsae_sha384',
  'rsa_pss_rsae_sha512',
  'rsa_pkcs1_sha256',
  'rsa_pkcs1_sha384',
  'rsa_pkcs1_sha512',
].join(':')

/** Accounts with authorities of their own are few; more contexts than this are not worth their memory. */
const KEPT_CONTEXTS = 16

let roots: readonly string[] | null = null

/** The authorities the runtime brings and those of the system, each once. */
function trustedRoots(): readonly string[] {
  if (roots) return roots
  let system: readonly string[] = []
  try {
    system = getCACertificates('system')
  } catch {
    // A system store that cannot be read leaves the bundled one, which is never weaker.
  }
  roots = [...new Set([...rootCertificates, ...system])]
  return roots
}

/** The parameters of TLS, and the authorities that a server's certificate may lead to. */
export type TlsParameters = Readonly<{
  context: SecureContext
  /** Parsed when first asked for. */
  authorities: () => readonly X509Certificate[]
}>

let parsedRoots: readonly X509Certificate[] | null = null

/** The certificates of PEM text; what cannot be read is left out, so it is trusted by nobody. */
function parsePem(text: string): X509Certificate[] {
  const blocks = text.match(/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END [A-Z0-9 ]+-----/g)
  return (blocks ?? []).flatMap(block => {
    try {
      return [new X509Certificate(block)]
    } catch {
      return []
    }
  })
}

function authoritiesOf(caPem: string | null): readonly X509Certificate[] {
  parsedRoots ??= trustedRoots().flatMap(parsePem)
  return caPem === null ? parsedRoots : [...parsePem(caPem), ...parsedRoots]
}

/** Gives TLS parameters for an account's trust: TLS 1.2 at least, modern ciphers and signatures, known roots and `caPem`. */
export function createSecureContexts(): (caPem: string | null) => TlsParameters {
  const made = new Map<string, TlsParameters>()
  return caPem => {
    const key = caPem === null ? '' : createHash('sha256').update(caPem).digest('hex')
    const known = made.get(key)
    if (known) return known
    let context: SecureContext
    try {
      const ca = caPem === null ? [...trustedRoots()] : [...trustedRoots(), caPem]
      context = createSecureContext({ ca, minVersion: 'TLSv1.2', ciphers: CIPHERS, sigalgs: SIGNATURES })
    } catch (cause) {
      throw new SiegelError('bad-request', { field: 'caPem' }, { cause })
    }
    let authorities: readonly X509Certificate[] | null = null
    const parameters: TlsParameters = {
      context,
      authorities: () => {
        authorities ??= authoritiesOf(caPem)
        return authorities
      },
    }
    const oldest = made.keys().next()
    if (made.size >= KEPT_CONTEXTS && !oldest.done) made.delete(oldest.value)
    made.set(key, parameters)
    return parameters
  }
}
