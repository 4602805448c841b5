import type { ParsedMessage } from '../ports/mail/mime'
import type { NewMessage } from '../ports/store'

/** A whole message that exists only here so far: no UID, no MODSEQ, every byte. */
export function localMessage(
  raw: Uint8Array,
  parsed: ParsedMessage,
  facts: { flags: readonly string[]; internalDateMs: number },
): NewMessage & { raw: Uint8Array; parsed: ParsedMessage } {
  return { uid: null, modseq: null, sizeBytes: raw.length, header: parsed.header, raw, parsed, ...facts }
}
