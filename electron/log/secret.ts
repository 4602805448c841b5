import { inspect } from 'node:util'

const mask = '[secret]'

/**
 * A value that no print-out shows: string conversion, JSON and the inspector all answer `[secret]`. Only
 * `reveal` gives it back.
 */
export class Secret<T> {
  readonly #value: T

  constructor(value: T) {
    this.#value = value
  }

  reveal(): T {
    return this.#value
  }

  toString(): string {
    return mask
  }

  toJSON(): string {
    return mask
  }

  [inspect.custom](): string {
    return mask
  }
}
