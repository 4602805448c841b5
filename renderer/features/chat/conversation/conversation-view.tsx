import './conversation.css'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatAccount, ChatMessageId, ConversationId } from '../../../../shared/features/chat/model'
import { useCommands } from '../../../state/keys/use-commands'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { Composer, type ComposerHandle } from '../composer/composer'
import { openDialog } from '../state'
import { useChatWords } from '../use-chat-words'
import { ConversationHead } from './conversation-head'
import { FindPane } from './find-pane'
import { LinkLine } from './link-line'
import { Log } from './log'
import { RequestBar } from './request-bar'

/** One conversation: who it is with, its messages, and where one writes. */
export function ConversationView({
  id,
  accounts,
}: Readonly<{ id: ConversationId; accounts: readonly ChatAccount[] }>) {
  const { t } = useTranslation('chat')
  const words = useChatWords()
  const { data: conversation } = useLiveQuery('chat.conversation', { conversationId: id })
  const composer = useRef<ComposerHandle>(null)
  const [isFinding, setFinding] = useState(false)
  useCommands({
    chatFind: () => setFinding(true),
    chatDevices: () => openDialog({ kind: 'devices', id }),
    chatWrite: () => composer.current?.focus(),
  })
  if (conversation === undefined)
    return (
      <section
        className="chat-conversation"
        aria-label={t('conversation', { name: '' })}
        data-pane
        tabIndex={-1}
      />
    )
  const account = accounts.find(({ accountId }) => accountId === conversation.accountId)
  const name = words.nameOf(conversation)
  const answer = (kind: 'reply' | 'correct', message: ChatMessageId, text: string) =>
    composer.current?.answer(kind, message, text)
  return (
    <div className="chat-conversation">
      <ConversationHead conversation={conversation} onFind={() => setFinding(true)} />
      {isFinding ? <FindPane conversation={conversation} onClose={() => setFinding(false)} /> : null}
      <Log
        conversation={conversation}
        onReply={({ id: message }) => answer('reply', message, '')}
        onEdit={({ id: message, text }) => answer('correct', message, text)}
        onUndone={text => composer.current?.giveBack(text)}
        onWrite={() => composer.current?.focus()}
      />
      {conversation.isRequest ? (
        <RequestBar conversation={conversation} />
      ) : (
        <section className="chat-write" aria-label={t('composer.region')} data-pane tabIndex={-1}>
          <Composer
            ref={composer}
            conversation={conversation}
            account={account}
            label={t('composer.label', { name })}
          />
        </section>
      )}
      <LinkLine />
    </div>
  )
}
