/** Autocrypt Level 1 §2.1: a header that is longer counts as none. */
const maxFieldBytes = 10 * 1024

/**
 * The writer's public key in the header (Autocrypt Level 1 §2.1.1), folded, without the last line end; null when it would be
 * longer than readers take. `prefersEncryption` asks others to encrypt to it by themselves.
 */
export function autocryptField(options: {
  address: string
  prefersEncryption: boolean
  key: Uint8Array
}): string | null {
  const preference = options.prefersEncryption ? ' prefer-encrypt=mutual;' : ''
  return field('Autocrypt', `addr=${options.address};${preference}`, options.key)
}

/** Another recipient's key, inside an encrypted message only (Autocrypt Level 1 §2.1.2). */
export const gossipField = (options: { address: string; key: Uint8Array }): string | null =>
  field('Autocrypt-Gossip', `addr=${options.address};`, options.key)

function field(name: string, attributes: string, key: Uint8Array): string | null {
  const lines =
    Buffer.from(key)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  const text = `${name}: ${attributes} keydata=\r\n ${lines.join('\r\n ')}`
  return text.length > maxFieldBytes ? null : text
}
