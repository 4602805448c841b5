import { BellOff, CircleAlert, Hash, LockOpen, Pin, UserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Conversation } from '../../../../shared/features/chat/model'
import { useFormat } from '../../../i18n/use-format'
import { Icon } from '../../../ui/actions/icon'
import { tameName, tameText } from '../text/tame'
import { useChatWords } from '../use-chat-words'

/** What of a conversation is said beside its name, for those who hear the line. */
function useLineSigns() {
  const { t } = useTranslation('chat')
  return (conversation: Conversation): readonly string[] =>
    [
      conversation.unread > 0 ? t('unread', { count: conversation.unread }) : null,
      conversation.isMentioned ? t('sign.mentioned') : null,
      conversation.failed > 0 ? t('sign.failed') : null,
      conversation.hold === null ? null : t('sign.hold'),
      conversation.newDevices > 0 ? t('sign.newDevices') : null,
      conversation.isPinned ? t('sign.pinned') : null,
      conversation.isMuted ? t('sign.muted') : null,
      conversation.isBlocked ? t('sign.blocked') : null,
    ].filter(each => each !== null)
}

/** One conversation in the list. People are round, rooms square. */
export function ConversationLine({ conversation }: Readonly<{ conversation: Conversation }>) {
  const { t } = useTranslation('chat')
  const format = useFormat()
  const words = useChatWords()
  const signs = useLineSigns()(conversation)
  const { kind, last, unread, typing, draft, presence } = conversation
  const name = words.nameOf(conversation)
  const isInClear =
    last !== null && last.encryption === 'none' && conversation.mode === 'encrypted' && !last.isRetracted
  return (
    <>
      <span
        className="chat-sign"
        data-kind={kind}
        data-presence={kind === 'person' ? presence : undefined}
        aria-hidden
      >
        {kind === 'room' ? (
          <Icon of={Hash} size={18} />
        ) : (
          ([...name.replace(/[^\p{L}\p{N}]/gu, '')][0]?.toUpperCase() ?? <Icon of={UserRound} size={18} />)
        )}
      </span>
      <span className="chat-line-words">
        <span className="chat-line-top">
          <bdi className="chat-line-name clip" data-unread={unread > 0 && !conversation.isMuted}>
            {name}
          </bdi>
          {kind === 'room' ? <span className="spoken"> ({t('sign.room')})</span> : null}
          {conversation.isPinned ? <Icon of={Pin} size={12} /> : null}
          {conversation.isMuted ? <Icon of={BellOff} size={12} /> : null}
          {last === null ? null : (
            <time className="chat-line-time numerals" dateTime={new Date(last.atMs).toISOString()}>
              {format.listDate(last.atMs)}
            </time>
          )}
        </span>
        <span className="chat-line-bottom">
          {conversation.failed > 0 ? (
            <span className="chat-line-failed">
              <Icon of={CircleAlert} size={13} /> {t('sign.failed')}
            </span>
          ) : null}
          <span className="chat-line-preview clip" dir="auto">
            {typing.length > 0 ? (
              <em>{t('typing', { count: typing.length, names: words.names(typing) })}</em>
            ) : draft.trim() !== '' ? (
              <>
                <span className="chat-line-draft">{t('sign.draft')}</span> {tameText(draft).slice(0, 300)}
              </>
            ) : (
              <>
                {isInClear ? <Icon of={LockOpen} size={12} className="chat-line-open" /> : null}
                {words.preview(conversation)}
              </>
            )}
          </span>
          {signs.length === 0 ? null : <span className="spoken"> ({signs.join(', ')})</span>}
          {unread === 0 ? null : (
            <span className="chat-count numerals" data-muted={conversation.isMuted} aria-hidden>
              {conversation.isMentioned ? '@' : ''}
              {unread > 999 ? '999+' : format.wholeNumber(unread)}
            </span>
          )}
        </span>
      </span>
    </>
  )
}

/** The name of a line, for typing ahead. */
export const lineName = ({ name, address }: Conversation): string => tameName(name) || address
