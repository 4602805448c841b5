/** RFC 9580 §6.1.1: initial value and polynomial. */
const crcInitial = 0xb704ce
const crcPolynomial = 0x1864cfb

function crc24(bytes: Uint8Array): number {
  let crc = crcInitial
  for (const byte of bytes) {
    crc ^= byte << 16
    for (let bit = 0; bit < 8; bit++) {
      crc <<= 1
      if (crc & 0x1000000) crc ^= crcPolynomial
    }
  }
  return crc & 0xffffff
}

/**
 * A transferable public key as text (RFC 9580 §6.2). With the checksum, although §6.1 no longer asks for one: GnuPG 2.4
 * misreads armor without it when the base64 needs no padding.
 */
export function armorPublicKey(bytes: Uint8Array): string {
  const crc = crc24(bytes)
  const checksum = Buffer.from([crc >> 16, (crc >> 8) & 255, crc & 255]).toString('base64')
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return [
    '-----BEGIN PGP PUBLIC KEY BLOCK-----',
    '',
    ...lines,
    `=${checksum}`,
    '-----END PGP PUBLIC KEY BLOCK-----',
    '',
  ].join('\n')
}
