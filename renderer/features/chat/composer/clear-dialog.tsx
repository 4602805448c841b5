import { useTranslation } from 'react-i18next'
import type { Conversation } from '../../../../shared/features/chat/model'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { ConfirmDialog } from '../../../ui/overlays/confirm-dialog'
import { useChatWords } from '../use-chat-words'

/** The question before a conversation is written in clear. */
export function ClearDialog({
  conversation,
  isOpen,
  onClose,
}: Readonly<{ conversation: Conversation; isOpen: boolean; onClose: () => void }>) {
  const { t } = useTranslation('chat')
  const host = useHost()
  const words = useChatWords()
  return (
    <ConfirmDialog
      title={t('mode.clearTitle')}
      confirm={t('mode.clearConfirm')}
      isOpen={isOpen}
      onConfirm={() =>
        void runCommand(host, 'chat.encrypt', { conversationId: conversation.id, mode: 'clear' })
      }
      onClose={onClose}
    >
      <p>{t('mode.clearText', { name: words.nameOf(conversation) })}</p>
    </ConfirmDialog>
  )
}
