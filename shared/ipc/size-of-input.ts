import type { CallName } from './contract'

const mebibyte = 1024 * 1024

/** Largest input of a call. An attachment dropped into the page comes as bytes; the rest is text and ids. */
export const inputLimitBytes = (name: CallName): number =>
  name === 'drafts.addAttachment' ? 30 * mebibyte : name === 'drafts.save' ? 24 * mebibyte : 8 * mebibyte

/** Deeper nesting than any call of the contract has. */
const depthLimit = 12

const ofString = (text: string): number => text.length * 2

/**
 * Bytes a structured-clone value takes, roughly and from below; Infinity as soon as it is over the limit, too
 * deep, or made of anything but plain values and byte arrays. Counts before the schema walks it.
 */
export const sizeOfInput = (input: unknown, limitBytes: number): number => {
  let total = 0
  const visit = (value: unknown, depth: number): boolean => {
    if (total > limitBytes || depth > depthLimit) return false
    total += 8
    if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean')
      return true
    if (typeof value === 'string') {
      total += ofString(value)
      return total <= limitBytes
    }
    if (typeof value !== 'object') return false
    if (value instanceof Uint8Array) {
      total += value.byteLength
      return total <= limitBytes
    }
    if (Array.isArray(value)) {
      total += value.length * 8
      return total <= limitBytes && value.every(item => visit(item, depth + 1))
    }
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== null) return false
    return Object.entries(value).every(([name, item]) => {
      total += ofString(name)
      return visit(item, depth + 1)
    })
  }
  return visit(input, 0) && total <= limitBytes ? total : Number.POSITIVE_INFINITY
}
