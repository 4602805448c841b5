/**
 * The form of a page that opens with a passphrase. The key is Argon2id (RFC 9106) of the passphrase in NFC and UTF-8; the
 * content is AES-256-GCM (NIST SP 800-38D) with the tag behind it and `additionalData` as its associated data.
 */
export const lockedPageFormat = {
  version: 1,
  memoryKiB: 65_536,
  passes: 3,
  lanes: 1,
  keyBytes: 32,
  saltBytes: 16,
  nonceBytes: 12,
} as const

/** Where the sealed content stands in the page, as JSON. */
export const sealedElementId = 'sealed'

export type SealedContent = Readonly<{ version: number; salt: string; nonce: string; data: string }>

/** Binds what is not secret to what is. */
export const additionalData = 'siegel locked page 1'

/** What stands before the files' bytes, as JSON behind its own length (four octets, big endian). */
export type LockedHead = Readonly<{
  from: string
  subject: string
  /** UTC, to the minute. */
  date: string
  text: string
  /** Sanitised; shown in a frame without any rights. */
  html: string | null
  files: readonly { name: string; type: string; sizeBytes: number }[]
}>

/** The whole is filled up to a multiple of this, so that its size says little about a short text. */
export const paddingBytes = 4096
