import { z } from 'zod'

/** Names one profile: 32 lower-case hex digits, random. */
export const profileId = z.string().regex(/^[0-9a-f]{32}$/)

/** A passphrase is at most this long in UTF-8; Argon2 would take 4 GiB, nobody types more than this. */
export const passphraseLimitBytes = 4096

/** UTF-8 of a passphrase; bytes, because they can be wiped. */
const passphrase = z
  .instanceof(Uint8Array)
  .refine(bytes => bytes.byteLength > 0 && bytes.byteLength <= passphraseLimitBytes, 'passphrase length')

/** The number under which the vault keeps a passphrase that the page gave to it. */
export const keptSecret = z.strictObject({ secret: z.number().int().nonnegative() })

/** A file that the vault reads itself: only its host, who asked the person, may name one. */
export const pickedFile = z.strictObject({ file: z.string().min(1).max(4096) })
export type PickedFile = z.infer<typeof pickedFile>

/** A passphrase in a request: its bytes, or where the vault has them. */
export const givenPassphrase = z.union([passphrase, keptSecret])
export type GivenPassphrase = z.infer<typeof givenPassphrase>

/** Largest secret that is taken in: a file of secret keys, or its text. */
export const secretLimitBytes = 10_000_000

/** What the page says at its door. */
export const secretGiven = z.strictObject({
  bytes: z
    .instanceof(Uint8Array)
    .refine(bytes => bytes.byteLength > 0 && bytes.byteLength <= secretLimitBytes, 'secret length'),
  /** Whose call will name it. */
  taker: z.enum(['host', 'engine']),
})
