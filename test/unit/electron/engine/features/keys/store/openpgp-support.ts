import type { Fingerprint, KeyEvidence, KeyFacts } from '../../../../../../../shared/features/keys/model'
import { bytes } from '../../../store/support'

/** The fingerprint that is all of one hex digit. */
export const fingerprintOf = (digit: string): Fingerprint => digit.repeat(40) as Fingerprint

export function keyFactsOf(digit: string, values: Partial<KeyFacts> = {}): KeyFacts {
  return {
    fingerprint: fingerprintOf(digit),
    keyIds: [digit.repeat(16), `${digit.repeat(15)}0`],
    version: 4,
    algorithm: 'Ed25519 / X25519',
    createdAtMs: Date.UTC(2026, 0, 1),
    expiresAtMs: null,
    encryptionExpiresAtMs: null,
    userIds: [{ name: digit, address: `${digit}@example.net`, valid: true }],
    canEncrypt: true,
    canSign: true,
    readsAead: false,
    problems: [],
    ...values,
  }
}

export const ownKeyRow = (digit: string, values: Partial<KeyFacts> = {}) => ({
  facts: keyFactsOf(digit, values),
  publicKey: bytes(`public ${digit}`),
  sealed: bytes(`sealed ${digit}`),
  protection: 'vault' as const,
  revocation: `revocation ${digit}`,
})

export const evidenceOf = (
  source: KeyEvidence['source'],
  detail = 'somewhere',
  atMs = Date.UTC(2026, 1, 1),
): KeyEvidence => ({ source, atMs, detail })

export const contactKeyOf = (
  address: string,
  digit: string,
  evidence = evidenceOf('autocrypt'),
  values: Partial<KeyFacts> = {},
) => ({
  address,
  facts: keyFactsOf(digit, values),
  publicKey: bytes(`public ${digit}`),
  evidence,
  inUse: true,
})
