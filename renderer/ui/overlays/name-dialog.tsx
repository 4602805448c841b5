import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../actions/button'
import { TextField } from '../fields/text-field'
import { Dialog } from './dialog'

/** Asks for the name of something. Stays open when it is refused, with what was typed. */
export function NameDialog({
  title,
  label,
  confirm,
  initial,
  onConfirm,
  onClose,
}: Readonly<{
  title: string
  label: string
  confirm: string
  initial: string
  /** Null when it failed and was said so. */
  onConfirm: (name: string) => Promise<unknown>
  onClose: () => void
}>) {
  const { t } = useTranslation('common')
  const [name, setName] = useState(initial)
  const [busy, setBusy] = useState(false)
  const formId = useId()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || name.trim() === '') return
    setBusy(true)
    const done = await onConfirm(name.trim())
    setBusy(false)
    if (done !== null) onClose()
  }
  return (
    <Dialog
      isOpen
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy} isDisabled={name.trim() === ''}>
            {confirm}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={event => void submit(event)}>
        <TextField label={label} value={name} onChange={setName} autoFocus maxLength={200} />
      </form>
    </Dialog>
  )
}
