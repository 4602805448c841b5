import { X } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conversation } from '../../../../shared/features/chat/model'
import { useFormat } from '../../../i18n/use-format'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { IconButton } from '../../../ui/actions/icon-button'
import { showConversation } from '../state'
import { tameName, tameText } from '../text/tame'

const most = 100

/** Finds messages, newest first; one leads to its place in the conversation. */
export function FindPane({
  conversation,
  onClose,
}: Readonly<{ conversation: Conversation; onClose: () => void }>) {
  const { t } = useTranslation('chat')
  const format = useFormat()
  const [text, setText] = useState('')
  const wish = useDeferredValue(text.trim())
  const { data } = useLiveQuery(
    'chat.search',
    wish === '' ? null : { text: wish, conversationId: conversation.id, limit: most },
  )
  const found = data?.messages ?? []
  return (
    <search className="chat-find">
      <div className="chat-find-field">
        <input
          // biome-ignore lint/a11y/noAutofocus: somebody asked to find; the field is what they want.
          autoFocus
          autoComplete="off"
          type="search"
          dir="auto"
          className="ui-input"
          aria-label={t('find.label')}
          placeholder={t('find.label')}
          maxLength={1000}
          value={text}
          onChange={event => setText(event.target.value)}
          onKeyDown={event => {
            if (event.key !== 'Escape') return
            event.preventDefault()
            event.stopPropagation()
            onClose()
          }}
        />
        <span role="status" className="chat-find-count">
          {data === undefined
            ? ''
            : data.isCut
              ? t('find.isCut', { count: found.length })
              : found.length === 0
                ? t('find.none')
                : t('find.count', { count: found.length })}
        </span>
        <IconButton label={t('find.close')} icon={X} onPress={onClose} />
      </div>
      {found.length === 0 ? null : (
        <ul className="chat-found scroll" aria-label={t('find.results')}>
          {found.map(message => (
            <li key={message.id}>
              <button
                type="button"
                className="chat-found-line"
                onClick={() => showConversation(conversation.id, message.id)}
              >
                <span className="chat-found-head">
                  <bdi>{message.author.isOwn ? t('you') : tameName(message.author.name)}</bdi>
                  <time className="numerals">{format.shortDateTime(message.atMs)}</time>
                </span>
                <span className="clip" dir="auto">
                  {tameText(message.text).slice(0, 300)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </search>
  )
}
