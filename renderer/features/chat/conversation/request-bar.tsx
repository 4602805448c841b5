import { useTranslation } from 'react-i18next'
import type { Conversation } from '../../../../shared/features/chat/model'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { showConversation, useChat } from '../state'
import { useChatWords } from '../use-chat-words'

/** Somebody unknown wrote: nobody is told anything before one of these. */
export function RequestBar({ conversation }: Readonly<{ conversation: Conversation }>) {
  const { t } = useTranslation('chat')
  const host = useHost()
  const words = useChatWords()
  const answer = async (answer: 'accept' | 'refuse' | 'block' | 'report') => {
    const done = await runCommand(host, 'chat.answerRequest', { conversationId: conversation.id, answer })
    if (done === null) return
    useChat.setState({ isRequests: answer !== 'accept' })
    showConversation(answer === 'accept' ? conversation.id : null)
  }
  return (
    <section className="chat-request" aria-label={t('requestsTitle')} data-pane tabIndex={-1}>
      <p>{t('request.text', { name: words.nameOf(conversation) })}</p>
      <div className="chat-request-actions">
        <Button variant="primary" onPress={() => void answer('accept')}>
          {t('request.accept')}
        </Button>
        <Button onPress={() => void answer('refuse')}>{t('request.refuse')}</Button>
        <Button variant="danger" onPress={() => void answer('block')}>
          {t('request.block')}
        </Button>
        <Button variant="danger" onPress={() => void answer('report')}>
          {t('request.report')}
        </Button>
      </div>
    </section>
  )
}
