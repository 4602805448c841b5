import { z } from 'zod'
import { fingerprint } from './openpgp-key'

const bytesUpTo = (limit: number) =>
  z.custom<Uint8Array>(value => value instanceof Uint8Array && value.byteLength <= limit, {
    error: `at most ${limit} bytes expected`,
  })

/**
 * What `key4.db` of a Thunderbird profile holds about the keys of NSS, as it lies there: encrypted, with the primary
 * password or with an empty one.
 */
export const nssKeyDatabase = z.object({
  globalSalt: bytesUpTo(64),
  /** DER of a known text under the primary password: tells whether a password is the right one. */
  check: bytesUpTo(1000),
  /** DER of each key's value, by key ID. */
  keys: z.array(z.object({ id: bytesUpTo(64), value: bytesUpTo(1000) })).max(100),
})
export type NssKeyDatabase = z.infer<typeof nssKeyDatabase>

/** What the user decided in Thunderbird about somebody else's key. Keys without a decision are not listed. */
const thunderbirdDecision = z.object({
  fingerprint,
  decision: z.enum(['accepted', 'rejected']),
  /** Lower case. It was accepted for these and no others. */
  addresses: z.array(z.string().max(320)).max(100),
})
export type ThunderbirdDecision = z.infer<typeof thunderbirdDecision>
export const thunderbirdDecisions = z.array(thunderbirdDecision).max(10_000)
