/** Numbers and bytes one after the other: what is sealed. Secrets never become text, which could not be overwritten. */

export class Packer {
  readonly #parts: Buffer[] = []

  number(value: number): this {
    const bytes = Buffer.alloc(8)
    bytes.writeDoubleBE(value)
    this.#parts.push(bytes)
    return this
  }

  /** At most 65,535. */
  bytes(value: Uint8Array): this {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(value.byteLength)
    this.#parts.push(length, Buffer.from(value))
    return this
  }

  flag(value: boolean): this {
    return this.number(value ? 1 : 0)
  }

  list<T>(values: readonly T[], write: (value: T) => void): this {
    this.number(values.length)
    for (const value of values) write(value)
    return this
  }

  /** Null or what `write` adds. */
  optional<T>(value: T | null, write: (value: T) => void): this {
    this.flag(value !== null)
    if (value !== null) write(value)
    return this
  }

  /** All of it; the parts are overwritten. */
  done(): Buffer {
    const whole = Buffer.concat(this.#parts)
    for (const part of this.#parts) part.fill(0)
    return whole
  }
}

/** Reads what `Packer` wrote. Throws where it ends too early: it was sealed, so that is a bug. */
export class Unpacker {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  number(): number {
    const value = this.#bytes.readDoubleBE(this.#at)
    this.#at += 8
    return value
  }

  /** In its own memory. */
  bytes(): Buffer {
    const length = this.#bytes.readUInt16BE(this.#at)
    const from = this.#at + 2
    this.#at = from + length
    if (this.#at > this.#bytes.length) throw new RangeError('packed bytes end too early')
    return Buffer.from(this.#bytes.subarray(from, this.#at))
  }

  flag(): boolean {
    return this.number() === 1
  }

  list<T>(read: () => T): T[] {
    return Array.from({ length: this.number() }, read)
  }

  optional<T>(read: () => T): T | null {
    return this.flag() ? read() : null
  }
}
