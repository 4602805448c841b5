import type { AppContext, UseCases } from '../../../compose/context'
import { protectionPlanUseCases } from '../../writing/app/send/protection-plan'
import { findKeyUseCases } from './find-keys'
import { importKeyUseCases } from './import-keys'
import { ownKeyUseCases } from './own/own-keys'
import { thunderbirdKeyUseCases } from './thunderbird-keys'
import { trustUseCases } from './trust-keys'

/** Everything about OpenPGP keys that the engine answers. */
export function keyUseCases(context: AppContext): Pick<UseCases, Extract<keyof UseCases, `keys.${string}`>> {
  return {
    ...ownKeyUseCases(context),
    ...importKeyUseCases(context),
    ...thunderbirdKeyUseCases(context),
    ...findKeyUseCases(context),
    ...trustUseCases(context),
    ...protectionPlanUseCases(context),
  }
}
