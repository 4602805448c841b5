import { randomBytes } from 'node:crypto'
import { SiegelError } from '../../shared/kit/result'
import type { Clock, Random } from './ports/basics'

/** The real clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer)
        reject(new SiegelError('cancelled'))
      }
      if (signal?.aborted) return reject(new SiegelError('cancelled'))
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop)
        resolve()
      }, ms)
      signal?.addEventListener('abort', stop, { once: true })
    }),
}

const fractionBits = 53

/** The system's random source. */
export const systemRandom: Random = {
  bytes: count => randomBytes(count),
  fraction: () => Number(randomBytes(8).readBigUInt64BE() >> BigInt(64 - fractionBits)) / 2 ** fractionBits,
}
