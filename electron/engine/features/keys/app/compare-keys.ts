import { createHash } from 'node:crypto'
import type { Fingerprint } from '../../../../../shared/features/keys/model'

/** Keeps this number apart from every other use of SHA-256 over a fingerprint. */
const domain = 'siegel/comparison-number/v1'

/**
 * What two people compare to know that each has the other's true key. Each fingerprint gives 30 digits (SHA-256 over a
 * fixed text and the fingerprint, six times five bytes modulo 100,000: about 99 bits); the smaller half stands first, so
 * both see the same 60 digits. `code` is the same for machines: both fingerprints, in order.
 */
export function compareKeys(one: Fingerprint, other: Fingerprint): { number: string; code: string } {
  const halves = [digitsOf(one), digitsOf(other)].sort()
  const groups = halves.join('').match(/.{5}/g) ?? []
  return { number: groups.join(' '), code: `SIEGEL-KEYS:1:${[one, other].sort().join(':')}`.toUpperCase() }
}

function digitsOf(fingerprint: Fingerprint): string {
  const hash = createHash('sha256').update(domain).update(Buffer.from(fingerprint, 'hex')).digest()
  return Array.from({ length: 6 }, (_, group) =>
    String(hash.readUIntBE(group * 5, 5) % 100_000).padStart(5, '0'),
  ).join('')
}
