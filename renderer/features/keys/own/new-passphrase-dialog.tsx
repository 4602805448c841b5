import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OwnKey } from '../../../../shared/features/keys/model'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { showToast } from '../../../state/toasts'
import { Button } from '../../../ui/actions/button'
import { isUsable, type NewPassphrase, PassphraseFields } from '../../../ui/fields/passphrase-fields'
import { Dialog } from '../../../ui/overlays/dialog'

/** A new passphrase for the file of a backup, or for the key itself. Main judges it again and asks by itself. */
export function NewPassphraseDialog({
  ownKey,
  use,
  onClose,
}: Readonly<{ ownKey: OwnKey; use: 'export' | 'key'; onClose: () => void }>) {
  const { t } = useTranslation('openpgp')
  const host = useHost()
  const [value, setValue] = useState<NewPassphrase>({ passphrase: '', again: '' })
  const [busy, setBusy] = useState(false)
  const { fingerprint } = ownKey.facts
  const { passphrase } = value
  const go = async () => {
    setBusy(true)
    const done =
      use === 'export'
        ? await runCommand(host, 'keys.exportSecret', { fingerprint, passphrase })
        : await runCommand(host, 'keys.setPassphrase', { fingerprint, passphrase })
    setBusy(false)
    if (done === null) return
    if ('saved' in done && done.saved.length === 0) return
    if (use === 'export') showToast({ kind: 'notice', text: t('own.saved'), action: null })
    onClose()
  }
  return (
    <Dialog
      title={t(use === 'export' ? 'export.title' : 'passphrase.setTitle')}
      isOpen
      onClose={onClose}
      actions={
        <Button variant="primary" busy={busy} isDisabled={!isUsable(value)} onPress={() => void go()}>
          {t(use === 'export' ? 'export.go' : 'passphrase.set')}
        </Button>
      }
    >
      <div className="key-form">
        <p>{t(use === 'export' ? 'export.text' : 'passphrase.setText')}</p>
        <PassphraseFields value={value} onChange={setValue} autoFocus />
      </div>
    </Dialog>
  )
}
