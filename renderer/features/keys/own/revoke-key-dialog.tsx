import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OwnKey } from '../../../../shared/features/keys/model'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { RadioGroup } from '../../../ui/fields/radio-group'
import { ConfirmDialog } from '../../../ui/overlays/confirm-dialog'

const reasons = ['superseded', 'retired', 'compromised', 'none'] as const
type Reason = (typeof reasons)[number]

/** Declares an own key invalid, with the reason others will see. */
export function RevokeKeyDialog({ ownKey, onClose }: Readonly<{ ownKey: OwnKey; onClose: () => void }>) {
  const { t } = useTranslation('openpgp')
  const host = useHost()
  const [reason, setReason] = useState<Reason>('superseded')
  const revoke = () =>
    void runCommand(host, 'keys.change', {
      fingerprint: ownKey.facts.fingerprint,
      change: { kind: 'revoke', reason },
    })
  return (
    <ConfirmDialog
      title={t('revoke.title')}
      confirm={t('revoke.go')}
      isOpen
      onConfirm={revoke}
      onClose={onClose}
    >
      <div className="key-form">
        <p>{t('revoke.text')}</p>
        <RadioGroup<Reason>
          label={t('revoke.reason')}
          options={reasons.map(id => ({ id, label: t(`revoke.reasons.${id}`) }))}
          value={reason}
          onChange={setReason}
        />
      </div>
    </ConfirmDialog>
  )
}
