import './message.css'
import { Ellipsis, EyeOff, LockKeyhole, LockOpen, Reply, ShieldAlert, SmilePlus } from 'lucide-react'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatMessage, Conversation } from '../../../../shared/features/chat/model'
import { useFormat } from '../../../i18n/use-format'
import { Button } from '../../../ui/actions/button'
import { Icon } from '../../../ui/actions/icon'
import { IconButton } from '../../../ui/actions/icon-button'
import { Menu } from '../../../ui/actions/menu'
import { classNames } from '../../../ui/tokens/class-names'
import { EmojiPicker } from '../composer/emoji-picker'
import { StyledText } from '../text/styled-text'
import { isFewEmoji } from '../text/styling'
import { tameName, tameText } from '../text/tame'
import { differsFromRule, useChatWords } from '../use-chat-words'
import { Attachments } from './attachments'
import { ChatMeeting } from './meeting-line'
import { MessageFoot } from './message-foot'
import { Reactions } from './reactions'
import type { MessageDeeds } from './use-message-deeds'

const lockIcons = {
  unlocked: LockOpen,
  locked: LockKeyhole,
  untrusted: ShieldAlert,
  rejected: ShieldAlert,
} as const

/** One message: who, when, what, and what became of it. */
export const MessageItem = memo(function MessageItem({
  message,
  goesOn,
  isRoom,
  mode,
  isStop,
  deeds,
  onFocus,
}: Readonly<{
  message: ChatMessage
  /** The one before is of the same person, just now. */
  goesOn: boolean
  isRoom: boolean
  mode: Conversation['mode']
  /** Tab leads to this one of all messages. */
  isStop: boolean
  deeds: MessageDeeds
  onFocus: (key: string) => void
}>) {
  const { t } = useTranslation('chat')
  const format = useFormat()
  const words = useChatWords()
  const key = `m${message.id}`
  const { author, atMs, retracted, undecryptable, replyTo, attachments } = message
  const name = author.isOwn ? t('you') : tameName(author.name) || tameName(author.address)
  const lock = differsFromRule(message, mode)
  const [isOpened, setOpened] = useState(false)
  const isHidden = message.spoiler !== null && !isOpened
  const isReadable = retracted === null && undecryptable === null
  const time = words.time(atMs)
  return (
    <article
      data-row={key}
      data-own={author.isOwn}
      className={classNames('chat-message', goesOn && 'chat-message-on', message.isMention && 'chat-mention')}
      aria-label={[
        t('message.label', { author: name, time: format.shortDateTime(atMs) }),
        message.isPrivate ? t('message.private') : '',
        message.isMention ? t('message.mention') : '',
        lock === null ? '' : t(`message.${lock}`),
        message.state === 'received' ? '' : t(`message.state.${message.state}`),
      ]
        .filter(each => each !== '')
        .join(', ')}
      tabIndex={isStop ? 0 : -1}
      {...(isStop ? { 'data-pane-stop': true } : {})}
      onFocus={() => onFocus(key)}
    >
      <div className="chat-bubble-line">
        <div className="chat-bubble" data-failed={message.state === 'failed'}>
          {(isRoom && !author.isOwn) || message.isPrivate ? (
            goesOn ? null : (
              <p className="chat-author clip">
                <bdi>{name}</bdi>
                {message.isPrivate ? <span className="chat-private"> {t('message.private')}</span> : null}
              </p>
            )
          ) : null}
          {replyTo === null ? null : (
            <button
              type="button"
              className="chat-reply-quote"
              tabIndex={-1}
              disabled={replyTo.id === null}
              onClick={() => (replyTo.id === null ? undefined : deeds.jump(replyTo.id))}
            >
              {replyTo.id === null ? null : <span className="spoken">{t('message.jump')}</span>}
              <bdi className="chat-reply-author clip">{tameName(replyTo.author)}</bdi>
              <span className="clip" dir="auto">
                {tameText(replyTo.text).slice(0, 200) || t('message.answersUnknown')}
              </span>
            </button>
          )}
          {retracted !== null ? (
            <p className="chat-gone">
              {t(`message.retracted.${retracted.by}`)}
              {retracted.reason === '' ? null : (
                <span> {t('message.reason', { reason: tameName(retracted.reason) })}</span>
              )}
            </p>
          ) : undecryptable !== null ? (
            <p className="chat-gone">{t(`message.undecryptable.${undecryptable}`)}</p>
          ) : (
            <>
              {message.text === '' ? null : isHidden ? (
                <p className="chat-spoiler">
                  <span>
                    <Icon of={EyeOff} size={14} />{' '}
                    {message.spoiler === '' ? t('message.spoiler') : tameText(message.spoiler ?? '')}
                  </span>
                  <Button variant="plain" onPress={() => setOpened(true)}>
                    {t('message.showSpoiler')}
                  </Button>
                </p>
              ) : (
                <div
                  className={classNames(
                    'chat-text selectable',
                    isFewEmoji(message.text) && 'chat-text-large',
                  )}
                >
                  <StyledText text={message.text} />
                </div>
              )}
              <Attachments message={message} attachments={attachments} />
              {isHidden ? null : <ChatMeeting message={message} />}
            </>
          )}
          <p className="chat-under">
            {lock === null ? null : (
              <span className="chat-lock" data-lock={lock}>
                <Icon of={lockIcons[lock]} size={12} /> {t(`message.${lock}`)}
              </span>
            )}
            {message.edits > 0 && isReadable ? (
              <button
                type="button"
                className="chat-edited"
                tabIndex={-1}
                onClick={() => deeds.earlier(message)}
              >
                {t(message.isEditUnlocked ? 'message.editedUnlocked' : 'message.edited')}
              </button>
            ) : null}
            {message.isFromOtherDevice ? <span className="spoken">{t('message.otherDevice')}</span> : null}
            <time className="numerals" dateTime={new Date(atMs).toISOString()} title={format.fullDate(atMs)}>
              {time}
            </time>
            <MessageFoot message={message} deeds={deeds} />
          </p>
        </div>
        {isReadable ? <Tools message={message} isStop={isStop} deeds={deeds} /> : null}
      </div>
      <Reactions message={message} deeds={deeds} />
    </article>
  )
})

/** Beside a message, under the pointer or with the focus: the two things done most, and the rest. */
function Tools({
  message,
  isStop,
  deeds,
}: Readonly<{ message: ChatMessage; isStop: boolean; deeds: MessageDeeds }>) {
  const { t } = useTranslation('chat')
  const [isPicking, setPicking] = useState(false)
  return (
    <span className="chat-tools" data-open={isPicking}>
      <EmojiPicker
        label={t('message.react')}
        icon={SmilePlus}
        isOpen={isPicking}
        onOpenChange={setPicking}
        excludeFromTabOrder={!isStop}
        onPick={emoji => {
          setPicking(false)
          deeds.react(message, emoji)
        }}
      />
      <IconButton
        label={t('message.reply')}
        icon={Reply}
        command="chatReply"
        excludeFromTabOrder={!isStop}
        onPress={() => deeds.reply(message)}
      />
      <Menu label={t('message.more')} entries={deeds.entriesFor(message)}>
        <IconButton label={t('message.more')} icon={Ellipsis} excludeFromTabOrder={!isStop} />
      </Menu>
    </span>
  )
}
