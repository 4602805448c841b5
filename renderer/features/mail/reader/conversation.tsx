import { useTranslation } from 'react-i18next'
import type { MailboxSummary, MessageSummary } from '../../../../shared/model/mail'
import { useFormat } from '../../../i18n/use-format'
import { useCommands } from '../../../state/keys/use-commands'
import { useUi } from '../../../state/ui-store'
import { useLiveQuery } from '../../../state/use-live-query'
import { classNames } from '../../../ui/class-names'
import { useMailboxName } from '../folders/mailbox-name'
import { personName } from '../people-names'

/** The other messages of the conversation, oldest first, from every folder. */
export function Conversation({
  current,
  mailboxes,
}: Readonly<{ current: MessageSummary; mailboxes: readonly MailboxSummary[] }>) {
  const { t } = useTranslation(['mail', 'common'])
  const format = useFormat()
  const mailboxName = useMailboxName()
  const hasOthers = current.threadCount > 1
  const thread = useLiveQuery('messages.thread', hasOthers ? { messageId: current.id } : null)
  const messages = [...(thread.data ?? [])].sort((a, b) => a.dateMs - b.dateMs)

  const open = (message: MessageSummary | undefined) => {
    if (message !== undefined) useUi.setState({ readingId: message.id })
  }
  const at = messages.findIndex(({ id }) => id === current.id)
  useCommands(
    hasOthers
      ? { nextInThread: () => open(messages[at + 1]), previousInThread: () => open(messages[at - 1]) }
      : {},
  )
  if (!hasOthers || messages.length < 2) return null
  return (
    <section aria-label={t('mail:reader.conversation')} className="conversation">
      <h3 className="conversation-head">
        {t('mail:reader.conversation')} · {t('mail:reader.conversationCount', { count: messages.length })}
      </h3>
      {current.threadCount > messages.length ? (
        <p className="conversation-cut">
          {t('mail:reader.conversationCut', { count: current.threadCount, shown: messages.length })}
        </p>
      ) : null}
      <ol className="conversation-list scroll">
        {messages.map(message => {
          const mailbox = mailboxes.find(({ id }) => id === message.mailboxId)
          const sender = message.from[0]
          return (
            <li key={message.id}>
              <button
                type="button"
                aria-current={message.id === current.id}
                className={classNames(
                  'conversation-line',
                  !message.flags.includes('seen') && 'conversation-unread',
                )}
                onClick={() => open(message)}
              >
                <span className="conversation-name clip">
                  {sender === undefined ? t('common:unknownSender') : personName(sender)}
                </span>
                <span className="conversation-snippet clip">{message.snippet}</span>
                {mailbox === undefined || message.mailboxId === current.mailboxId ? null : (
                  <span className="conversation-folder">{mailboxName(mailbox)}</span>
                )}
                <span className="conversation-date numerals">{format.listDate(message.dateMs)}</span>
              </button>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
