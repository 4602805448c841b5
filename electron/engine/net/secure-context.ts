import { createHash } from 'node:crypto'
import { createSecureContext, getCACertificates, rootCertificates, type SecureContext } from 'node:tls'
import { SiegelError } from '../../../shared/ipc/result'

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

/** Gives TLS parameters for an account's trust: TLS 1.2 at least, modern ciphers, known roots and `caPem`. */
export function createSecureContexts(): (caPem: string | null) => SecureContext {
  const contexts = new Map<string, SecureContext>()
  return caPem => {
    const key = caPem === null ? '' : createHash('sha256').update(caPem).digest('hex')
    const known = contexts.get(key)
    if (known) return known
    let context: SecureContext
    try {
      const ca = caPem === null ? [...trustedRoots()] : [...trustedRoots(), caPem]
      context = createSecureContext({ ca, minVersion: 'TLSv1.2', ciphers: CIPHERS })
    } catch (cause) {
      throw new SiegelError('bad-request', { field: 'caPem' }, { cause })
    }
    const oldest = contexts.keys().next()
    if (contexts.size >= KEPT_CONTEXTS && !oldest.done) contexts.delete(oldest.value)
    contexts.set(key, context)
    return context
  }
}
