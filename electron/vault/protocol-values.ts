import { z } from 'zod'

/** Names one profile: 32 lower-case hex digits, random. */
export const profileId = z.string().regex(/^[0-9a-f]{32}$/)

/** A passphrase is at most this long in UTF-8; Argon2 would take 4 GiB, nobody types more than this. */
export const passphraseLimitBytes = 4096

/** UTF-8 of a passphrase; bytes, because they can be wiped. */
export const passphrase = z
  .instanceof(Uint8Array)
  .refine(bytes => bytes.byteLength > 0 && bytes.byteLength <= passphraseLimitBytes, 'passphrase length')
