import { clamp, keyPairOf } from '../../electron/vault/omemo/curve/x25519'

export const hex = (text: string): Buffer => Buffer.from(text, 'hex')

/** A pair whose secret is this byte 32 times, clamped. */
export const pairOf = (byte: number) => keyPairOf(clamp(Buffer.alloc(32, byte)))

/** Bytes 00, 01, 02 ... */
export const counting = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, at) => at))

/** Numbers from 0 to below 1 that come again with the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
