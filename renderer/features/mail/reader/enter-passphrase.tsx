import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageId } from '../../../../shared/model/ids'
import { useHost } from '../../../host/host-context'
import { useFailureWords } from '../../../i18n/use-failure-words'
import { Button } from '../../../ui/button'
import { Dialog } from '../../../ui/dialog'
import { TextField } from '../../../ui/text-field'
import '../../../ui/unlock-dialog.css'

/** Which message: of a mailbox, or one that came as a file in it. */
export type ClosedMessage = Readonly<{ messageId: MessageId; attached: readonly string[] }>

function PassphraseDialog({
  message,
  onOpened,
  onClose,
}: Readonly<{ message: ClosedMessage; onOpened: () => void; onClose: () => void }>) {
  const { t } = useTranslation(['mail', 'common'])
  const host = useHost()
  const words = useFailureWords()
  const [passphrase, setPassphrase] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const formId = useId()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || passphrase === '') return
    setBusy(true)
    setPassphrase('')
    const { messageId, attached } = message
    const answer = await host.call('messages.openWithPassphrase', {
      messageId,
      attached: [...attached],
      passphrase,
    })
    setBusy(false)
    if (answer.ok) onOpened()
    else {
      const { what, why } = words(answer.error)
      setError(`${what}. ${why}`)
    }
  }
  return (
    <Dialog
      isOpen
      title={t('reader.security.passphrase.title')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy} isDisabled={passphrase === ''}>
            {t('reader.security.passphrase.go')}
          </Button>
        </>
      }
    >
      <form id={formId} className="unlock-dialog" onSubmit={event => void submit(event)}>
        <p>{t('reader.security.passphrase.text')}</p>
        <TextField
          label={t('reader.security.passphrase.label')}
          type="password"
          autoComplete="off"
          autoFocus
          maxLength={1000}
          value={passphrase}
          onChange={text => {
            setPassphrase(text)
            setError(null)
          }}
          error={error}
          // Escape is for the dialog around it.
          onKeyDown={event => event.continuePropagation()}
        />
      </form>
    </Dialog>
  )
}

/** The way to a message that is encrypted under a passphrase. */
export function EnterPassphrase({
  message,
  onOpened,
}: Readonly<{ message: ClosedMessage; onOpened: () => void }>) {
  const { t } = useTranslation('mail')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t('reader.security.passphrase.enter')}</Button>
      {open ? (
        <PassphraseDialog
          message={message}
          onClose={() => setOpen(false)}
          onOpened={() => {
            setOpen(false)
            onOpened()
          }}
        />
      ) : null}
    </>
  )
}
