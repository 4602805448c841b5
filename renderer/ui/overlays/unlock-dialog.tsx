import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../actions/button'
import { Select } from '../fields/select'
import { TextField } from '../fields/text-field'
import { Dialog } from './dialog'
import './unlock-dialog.css'

const remembers = ['10', '60', 'session'] as const
type Remember = (typeof remembers)[number]

/** `rememberMinutes` null: until the lock. */
export type UnlockAnswer = Readonly<{ passphrase: string; rememberMinutes: number | null }>

/** Asks for the passphrase of a key. It goes to the caller at once and stays nowhere here. */
export function UnlockDialog({
  title,
  confirm,
  children,
  onAnswer,
  onClose,
}: Readonly<{
  title: string
  confirm: string
  children?: ReactNode
  /** Answers why it did not open, in words, or null when it did. */
  onAnswer: (answer: UnlockAnswer) => Promise<string | null>
  onClose: () => void
}>) {
  const { t } = useTranslation('common')
  const [passphrase, setPassphrase] = useState('')
  const [remember, setRemember] = useState<Remember>('60')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const formId = useId()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || passphrase === '') return
    setBusy(true)
    setPassphrase('')
    setError(
      await onAnswer({ passphrase, rememberMinutes: remember === 'session' ? null : Number(remember) }),
    )
    setBusy(false)
  }
  return (
    <Dialog
      isOpen
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy} isDisabled={passphrase === ''}>
            {confirm}
          </Button>
        </>
      }
    >
      <form id={formId} className="unlock-dialog" onSubmit={event => void submit(event)}>
        {children}
        <TextField
          label={t('unlock.passphrase')}
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
        <Select<Remember>
          label={t('unlock.remember')}
          options={remembers.map(id => ({ id, label: t(`unlock.remembers.${id}`) }))}
          value={remember}
          onChange={setRemember}
        />
      </form>
    </Dialog>
  )
}
