import { useTranslation } from 'react-i18next'
import type { ProtectionPlan } from '../../../../shared/features/writing/protection'
import { Button } from '../../../ui/actions/button'
import { Dialog } from '../../../ui/overlays/dialog'
import { unreached } from './protection-words'

export type Decision =
  | 'clear'
  | 'encrypt'
  | 'remove'
  | 'look-up'
  | 'ask-for-key'
  | 'passphrase'
  | 'keys'
  | 'make-key'
  | 'import-key'
  | 'write-anyway'
  | 'leave-out'

/** What can be done about each reason that stops sending, the safest last, where the hand goes. */
function decisionsFor(plan: ProtectionPlan): readonly Decision[] {
  if (plan.reason === 'unprotected-address') return ['write-anyway', 'leave-out']
  if (plan.reason === 'all-reachable') return ['clear', 'encrypt']
  if (plan.reason === 'key-changed') return ['clear', 'keys']
  if (plan.reason === 'own-key-unusable') return ['clear', 'keys']
  if (plan.reason === 'no-own-key') return ['clear', 'import-key', 'make-key']
  const hasSome = plan.recipients.some(({ state }) => state === 'ready')
  return ['clear', ...(hasSome ? (['remove'] as const) : []), 'look-up', 'ask-for-key', 'passphrase']
}

/** Something stands between this message and encryption: says what, and lets the writer decide in words. */
export function DecisionDialog({
  plan,
  onDecide,
  onClose,
}: Readonly<{
  plan: ProtectionPlan
  onDecide: (decision: Decision) => void
  onClose: () => void
}>) {
  const { t } = useTranslation('compose')
  const reason =
    plan.reason === 'all-reachable' ||
    plan.reason === 'unprotected-address' ||
    plan.reason === 'key-changed' ||
    plan.reason === 'own-key-unusable' ||
    plan.reason === 'no-own-key'
      ? plan.reason
      : 'not-all-reachable'
  const addresses = reason === 'unprotected-address' ? plan.undecided : unreached(plan)
  return (
    <Dialog
      title={t(`protection.decide.${reason}`)}
      isOpen
      onClose={onClose}
      size="medium"
      actions={<Button onPress={onClose}>{t('ask.back')}</Button>}
    >
      <p>{t(`protection.decide.${reason}-text`)}</p>
      {reason === 'all-reachable' || addresses.length === 0 ? null : (
        <ul className="decision-list selectable">
          {addresses.map(address => (
            <li key={address}>{address}</li>
          ))}
        </ul>
      )}
      <div className="decision-choices">
        {decisionsFor(plan).map(decision => (
          <button
            key={decision}
            type="button"
            className="decision-choice"
            data-decision={decision}
            onClick={() => onDecide(decision)}
          >
            <strong>{t(`protection.decision.${decision}`)}</strong>
            <span>{t(`protection.decision.${decision}-text`)}</span>
          </button>
        ))}
      </div>
    </Dialog>
  )
}
