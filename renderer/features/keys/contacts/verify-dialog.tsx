import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactKey, Fingerprint, OwnKey } from '../../../../shared/features/keys/model'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { Banner } from '../../../ui/feedback/banner'
import { QrCode } from '../../../ui/feedback/qr-code'
import { Select } from '../../../ui/fields/select'
import { TextField } from '../../../ui/fields/text-field'
import { Dialog } from '../../../ui/overlays/dialog'

/** Two people compare a number, or one takes the other's code. */
export function VerifyDialog({
  contactKey,
  ownKeys,
  onClose,
}: Readonly<{ contactKey: ContactKey; ownKeys: readonly OwnKey[]; onClose: () => void }>) {
  const { t } = useTranslation('openpgp')
  const host = useHost()
  const [own, setOwn] = useState<Fingerprint | null>(null)
  const [theirs, setTheirs] = useState('')
  const { address, facts } = contactKey
  const { fingerprint } = facts
  const comparison = useLiveQuery(
    'keys.compare',
    ownKeys.length === 0 ? null : { address, fingerprint, own },
  ).data
  const pasted = theirs.trim().toUpperCase()
  const isSame = comparison !== undefined && pasted === comparison.code
  const confirm = async () => {
    const done = await runCommand(host, 'keys.setTrust', { address, fingerprint, trust: 'verified' })
    if (done !== null) onClose()
  }
  return (
    <Dialog
      title={t('verify.title', { address })}
      isOpen
      onClose={onClose}
      size="medium"
      actions={
        <Button
          variant="primary"
          isDisabled={comparison === undefined || (pasted !== '' && !isSame)}
          onPress={() => void confirm()}
        >
          {t('verify.confirm')}
        </Button>
      }
    >
      {ownKeys.length === 0 ? <p>{t('verify.noOwn')}</p> : null}
      {comparison === undefined ? null : (
        <div className="key-form">
          <p>{t('verify.text')}</p>
          <div className="key-number selectable">
            {comparison.number.split(' ').map((group, at) => (
              // Groups may be equal; their place is what they are.
              <span key={`${String(at)} ${group}`}>{group}</span>
            ))}
          </div>
          {ownKeys.length > 1 ? (
            <Select
              label={t('verify.ownKey')}
              options={ownKeys.map(each => ({
                id: each.facts.fingerprint as string,
                label: `${each.facts.userIds[0]?.address ?? ''} ${each.facts.fingerprint.slice(-8).toUpperCase()}`,
              }))}
              value={comparison.own as string}
              onChange={value => setOwn(value as Fingerprint)}
            />
          ) : null}
          <QrCode text={comparison.code} label={t('verify.qr')} />
          <TextField
            label={t('verify.theirs')}
            description={t('verify.theirsText')}
            spellCheck="false"
            maxLength={300}
            value={theirs}
            onChange={setTheirs}
          />
          {pasted === '' ? null : (
            <Banner
              tone={isSame ? 'notice' : 'danger'}
              title={isSame ? t('verify.matches') : t('verify.differs')}
            />
          )}
        </div>
      )}
    </Dialog>
  )
}
