import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountSummary } from '../../../../shared/features/accounts/model'
import { useHost } from '../../../host/host-context'
import { inYears } from '../../../state/drafts/first-key'
import { runCommand } from '../../../state/run-command'
import { showToast } from '../../../state/toasts'
import { Button } from '../../../ui/actions/button'
import { Switch } from '../../../ui/actions/switch'
import { Select } from '../../../ui/fields/select'
import { TextField } from '../../../ui/fields/text-field'
import { Dialog } from '../../../ui/overlays/dialog'

const expiries = ['1', '2', '5', 'never'] as const
type Expiry = (typeof expiries)[number]

/** Makes a key for one of the accounts. */
export function CreateKeyDialog({
  accounts,
  onClose,
}: Readonly<{ accounts: readonly AccountSummary[]; onClose: () => void }>) {
  const { t } = useTranslation('openpgp')
  const host = useHost()
  const [id, setId] = useState<string>(accounts[0]?.id ?? '')
  const account = accounts.find(each => each.id === id)
  const [name, setName] = useState<string | null>(null)
  const [expiry, setExpiry] = useState<Expiry>('2')
  const [isModern, setIsModern] = useState(false)
  const [busy, setBusy] = useState(false)
  const make = async () => {
    if (account === undefined) return
    setBusy(true)
    const made = await runCommand(host, 'keys.generate', {
      name: name ?? account.config.displayName,
      address: account.config.address,
      accountId: account.id,
      version: isModern ? 6 : 4,
      expiresAtMs: expiry === 'never' ? null : inYears(Number(expiry)),
    })
    setBusy(false)
    if (made === null) return
    showToast({ kind: 'notice', text: t('create.done'), action: null })
    onClose()
  }
  return (
    <Dialog
      title={t('create.title')}
      isOpen
      onClose={onClose}
      actions={
        <Button variant="primary" busy={busy} isDisabled={account === undefined} onPress={() => void make()}>
          {t('create.go')}
        </Button>
      }
    >
      <div className="key-form">
        <Select
          label={t('create.account')}
          options={accounts.map(each => ({ id: each.id as string, label: each.config.address }))}
          value={id}
          onChange={setId}
        />
        <TextField
          label={t('create.name')}
          maxLength={200}
          value={name ?? account?.config.displayName ?? ''}
          onChange={setName}
        />
        <Select<Expiry>
          label={t('create.expiry')}
          options={expiries.map(each => ({ id: each, label: t(`create.expiries.${each}`) }))}
          value={expiry}
          onChange={setExpiry}
        />
        <p className="ui-description">{t('create.expiryText')}</p>
        <Switch
          label={t('create.modern')}
          description={t('create.modernText')}
          isSelected={isModern}
          onChange={setIsModern}
        />
      </div>
    </Dialog>
  )
}
