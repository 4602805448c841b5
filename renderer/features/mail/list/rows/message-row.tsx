import { CornerUpLeft, CornerUpRight, Lock, Paperclip, Star, UploadCloud } from 'lucide-react'
import { type DragEvent, type MouseEvent, memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageSummary } from '../../../../../shared/features/mail/model'
import type { MessageId } from '../../../../../shared/kit/ids'
import { directionOf } from '../../../../../shared/kit/text-direction'
import { useFormat } from '../../../../i18n/use-format'
import { useRow } from '../../../../state/live/use-row'
import { Icon } from '../../../../ui/actions/icon'
import { withoutControls } from '../../../../ui/fields/text-direction'
import { classNames } from '../../../../ui/tokens/class-names'
import { peopleNames } from '../../people-names'
import { PersonList } from '../../person-list'

export const rowElementId = (id: MessageId): string => `message-${id}`

type MessageRowProps = Readonly<{
  id: MessageId
  /** Place in the list, from 0. */
  at: number
  total: number
  /** Pixels from the top of the list. */
  top: number
  height: number
  isSelected: boolean
  isFocused: boolean
  /** Of what one wrote it matters to whom, not from whom. */
  showsRecipients: (message: MessageSummary) => boolean
  onClick: (id: MessageId, event: MouseEvent) => void
  onDoubleClick: (id: MessageId) => void
  onContextMenu: (id: MessageId, event: MouseEvent) => void
  onDragStart: (id: MessageId, event: DragEvent) => void
  onFlag: (ids: readonly MessageId[]) => void
}>

/** One message of the list. Watches its own summary, so that a change redraws only this row. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { id, at, total, top, height, isSelected, isFocused, showsRecipients } = props
  const { t } = useTranslation(['mail', 'common'])
  const format = useFormat()
  const row = useRow(id)
  const place = { height, transform: `translateY(${top}px)` }
  const position = { 'aria-posinset': at + 1, 'aria-setsize': total, 'aria-selected': isSelected }
  if (row === undefined)
    return (
      <div
        id={rowElementId(id)}
        role="option"
        tabIndex={-1}
        aria-label={t('common:loading')}
        {...position}
        className="row row-waiting"
        style={place}
      >
        <span className="row-bar" />
        <span className="row-bar row-bar-long" />
      </div>
    )

  const isUnread = !row.flags.includes('seen')
  const isFlagged = row.flags.includes('flagged')
  const toOthers = showsRecipients(row)
  const people = toOthers ? row.to : row.from
  const names = toOthers
    ? t('mail:list.to', { name: peopleNames(row.to) || t('common:nobodyNamed') })
    : peopleNames(row.from) || t('common:unknownSender')
  const subject = withoutControls(row.subject) || t('common:noSubject')
  const snippet = withoutControls(row.snippet)
  const label = [
    isUnread ? t('mail:list.rowUnread') : null,
    // As it stands there, for those who speak to their computer (WCAG 2.5.3); then what the signs say.
    [names, row.threadCount > 1 ? row.threadCount : null, format.listDate(row.dateMs), subject, snippet]
      .filter(Boolean)
      .join(' '),
    format.fullDate(row.dateMs),
    isFlagged ? t('mail:list.rowFlagged') : null,
    row.hasAttachments ? t('mail:list.rowAttachment') : null,
    row.flags.includes('answered') ? t('mail:list.rowAnswered') : null,
    row.flags.includes('forwarded') ? t('mail:list.rowForwarded') : null,
    row.threadCount > 1 ? t('mail:list.rowThread', { count: row.threadCount }) : null,
    row.pending ? t('mail:list.rowPending') : null,
    row.encrypted ? t('mail:list.rowEncrypted') : null,
  ]

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list above hears the keyboard for its rows.
    <div
      id={rowElementId(id)}
      role="option"
      tabIndex={-1}
      aria-label={label.filter(Boolean).join(', ')}
      {...position}
      draggable
      className={classNames(
        'row',
        isUnread && 'row-unread',
        isSelected && 'row-selected',
        isFocused && 'row-focused',
      )}
      style={place}
      onClick={event => props.onClick(id, event)}
      onDoubleClick={() => props.onDoubleClick(id)}
      onContextMenu={event => props.onContextMenu(id, event)}
      onDragStart={event => props.onDragStart(id, event)}
    >
      <span className="row-mark">{isUnread ? <span className="row-dot" /> : null}</span>
      <div className="row-lines">
        <div className="row-line">
          <span className="row-names clip">
            {people.length === 0 ? (
              names
            ) : (
              <PersonList
                people={people}
                {...(toOthers ? { words: (name: string) => t('mail:list.to', { name }) } : {})}
              />
            )}
          </span>{' '}
          {row.threadCount > 1 ? <span className="row-thread numerals">{row.threadCount}</span> : null}
          <span className="row-icons">
            {row.pending ? <Icon of={UploadCloud} size={14} /> : null}
            {row.encrypted ? <Icon of={Lock} size={14} /> : null}
            {row.flags.includes('answered') ? <Icon of={CornerUpLeft} size={14} /> : null}
            {row.flags.includes('forwarded') ? <Icon of={CornerUpRight} size={14} /> : null}
            {row.hasAttachments ? <Icon of={Paperclip} size={14} /> : null}
          </span>{' '}
          <time
            className="row-date numerals"
            dateTime={new Date(row.dateMs).toISOString()}
            title={format.fullDate(row.dateMs)}
          >
            {format.listDate(row.dateMs)}
          </time>
        </div>
        <div className="row-line">
          {/* The line begins where its subject does; the words after it have a direction of their own. */}
          <span className="row-subject clip" dir={directionOf(subject) ?? 'ltr'}>
            {' '}
            <bdi>{subject}</bdi>
            <bdi className="row-snippet-inline"> {snippet}</bdi>
          </span>
          {/* A mouse target only: the keyboard stars with its own key, and the row says that it is starred. */}
          <span
            aria-hidden
            className={classNames('row-star', isFlagged && 'row-star-on')}
            onClick={event => {
              event.stopPropagation()
              props.onFlag([id])
            }}
          >
            <Icon of={Star} size={14} />
          </span>
        </div>
        <div className="row-snippet clip" dir="auto">
          {' '}
          {snippet}
        </div>
      </div>
    </div>
  )
})
