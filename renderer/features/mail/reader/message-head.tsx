import { ChevronDown, ChevronUp, MessagesSquare, UploadCloud } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageDetail } from '../../../../shared/features/mail/model'
import { useFormat } from '../../../i18n/use-format'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { Button } from '../../../ui/actions/button'
import { Icon } from '../../../ui/actions/icon'
import { IconButton } from '../../../ui/actions/icon-button'
import { withoutControls } from '../../../ui/fields/text-direction'
import { useShowThing } from '../../../ui/layout/feature'
import { useMessageActions } from '../actions/message-actions'
import { personName } from '../people-names'
import { PersonList } from '../person-list'
import { People } from './people'
import { Unsubscribe } from './unsubscribe'

/** Recipients named in the short line; the rest are counted. */
const namedRecipients = 3

/** Subject, people and date. The short line says who; the details say everything. */
export function MessageHead({ detail }: Readonly<{ detail: MessageDetail }>) {
  const { t } = useTranslation(['mail', 'common', 'chat'])
  const format = useFormat()
  const [open, setOpen] = useState(false)
  const { summary } = detail
  const actions = useMessageActions()
  const show = useShowThing()
  const canChat = (useLiveQuery('chat.accounts', {}).data?.accounts.length ?? 0) > 0
  const sender = summary.from[0]
  const recipients = [...detail.to, ...detail.cc]
  const more = recipients.length - namedRecipients

  return (
    <header className="reader-head">
      <h2 className="reader-subject selectable" dir="auto">
        {withoutControls(summary.subject) || t('common:noSubject')}
      </h2>
      <div className="reader-who">
        <p className="reader-from selectable">
          <strong dir="auto">{sender === undefined ? t('common:unknownSender') : personName(sender)}</strong>
          {sender === undefined || sender.name.trim() === '' ? null : (
            <span className="reader-address">{sender.address}</span>
          )}
          {canChat && sender !== undefined ? (
            <IconButton
              label={t('chat:chatWith', { name: personName(sender) })}
              icon={MessagesSquare}
              className="reader-chat"
              onPress={() => show({ kind: 'chat', address: sender.address })}
            />
          ) : null}
        </p>
        <time
          className="reader-date numerals"
          dateTime={new Date(summary.dateMs).toISOString()}
          title={format.fullDate(summary.dateMs)}
        >
          {format.shortDateTime(summary.dateMs)}
        </time>
      </div>
      <div className="reader-to">
        <span className="reader-to-names selectable">
          {recipients.length === 0 ? (
            t('mail:list.to', { name: t('common:nobodyNamed') })
          ) : (
            <PersonList
              people={recipients.slice(0, namedRecipients)}
              words={name => t('mail:list.to', { name })}
            />
          )}
          {more > 0 ? ` ${t('mail:reader.people', { count: more })}` : ''}
        </span>
        <Button
          variant="plain"
          className="reader-more-people"
          aria-expanded={open}
          aria-label={open ? t('mail:reader.hidePeople') : t('mail:reader.showPeople')}
          onPress={() => setOpen(!open)}
        >
          <Icon of={open ? ChevronUp : ChevronDown} size={14} />
        </Button>
        {summary.pending ? (
          <span className="reader-pending">
            <Icon of={UploadCloud} size={14} /> {t('mail:reader.pending')}
          </span>
        ) : null}
        {detail.answersToList ? (
          <Button variant="plain" onPress={() => actions.reply('reply-list')}>
            {t('mail:reader.replyList')}
          </Button>
        ) : null}
        <Unsubscribe key={summary.id} summary={summary} choice={detail.unsubscribe} />
      </div>
      {open ? (
        <dl key={summary.id} className="reader-details selectable">
          <People label={t('mail:reader.from')} people={summary.from} />
          <People label={t('mail:reader.to')} people={detail.to} />
          <People label={t('mail:reader.cc')} people={detail.cc} />
          <People label={t('mail:reader.bcc')} people={detail.bcc} />
          <People label={t('mail:reader.replyTo')} people={detail.replyTo} />
          {detail.peopleAreCut ? (
            <>
              <dt aria-hidden />
              <dd>{t('mail:reader.peopleAreCut')}</dd>
            </>
          ) : null}
          {detail.listId === null ? null : (
            <>
              <dt>{t('mail:reader.list')}</dt>
              <dd>{detail.listId}</dd>
            </>
          )}
          <dt>{t('mail:reader.size')}</dt>
          <dd>
            {format.byteSize(summary.sizeBytes)} · {format.fullDate(summary.dateMs)}
          </dd>
        </dl>
      ) : null}
    </header>
  )
}
