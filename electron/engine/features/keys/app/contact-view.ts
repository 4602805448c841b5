import type { ContactKey } from '../../../../../shared/features/keys/model'
import type { ContactKeyRow } from '../../../ports/keys/openpgp'

/** A key as faces see it: facts without the bytes. */
export function contactView({ publicKey: _, ...key }: ContactKeyRow): ContactKey {
  return { ...key, evidence: [...key.evidence] }
}
