import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/actions/button'
import { ConfirmDialog } from '../../../ui/overlays/confirm-dialog'
import { Dialog } from '../../../ui/overlays/dialog'
import { blocks, type SendQuestion } from './send-questions'

/** A question before sending, or why it cannot be sent yet. */
export function SendDialog({
  question,
  onSend,
  onClose,
}: Readonly<{ question: SendQuestion; onSend: () => void; onClose: () => void }>) {
  const { t } = useTranslation('compose')
  const title = t(`ask.${question.kind}`)
  const text = t(`ask.${question.kind}-text`, {
    address: question.kind === 'bad-address' ? question.address : '',
  })
  if (blocks(question))
    return (
      <Dialog
        title={title}
        isOpen
        onClose={onClose}
        actions={
          <Button variant="primary" autoFocus onPress={onClose}>
            {t('ask.back')}
          </Button>
        }
      >
        {text}
      </Dialog>
    )
  return (
    <ConfirmDialog
      title={title}
      confirm={t('ask.sendAnyway')}
      isOpen
      isDanger={false}
      onConfirm={onSend}
      onClose={onClose}
    >
      {text}
    </ConfirmDialog>
  )
}
