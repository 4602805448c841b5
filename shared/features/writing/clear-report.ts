import { z } from 'zod'
import { keyId } from '../keys/model'

/** What of a finished message stands in clear, and who holds a key to the rest. */
export const clearReport = z.object({
  /** OpenPGP with integrity protection; anything else counts as clear. */
  isEncrypted: z.boolean(),
  /** Null: only those who open it can tell. */
  isSigned: z.boolean().nullable(),
  /** Keys that open it; zeros are hidden ones. The address is known only for keys that are here. */
  recipients: z.array(z.object({ keyId, address: z.string().max(320).nullable() })).max(3000),
  /** The header as every server reads it, decoded. */
  fields: z.array(z.object({ name: z.string().max(200), value: z.string().max(1000) })).max(200),
  /** Parts that are readable on the way. */
  parts: z
    .array(
      z.object({
        type: z.string().max(200),
        fileName: z.string().max(200),
        sizeBytes: z.number().int().nonnegative(),
      }),
    )
    .max(2000),
  problems: z.array(z.enum(['content-in-clear', 'parts-beside', 'subject-in-clear', 'blind-copies-named'])),
})
export type ClearReport = z.infer<typeof clearReport>
