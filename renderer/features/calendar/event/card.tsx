import './card.css'
import { Pencil, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog, Heading, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { EventDetail } from '../../../../shared/features/calendar/model'
import { meetingTextOf } from '../../../../shared/features/meetings/event-text'
import { messageNamed } from '../../../../shared/features/todos/message-address'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { withoutControls } from '../../../ui/fields/text-direction'
import { useMeetings, useShowMessage } from '../../../ui/layout/feature'
import type { CalendarFormat } from '../format'
import { calendarFormat } from '../format'
import { Undelivered } from '../invitation/undelivered'
import { calendarName } from '../side/name-of'
import type { Calendars } from '../state/use-events'
import { titleOf } from './event-name'
import { lengthWords, reminderWords } from './reminder-words'
import { readRepeat } from './repeat'
import { repeatWords } from './repeat-words'
import type { ShownEvent } from './shown'

function Line({ label, children }: Readonly<{ label: string; children: ReactNode }>) {
  return (
    <div className="card-line">
      <dt>{label}</dt>
      <dd className="selectable" dir="auto">
        {children}
      </dd>
    </div>
  )
}

/** Only https is offered to be opened, and asked about as a link of a mail is; nothing is fetched by itself. */
/** Leads back to the message that an event was made of. */
function MessageLink({ name }: Readonly<{ name: string }>) {
  const { t } = useTranslation('calendar')
  const show = useShowMessage()
  const { data } = useLiveQuery('messages.named', { name })
  if (data === undefined) return null
  const { message } = data
  return message === null ? (
    t('card.messageGone')
  ) : (
    <Button variant="plain" className="card-link" onPress={() => show(message)}>
      {t('card.openMessage')}
    </Button>
  )
}

function Link({ url, name }: Readonly<{ url: string; name: string }>) {
  const host = useHost()
  const words = withoutControls(name || url)
  const message = messageNamed(url)
  if (message !== null) return <MessageLink name={message} />
  return url.startsWith('https://') ? (
    <Button
      variant="plain"
      className="card-link"
      onPress={() => void runCommand(host, 'links.open', { url })}
    >
      {words}
    </Button>
  ) : (
    <span className="card-address">{words}</span>
  )
}

const answers = ['ACCEPTED', 'DECLINED', 'TENTATIVE', 'NEEDS-ACTION', 'DELEGATED'] as const

/** What is known of an event, beside where it stands. */
export function EventCard({
  event,
  anchor,
  calendars,
  format,
  onEdit,
  onDelete,
  onClose,
}: Readonly<{
  event: ShownEvent
  anchor: Element
  calendars: Calendars
  format: CalendarFormat
  onEdit: () => void
  onDelete: () => void
  onClose: () => void
}>) {
  const { t } = useTranslation(['calendar', 'common'])
  const { t: plain } = useTranslation('calendar')
  const { id, instance, zone, calendarId } = event.instance
  const { data: detail } = useLiveQuery('events.get', { eventId: id, instance, zone: format.clock.zone })
  const { JoinMeeting } = useMeetings()
  const calendar = calendars.get(calendarId)
  const { span } = event
  const isElsewhere = !span.allDay && zone !== null && zone !== format.clock.zone
  const person = ({ name, address, status }: EventDetail['attendees'][number]) => {
    const answer = answers.find(each => each === status.toUpperCase())
    return `${name || address}${answer === undefined ? '' : ` (${t(`calendar:card.answer.${answer}`)})`}`
  }
  const wordsOfRule = (rule: string | null) => {
    const day = span.allDay ? span.first : format.clock.dayAt(span.startMs)
    return rule === null
      ? t('calendar:repeats')
      : repeatWords(readRepeat(rule, day), day, rule, format, plain)
  }
  return (
    <Popover
      triggerRef={{ current: anchor }}
      isOpen
      onOpenChange={isOpen => (isOpen ? undefined : onClose())}
      placement="right top"
      offset={6}
      className="ui-popover card"
    >
      <Dialog className="card-dialog">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: it only hears a key of what is in it. */}
        <div
          className="card-body scroll"
          onKeyDown={pressed => {
            if (pressed.key === 'Delete' && !event.isReadOnly) onDelete()
          }}
        >
          <Heading slot="title" level={2} className="card-title" dir="auto">
            {titleOf(event, plain)}
          </Heading>
          <p className="card-when">{format.when(span)}</p>
          {isElsewhere ? (
            <p className="ui-description">
              {t('calendar:card.zone', {
                zone: zone.replaceAll('_', ' '),
                when: whenIn(event, zone, format),
              })}
            </p>
          ) : null}
          {event.instance.isTransparent ? <p className="ui-description">{t('calendar:card.free')}</p> : null}
          {event.instance.privacy === 'public' ? null : (
            <p className="ui-description">{t(`calendar:card.${event.instance.privacy}`)}</p>
          )}
          {event.standing === 'normal' ? null : (
            <p className="card-standing">{t(`calendar:standing.${event.standing}`)}</p>
          )}
          {JoinMeeting === undefined || detail === undefined || event.standing === 'cancelled' ? null : (
            <JoinMeeting
              text={meetingTextOf(detail)}
              accountId={calendar?.accountId ?? null}
              service="dav"
              span={span.allDay ? undefined : span}
            />
          )}
          <dl className="card-lines">
            {event.instance.location === '' ? null : (
              <Line label={t('calendar:card.place')}>{event.instance.location}</Line>
            )}
            {event.instance.travelMs === undefined || span.allDay ? null : (
              <Line label={t('calendar:editor.travel')}>
                {lengthWords(Math.round(event.instance.travelMs / 60_000), plain)}
              </Line>
            )}
            {!event.instance.isRepeating || detail === undefined ? null : (
              <Line label={t('calendar:card.repeats')}>{wordsOfRule(detail.rule)}</Line>
            )}
            {detail === undefined || detail.alarms.length === 0 ? null : (
              <Line label={t('calendar:card.reminder')}>
                {detail.alarms
                  .map(({ before, atMs }) =>
                    before !== null
                      ? reminderWords(before, plain)
                      : atMs === null
                        ? ''
                        : format.when({ allDay: false, startMs: atMs, endMs: atMs }),
                  )
                  .filter(words => words !== '')
                  .join(', ')}
              </Line>
            )}
            {event.instance.attendees.length === 0 ? null : (
              <Line label={t('calendar:card.people')}>
                <ul>
                  {detail?.organizer ? (
                    <li>
                      {t('calendar:card.organizer', {
                        name: detail.organizer.name || detail.organizer.address,
                      })}
                    </li>
                  ) : null}
                  {event.instance.attendees.map(each => (
                    <li key={each.address}>{person(each)}</li>
                  ))}
                </ul>
              </Line>
            )}
            {calendar === undefined ? null : (
              <Line label={t('calendar:card.calendar')}>
                <span className="card-dot" style={{ background: calendar.colour }} />{' '}
                {calendarName(calendar, t)}
                {calendar.isReadOnly ? ` (${t('calendar:readOnly')})` : null}
              </Line>
            )}
            {detail === undefined || detail.categories.length === 0 ? null : (
              <Line label={t('calendar:card.categories')}>{detail.categories.join(', ')}</Line>
            )}
            {[detail?.url ?? '', ...(detail?.conferences ?? [])]
              .filter(url => url !== '')
              .map(url => (
                <Line key={url} label={t('calendar:card.link')}>
                  <Link url={url} name="" />
                </Line>
              ))}
            {detail === undefined || detail.attachments.length === 0 ? null : (
              <Line label={t('calendar:card.files')}>
                {detail.attachments.map(({ name, url }) => (
                  <Link key={`${name} ${url}`} url={url} name={name} />
                ))}
              </Line>
            )}
            {detail === undefined || detail.description.trim() === '' ? null : (
              <Line label={t('calendar:card.notes')}>
                <span className="card-notes">{detail.description}</span>
                {detail.isCut ? <span className="ui-description">{t('calendar:card.isCut')}</span> : null}
              </Line>
            )}
          </dl>
          {event.instance.notes.map(note => (
            <p key={note} className="card-note">
              {t(`calendar:notes.${note}`)}
            </p>
          ))}
          {event.instance.attendees.length === 0 ? null : (
            <Undelivered eventId={id} zone={format.clock.zone} />
          )}
          {event.isReadOnly ? null : (
            <div className="card-foot">
              <Button autoFocus icon={Pencil} onPress={onEdit}>
                {t('calendar:card.edit')}
              </Button>
              <Button icon={Trash2} onPress={onDelete}>
                {t('calendar:card.delete')}
              </Button>
            </div>
          )}
        </div>
      </Dialog>
    </Popover>
  )
}

/** When it is by the clock of its own zone; empty where nobody knows that zone. */
function whenIn({ span }: ShownEvent, zone: string, format: CalendarFormat): string {
  try {
    return calendarFormat(format.locale, zone).when(span)
  } catch {
    return ''
  }
}
