import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountId } from '../../../shared/model/ids'
import { useHost } from '../../host/host-context'
import { useFailureWords } from '../../i18n/use-failure-words'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { TextField } from '../../ui/text-field'

/** How long the key then stays open: as long as one sits at one's mail. */
const rememberMinutes = 60

/** Asks for the passphrase of the writer's key, without which nothing can be signed. */
export function UnlockKeyDialog({
  accountId,
  onUnlocked,
  onClose,
}: Readonly<{ accountId: AccountId; onUnlocked: () => void; onClose: () => void }>) {
  const { t } = useTranslation('compose')
  const host = useHost()
  const words = useFailureWords()
  const [passphrase, setPassphrase] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const unlock = async () => {
    const settings = await host.call('keys.settings', { accountId })
    if (!settings.ok || settings.value.key === null) return onClose()
    const answer = await host.call('keys.unlock', {
      fingerprint: settings.value.key,
      passphrase,
      rememberMinutes,
    })
    if (answer.ok) return onUnlocked()
    setProblem(words(answer.error).what)
  }
  return (
    <Dialog
      title={t('protection.unlock.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('ask.back')}</Button>
          <Button variant="primary" isDisabled={passphrase === ''} onPress={() => void unlock()}>
            {t('protection.unlock.go')}
          </Button>
        </>
      }
    >
      <p>{t('protection.unlock.text')}</p>
      <TextField
        label={t('protection.unlock.label')}
        type="password"
        autoComplete="off"
        autoFocus
        maxLength={1000}
        value={passphrase}
        onChange={setPassphrase}
        onKeyDown={event => {
          if (event.key === 'Enter' && passphrase !== '') void unlock()
          // Escape is for the dialog around it.
          else event.continuePropagation()
        }}
        error={problem}
      />
    </Dialog>
  )
}
