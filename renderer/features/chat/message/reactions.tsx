import { useTranslation } from 'react-i18next'
import type { ChatMessage } from '../../../../shared/features/chat/model'
import { useFormat } from '../../../i18n/use-format'
import { tameText } from '../text/tame'
import { useChatWords } from '../use-chat-words'
import type { MessageDeeds } from './use-message-deeds'

/** Names told of one reaction; more are counted by the number beside it. */
const namesTold = 12

/** What people think of a message. Reactions are never protected by themselves, so no lock stands at them. */
export function Reactions({ message, deeds }: Readonly<{ message: ChatMessage; deeds: MessageDeeds }>) {
  const { t } = useTranslation('chat')
  const words = useChatWords()
  const format = useFormat()
  if (message.reactions.length === 0 || message.retracted !== null) return null
  return (
    <ul className="chat-reactions" aria-label={t('message.reactions')}>
      {message.reactions.slice(0, 30).map(({ emoji: raw, by, isOwn }) => {
        const emoji = tameText(raw).slice(0, 16)
        const names = words.names(by.slice(0, namesTold).map(each => (each.isOwn ? t('you') : each.name)))
        return (
          <li key={raw}>
            <button
              type="button"
              tabIndex={-1}
              aria-pressed={isOwn}
              title={names}
              aria-label={`${t('message.reaction', { emoji, names })}. ${t(isOwn ? 'message.reactionOwn' : 'message.reactionAdd', { emoji })}`}
              className="chat-reaction"
              onClick={() => deeds.react(message, raw)}
            >
              <span>{emoji}</span>
              {by.length > 1 ? <span className="numerals">{format.wholeNumber(by.length)}</span> : null}
            </button>
          </li>
        )
      })}
    </ul>
  )
}
