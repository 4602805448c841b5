import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { MailboxSummary, MessageSummary } from '../../../../shared/features/mail/model'
import { useFormat } from '../../../i18n/use-format'
import { useCommands } from '../../../state/keys/use-commands'
import { useLive } from '../../../state/live/live-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { useRow } from '../../../state/live/use-row'
import { withoutControls } from '../../../ui/fields/text-direction'
import { classNames } from '../../../ui/tokens/class-names'
import { useMailboxName } from '../folders/mailbox-name'
import { personName } from '../people-names'
import { useMail } from '../state'
import { useKeptInView } from './body/html/use-kept-in-view'

/** The conversation: what is known of it until the answer about this message is here, so that it never closes in between. */
function useConversation(current: MessageSummary, answer: readonly MessageSummary[] | undefined) {
  const held = useRef<readonly MessageSummary[]>([])
  if (answer !== undefined) held.current = answer
  else if (held.current[0]?.threadId !== current.threadId) held.current = []
  const known = held.current.some(({ id }) => id === current.id) ? held.current : [...held.current, current]
  return known.toSorted((a, b) => a.dateMs - b.dateMs || a.id - b.id)
}

/** The other messages of the conversation, oldest first, from every folder. */
export function Conversation({
  current,
  mailboxes,
}: Readonly<{ current: MessageSummary; mailboxes: readonly MailboxSummary[] }>) {
  const { t } = useTranslation('mail')
  const hasOthers = current.threadCount > 1
  const thread = useLiveQuery('messages.thread', hasOthers ? { messageId: current.id } : null)
  const messages = useConversation(current, thread.data)
  const { rows } = useLive()
  useEffect(() => {
    if (thread.data !== undefined) rows.offer(thread.data)
  }, [thread.data, rows])
  const list = useRef<HTMLOListElement>(null)
  const remember = useKeptInView(list, current.id, thread.data === undefined ? 0 : messages.length)

  const open = (message: MessageSummary | undefined) => {
    if (message !== undefined) useMail.setState({ readingId: message.id })
  }
  const at = messages.findIndex(({ id }) => id === current.id)
  useCommands(
    hasOthers
      ? { nextInThread: () => open(messages[at + 1]), previousInThread: () => open(messages[at - 1]) }
      : {},
  )
  if (!hasOthers) return null
  return (
    <section aria-label={t('reader.conversation')} className="conversation">
      <h3 className="conversation-head">
        {t('reader.conversation')} ·{' '}
        {t('reader.conversationCount', { count: Math.max(current.threadCount, messages.length) })}
      </h3>
      {thread.data !== undefined && current.threadCount > messages.length ? (
        <p className="conversation-cut">
          {t('reader.conversationCut', { count: current.threadCount, shown: messages.length })}
        </p>
      ) : null}
      <ol
        ref={list}
        className="conversation-list scroll"
        // As high as it will be: what stands below does not move when the others are here.
        style={{ minHeight: `calc(${Math.min(current.threadCount, 5.5)} * var(--row))` }}
        onScroll={remember}
      >
        {messages.map(message => (
          <ConversationLine
            key={message.id}
            told={message}
            current={current}
            mailboxes={mailboxes}
            onOpen={open}
          />
        ))}
      </ol>
    </section>
  )
}

/** A message of the conversation; its row says what became of it since the conversation was asked for. */
function ConversationLine({
  told,
  current,
  mailboxes,
  onOpen,
}: Readonly<{
  told: MessageSummary
  current: MessageSummary
  mailboxes: readonly MailboxSummary[]
  onOpen: (message: MessageSummary) => void
}>) {
  const { t } = useTranslation('common')
  const format = useFormat()
  const mailboxName = useMailboxName()
  const message = useRow(told.id) ?? told
  const mailbox = mailboxes.find(({ id }) => id === message.mailboxId)
  const sender = message.from[0]
  return (
    <li>
      <button
        type="button"
        aria-current={message.id === current.id}
        className={classNames('conversation-line', !message.flags.includes('seen') && 'conversation-unread')}
        onClick={() => onOpen(message)}
      >
        <span className="conversation-name clip" dir="auto">
          {sender === undefined ? t('unknownSender') : personName(sender)}
        </span>
        <span className="conversation-snippet clip" dir="auto">
          {withoutControls(message.snippet)}
        </span>
        {mailbox === undefined || message.mailboxId === current.mailboxId ? null : (
          <span className="conversation-folder">{mailboxName(mailbox)}</span>
        )}
        <span className="conversation-date numerals">{format.listDate(message.dateMs)}</span>
      </button>
    </li>
  )
}
