/** A transferable public key as text (RFC 9580 §6.2), without the checksum that new implementations leave out (§6.1). */
export function armorPublicKey(bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return [
    '-----BEGIN PGP PUBLIC KEY BLOCK-----',
    '',
    ...lines,
    '-----END PGP PUBLIC KEY BLOCK-----',
    '',
  ].join('\n')
}
