import type { AlgorithmInfo } from '../library'

const curves: Readonly<Record<string, string>> = {
  ed25519Legacy: 'Ed25519',
  curve25519Legacy: 'X25519',
  nistP256: 'NIST P-256',
  nistP384: 'NIST P-384',
  nistP521: 'NIST P-521',
  brainpoolP256r1: 'Brainpool P-256',
  brainpoolP384r1: 'Brainpool P-384',
  brainpoolP512r1: 'Brainpool P-512',
  secp256k1: 'secp256k1',
}
const algorithms: Readonly<Record<string, string>> = {
  ed25519: 'Ed25519',
  x25519: 'X25519',
  ed448: 'Ed448',
  x448: 'X448',
  dsa: 'DSA',
  elgamal: 'ElGamal',
}

/** One algorithm in words people know. */
export const algorithmWord = ({ algorithm, bits, curve }: AlgorithmInfo): string => {
  if (algorithm.startsWith('rsa')) return `RSA ${bits ?? ''}`.trim()
  const word = curve === undefined ? algorithms[algorithm] : curves[curve]
  return [word ?? algorithm, algorithm === 'dsa' || algorithm === 'elgamal' ? bits : ''].join(' ').trim()
}
