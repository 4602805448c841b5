import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatMessage } from '../../../../shared/features/chat/model'
import type { Host } from '../../../host/host'
import { runCommand } from '../../../state/run-command'
import { TextField } from '../../../ui/fields/text-field'
import { ConfirmDialog } from '../../../ui/overlays/confirm-dialog'

/** Asks before everybody is asked to forget a message, and says what that does not do. */
export function RetractDialog({
  message,
  host,
  onClose,
}: Readonly<{ message: ChatMessage; host: Host; onClose: () => void }>) {
  const { t } = useTranslation('chat')
  const [reason, setReason] = useState('')
  const { isOwn } = message.author
  return (
    <ConfirmDialog
      title={t(isOwn ? 'retract.title' : 'retract.moderateTitle')}
      confirm={t(isOwn ? 'retract.confirm' : 'retract.moderateConfirm')}
      isOpen
      onConfirm={() => void runCommand(host, 'chat.retract', { id: message.id, reason: reason.trim() })}
      onClose={onClose}
    >
      <div className="chat-form">
        <p>{t(isOwn ? 'retract.text' : 'retract.moderateText')}</p>
        {isOwn ? null : (
          <TextField label={t('retract.reason')} maxLength={1000} value={reason} onChange={setReason} />
        )}
      </div>
    </ConfirmDialog>
  )
}
