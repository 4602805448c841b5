import { createKeyHarvest } from '../features/keys/app/harvest-keys'
import { thunderbirdDatabases } from '../features/keys/store/thunderbird-databases'
import { keysInMail } from '../formats/mime/keys-in-mail'
import type { EngineParts } from '../ports/parts'
import type { Base } from './base'

/** Keys of others, and where they come from. */
export function composeKeys(
  base: Base,
  { remote }: Pick<EngineParts, 'remote'>,
): Pick<EngineParts, 'keysInMail' | 'thunderbird' | 'harvest'> {
  return {
    keysInMail,
    thunderbird: thunderbirdDatabases,
    harvest: createKeyHarvest({ ...base, remote, keysInMail }),
  }
}
