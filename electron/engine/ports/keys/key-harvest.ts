import type { MessageId } from '../../../../shared/kit/ids'

/** Collects keys from received mail, behind the sync that brings it; `features/keys/app/harvest-keys.ts` is the real one. */
export type KeyHarvest = {
  /** Messages whose bytes were just stored. Returns at once; the keys are read later, a few at a time. */
  noteAutocrypt(bodies: readonly { id: MessageId; raw: Uint8Array }[]): void
  /** Gossip inside a message that was encrypted and opened (Autocrypt Level 1 §2.2), about its To and Cc. */
  noteGossip(decrypted: Uint8Array, addressedTo: readonly string[], effectiveAtMs: number): Promise<void>
  /** Resolves when everything noted so far was read. */
  settled(): Promise<void>
}
