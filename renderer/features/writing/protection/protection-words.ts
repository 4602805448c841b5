import type { TFunction } from 'i18next'
import type { ProtectionPlan, RecipientKeyState } from '../../../../shared/features/writing/protection'

/** What a recipient's key state means for the one who writes, in a sentence. */
export function keyWords(t: TFunction<'compose'>, key: RecipientKeyState): string {
  if (key.state === 'ready') return t(`protection.key.${key.trust === 'verified' ? 'verified' : 'ready'}`)
  if (key.state === 'decide') return t(`protection.key.${key.conflict === null ? 'unconfirmed' : 'changed'}`)
  return t(`protection.key.${key.problems.length > 0 ? 'unusable' : 'missing'}`)
}

/** What the lock button says of the plan as it is. */
export function planWords(t: TFunction<'compose'>, plan: ProtectionPlan): string {
  if (plan.encrypts === 'stop') return t('protection.state.stop')
  if (plan.encrypts === 'yes')
    return t(plan.signs ? 'protection.state.encrypted' : 'protection.state.encryptedOnly')
  return t(plan.signs ? 'protection.state.signed' : 'protection.state.clear')
}

/** Addresses that cannot be reached encrypted. */
export const unreached = ({ recipients }: ProtectionPlan): readonly string[] =>
  recipients.filter(({ state }) => state !== 'ready').map(({ address }) => address)
