import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageDetail } from '../../../../shared/model/mail'
import type { Fingerprint } from '../../../../shared/model/openpgp'
import { useHost } from '../../../host/host-context'
import { useFailureWords } from '../../../i18n/use-failure-words'
import { useLive } from '../../../state/live-context'
import { useLiveQuery } from '../../../state/use-live-query'
import { Button } from '../../../ui/button'
import { Dialog } from '../../../ui/dialog'
import { TextField } from '../../../ui/text-field'

/** Asks for the passphrase of the key that opens this message. It goes to main at once and stays nowhere here. */
function UnlockDialog({
  fingerprint,
  onDone,
  onClose,
}: Readonly<{ fingerprint: Fingerprint; onDone: () => void; onClose: () => void }>) {
  const { t } = useTranslation(['mail', 'common'])
  const host = useHost()
  const words = useFailureWords()
  const [passphrase, setPassphrase] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const unlock = async () => {
    setBusy(true)
    const result = await host.call('keys.unlock', { fingerprint, passphrase, rememberMinutes: 60 })
    setBusy(false)
    setPassphrase('')
    if (result.ok) onDone()
    else setError(words(result.error).what)
  }
  return (
    <Dialog
      title={t('mail:reader.security.unlockTitle')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button variant="primary" busy={busy} isDisabled={passphrase === ''} onPress={() => void unlock()}>
            {t('mail:reader.security.unlock')}
          </Button>
        </>
      }
    >
      <TextField
        autoFocus
        type="password"
        label={t('mail:reader.security.passphrase')}
        value={passphrase}
        error={error}
        onChange={setPassphrase}
        onKeyDown={event => {
          if (event.key === 'Enter' && passphrase !== '') void unlock()
          // Escape is for the dialog around it.
          else event.continuePropagation()
        }}
      />
    </Dialog>
  )
}

/** The way to a message whose key has a passphrase of its own. */
export function UnlockKey({ detail }: Readonly<{ detail: MessageDetail }>) {
  const { t } = useTranslation('mail')
  const { queries } = useLive()
  const keys = useLiveQuery('keys.list', {})
  const [open, setOpen] = useState(false)
  const { neededKeys } = detail.security
  const locked = (keys.data ?? []).filter(each => !each.unlocked)
  const key = locked.find(each => each.facts.keyIds.some(id => neededKeys.includes(id))) ?? locked[0]
  if (key === undefined) return null
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t('reader.security.unlock')}</Button>
      {open ? (
        <UnlockDialog
          fingerprint={key.facts.fingerprint}
          onClose={() => setOpen(false)}
          onDone={() => {
            setOpen(false)
            queries.refresh('messages.get', { messageId: detail.summary.id })
          }}
        />
      ) : null}
    </>
  )
}
