import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OwnKey } from '../../../shared/model/openpgp'
import { useHost } from '../../host/host-context'
import { runCommand } from '../../state/run-command'
import { showToast } from '../../state/toasts'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { isUsable, type NewPassphrase, PassphraseFields } from '../../ui/passphrase-fields'
import { Select } from '../../ui/select'
import { TextField } from '../../ui/text-field'

type Props = Readonly<{ ownKey: OwnKey; onClose: () => void }>

/** A new passphrase for the file of a backup, or for the key itself. Main judges it again and asks by itself. */
export function NewPassphraseDialog({ ownKey, onClose, use }: Props & Readonly<{ use: 'export' | 'key' }>) {
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

const remembers = ['10', '60', 'session'] as const
type Remember = (typeof remembers)[number]

/** Opens a key that has a passphrase of its own. */
export function UnlockKeyDialog({ ownKey, onClose }: Props) {
  const { t } = useTranslation('openpgp')
  const host = useHost()
  const [passphrase, setPassphrase] = useState('')
  const [remember, setRemember] = useState<Remember>('60')
  const [busy, setBusy] = useState(false)
  const go = async () => {
    setBusy(true)
    const done = await runCommand(host, 'keys.unlock', {
      fingerprint: ownKey.facts.fingerprint,
      passphrase,
      rememberMinutes: remember === 'session' ? null : Number(remember),
    })
    setBusy(false)
    if (done !== null) onClose()
  }
  return (
    <Dialog
      title={t('passphrase.unlockTitle')}
      isOpen
      onClose={onClose}
      actions={
        <Button variant="primary" busy={busy} isDisabled={passphrase === ''} onPress={() => void go()}>
          {t('passphrase.unlock')}
        </Button>
      }
    >
      <div className="key-form">
        <TextField
          label={t('passphrase.passphrase')}
          type="password"
          autoComplete="off"
          autoFocus
          maxLength={1000}
          value={passphrase}
          onChange={setPassphrase}
        />
        <Select<Remember>
          label={t('passphrase.remember')}
          options={remembers.map(id => ({ id, label: t(`passphrase.remembers.${id}`) }))}
          value={remember}
          onChange={setRemember}
        />
      </div>
    </Dialog>
  )
}
