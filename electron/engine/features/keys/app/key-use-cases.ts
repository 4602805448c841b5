import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { findKeyUseCases } from './find-keys'
import { importKeyUseCases } from './import-keys'
import { ownKeyUseCases } from './own/own-keys'
import { thunderbirdKeyUseCases } from './thunderbird-keys'
import { trustUseCases } from './trust-keys'

/** Everything about OpenPGP keys that the engine answers. */
export function keyUseCases(
  context: Needs<
    'clock' | 'keyLookup' | 'keysInMail' | 'reading' | 'thunderbird' | 'vault',
    'accounts' | 'openpgp' | 'settings' | 'transaction'
  >,
): Pick<UseCases, Exclude<Extract<keyof UseCases, `keys.${string}`>, 'keys.plan'>> {
  return {
    ...ownKeyUseCases(context),
    ...importKeyUseCases(context),
    ...thunderbirdKeyUseCases(context),
    ...findKeyUseCases(context),
    ...trustUseCases(context),
  }
}
