/**
 * Bytes as text with one character a byte (latin1), so that an object is read with the tools for text and still written back
 * byte for byte, whatever its charset. Never shown: what people read is decoded first.
 */
export type ByteText = string

export const byteTextOf = (bytes: Uint8Array): ByteText =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

export const bytesOf = (text: ByteText): Buffer => Buffer.from(text, 'latin1')

/** Text of people in the bytes of UTF-8. What is half of a pair becomes U+FFFD, so that it is UTF-8 in any case. */
export const utf8Bytes = (text: string): ByteText => Buffer.from(text, 'utf8').toString('latin1')
