/** What is not the DER that was expected. */
export class DerError extends Error {}

const tags = { integer: 0x02, octetString: 0x04, objectId: 0x06, sequence: 0x30 } as const

/**
 * Reads the few kinds of DER (X.690) that NSS writes, in the order the caller expects them. Strict: lengths in their
 * shortest form, nothing beyond the end. Throws DerError.
 */
export class DerReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  sequence(): DerReader {
    return new DerReader(this.#content(tags.sequence))
  }

  /** At most `limit` bytes, as a view. */
  octetString(limit: number): Uint8Array {
    const content = this.#content(tags.octetString)
    if (content.byteLength > limit) throw new DerError('octet string too long')
    return content
  }

  /** The encoded arcs in hex. */
  objectId(): string {
    return Buffer.from(this.#content(tags.objectId)).toString('hex')
  }

  /** Not negative and below 2^31. */
  integer(): number {
    const content = this.#content(tags.integer)
    const [first, second] = content
    if (first === undefined || first > 0x7f || content.byteLength > 4)
      throw new DerError('integer out of range')
    if (first === 0 && second !== undefined && second < 0x80)
      throw new DerError('integer not in shortest form')
    return content.reduce((value, byte) => value * 256 + byte, 0)
  }

  isNextInteger(): boolean {
    return this.#bytes[this.#at] === tags.integer
  }

  /** Throws when something is left. */
  end(): void {
    if (this.#at !== this.#bytes.byteLength) throw new DerError('more than expected')
  }

  #byte(): number {
    const byte = this.#bytes[this.#at]
    if (byte === undefined) throw new DerError('cut short')
    this.#at += 1
    return byte
  }

  #length(): number {
    const first = this.#byte()
    if (first < 0x80) return first
    if (first !== 0x81 && first !== 0x82) throw new DerError('length out of range')
    const length = first === 0x81 ? this.#byte() : this.#byte() * 256 + this.#byte()
    if (length < (first === 0x81 ? 0x80 : 0x100)) throw new DerError('length not in shortest form')
    return length
  }

  #content(tag: number): Uint8Array {
    if (this.#byte() !== tag) throw new DerError('another type than expected')
    const length = this.#length()
    const content = this.#bytes.subarray(this.#at, this.#at + length)
    if (content.byteLength !== length) throw new DerError('cut short')
    this.#at += length
    return content
  }
}
