import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { TextField } from '../../ui/text-field'

/** Asks for the name that recipients see of an attachment. */
export function RenameDialog({
  initial,
  onConfirm,
  onClose,
}: Readonly<{
  initial: string
  /** Null when it failed and was said so. */
  onConfirm: (fileName: string) => Promise<unknown>
  onClose: () => void
}>) {
  const { t } = useTranslation(['compose', 'common'])
  const [name, setName] = useState(initial)
  const formId = useId()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '' && (await onConfirm(name.trim())) !== null) onClose()
  }
  return (
    <Dialog
      isOpen
      title={t('compose:attachments.renameTitle')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" isDisabled={name.trim() === ''}>
            {t('compose:attachments.renameSet')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={event => void submit(event)}>
        <TextField
          label={t('compose:attachments.renameLabel')}
          value={name}
          onChange={setName}
          autoFocus
          maxLength={200}
        />
      </form>
    </Dialog>
  )
}
