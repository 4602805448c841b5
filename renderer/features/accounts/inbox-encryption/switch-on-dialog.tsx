import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InboxEncryptionStatus } from '../../../../shared/features/inbox-encryption/model'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { TextField } from '../../../ui/fields/text-field'
import { Dialog } from '../../../ui/overlays/dialog'

/** What will not work any more, and a backup of the key when there is none: before anything is switched on. */
export function SwitchOnDialog({
  status,
  onSwitchOn,
  onBackedUp,
  onClose,
}: Readonly<{
  status: InboxEncryptionStatus
  onSwitchOn: () => void
  onBackedUp: () => void
  onClose: () => void
}>) {
  const { t } = useTranslation(['accounts', 'common'])
  const host = useHost()
  const [passphrase, setPassphrase] = useState('')
  const [own] = status.keys
  const backUp = async () => {
    if (own === undefined) return
    const done = await runCommand(host, 'keys.exportSecret', { fingerprint: own, passphrase })
    setPassphrase('')
    if (done !== null) onBackedUp()
  }
  return (
    <Dialog
      title={t('accounts:inbox.on.title')}
      isOpen
      onClose={onClose}
      size="medium"
      actions={
        <>
          <Button autoFocus onPress={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            variant="primary"
            isDisabled={!status.keyBackedUp}
            onPress={() => {
              onClose()
              onSwitchOn()
            }}
          >
            {t('accounts:inbox.on.confirm')}
          </Button>
        </>
      }
    >
      <p>{t('accounts:inbox.on.text')}</p>
      <ul className="inbox-encryption-points">
        <li>{t('accounts:inbox.on.search')}</li>
        <li>{t('accounts:inbox.on.devices')}</li>
        <li>{t('accounts:inbox.on.outside')}</li>
        <li>{t('accounts:inbox.on.key')}</li>
      </ul>
      {own === undefined ? <p className="ui-error">{t('accounts:inbox.on.noKey')}</p> : null}
      {own !== undefined && !status.keyBackedUp ? (
        <form
          className="inbox-encryption-backup"
          onSubmit={event => {
            event.preventDefault()
            if (passphrase !== '') void backUp()
          }}
        >
          <TextField
            label={t('accounts:inbox.on.passphrase')}
            description={t('accounts:inbox.on.passphraseText')}
            type="password"
            autoComplete="off"
            maxLength={4096}
            value={passphrase}
            onChange={setPassphrase}
          />
          <Button type="submit" isDisabled={passphrase === ''}>
            {t('accounts:inbox.on.backUp')}
          </Button>
        </form>
      ) : null}
      {status.keyBackedUp ? <p className="ui-description">{t('accounts:inbox.on.backedUp')}</p> : null}
    </Dialog>
  )
}
