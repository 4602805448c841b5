import type { KeychainState } from '../../shared/kit/status'

/**
 * A place of the operating system that keeps one secret a profile. Throws `keychain-unavailable` and
 * `keychain-locked`; a locked ring is never reported as an absent key.
 */
export type Keychain = {
  /** Whether it can be written now, found out by writing. */
  state(): Promise<KeychainState>
  /** The 32-byte master key of a profile, or null when there surely is none. The caller wipes it. */
  read(profileId: string): Promise<Uint8Array<ArrayBuffer> | null>
  /** Stores the key and reads it back before it answers. */
  write(profileId: string, key: Uint8Array): Promise<void>
  /** Removes the key; removing what is not there is not an error. */
  remove(profileId: string): Promise<void>
}
