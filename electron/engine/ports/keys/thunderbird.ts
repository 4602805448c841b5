import type { NssKeyDatabase, ThunderbirdDecision } from '../../../../shared/features/keys/thunderbird'

/**
 * Reads databases of a Thunderbird profile from their bytes; the files themselves are never opened. Both throw
 * `thunderbird-damaged` for what is not such a database.
 */
export type ThunderbirdDatabases = {
  /** `key4.db`. */
  keyDatabase(bytes: Uint8Array): NssKeyDatabase
  /** `openpgp.sqlite`: what the user decided about other people's keys. */
  decisions(bytes: Uint8Array): readonly ThunderbirdDecision[]
}
