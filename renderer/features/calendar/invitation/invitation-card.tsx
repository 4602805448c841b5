import './invitation.css'
import { CircleCheck, CircleHelp, CircleX } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Invitation } from '../../../../shared/features/calendar/invitations/model'
import { meetingTextOf } from '../../../../shared/features/meetings/event-text'
import type { AccountId } from '../../../../shared/kit/ids'
import { Icon } from '../../../ui/actions/icon'
import { Banner } from '../../../ui/feedback/banner'
import { useMeetings } from '../../../ui/layout/feature'
import { readRepeat } from '../event/repeat'
import { repeatWords } from '../event/repeat-words'
import type { CalendarFormat } from '../format'
import { AnswerRow } from './answer-row'
import { Changes } from './changes'
import { DayBeside } from './day-beside'
import { elsewhere, spanOf } from './when'

const statuses = ['ACCEPTED', 'TENTATIVE', 'DECLINED', 'DELEGATED', 'NEEDS-ACTION'] as const
const said = ['ACCEPTED', 'TENTATIVE', 'DECLINED', 'DELEGATED'] as const
const icons = {
  ACCEPTED: CircleCheck,
  TENTATIVE: CircleHelp,
  DECLINED: CircleX,
  DELEGATED: CircleHelp,
} as const

/** Guests that are named; the others are counted. */
const mostPeople = 6

function Line({ label, children }: Readonly<{ label: string; children: ReactNode }>) {
  return (
    <div className="invitation-line">
      <dt>{label}</dt>
      <dd className="selectable" dir="auto">
        {children}
      </dd>
    </div>
  )
}

/** What an invitation says, what it means beside what is here, and what can be answered. */
export function InvitationCard({
  invitation,
  accountId,
  format,
}: Readonly<{ invitation: Invitation; accountId: AccountId; format: CalendarFormat }>) {
  const { JoinMeeting } = useMeetings()
  const { t } = useTranslation(['invitation', 'calendar'])
  const { t: calendarWords } = useTranslation('calendar')
  const titleId = useId()
  const { event, organizer, kind, refusal, warnings, comment, myAnswer, problem } = invitation
  const inviter = organizer ? organizer.name || organizer.address : '?'
  const who = invitation.who || inviter
  const title = invitation.title || t('invitation:untitled')
  const status = statuses.find(each => each === invitation.whoStatus)
  const about =
    problem !== null
      ? t('invitation:about.inert')
      : refusal !== null
        ? t(`invitation:refusal.${refusal}`)
        : status !== undefined && (kind === 'answer' || kind === 'already-there')
          ? t(`invitation:whoStatus.${status}`, { who: who })
          : kind === 'already-there' && invitation.method === 'CANCEL'
            ? t('invitation:about.cancelled', { who: inviter })
            : kind === 'already-there' && invitation.canAnswer
              ? t('invitation:about.offer', { who: inviter })
              : t(`invitation:about.${kind}`, { who })
  const isOwn = refusal === 'own-event'
  const other = event && elsewhere(event, format)
  const people = event?.attendees ?? []
  const day = event && (spanOf(event).allDay ? null : format.clock.dayAt(event.startMs))
  const given = said.find(each => each === myAnswer?.status)
  const isOff = invitation.method === 'CANCEL' || event?.status === 'cancelled' || kind.includes('cancelled')
  return (
    <section className="invitation" aria-labelledby={titleId}>
      <div className="invitation-main">
        <p className="invitation-about">{about}</p>
        <h3
          id={titleId}
          className={isOff ? 'invitation-title invitation-off' : 'invitation-title'}
          dir="auto"
        >
          {title}
        </h3>
        {event === null ? (
          <p className="ui-description">{t('invitation:notShown')}</p>
        ) : (
          <p className="invitation-when">{format.when(spanOf(event))}</p>
        )}
        {JoinMeeting === undefined || event === null || isOff ? null : (
          <JoinMeeting
            text={meetingTextOf(event)}
            accountId={accountId}
            service="mail"
            span={event.days === null ? event : undefined}
          />
        )}
        {other === null ? null : <p className="ui-description">{t('invitation:inZone', other)}</p>}
        <dl className="invitation-lines">
          {event?.rule == null ? null : (
            <Line label={t('invitation:repeats')}>
              {repeatWords(
                readRepeat(event.rule, day ?? format.clock.dayAt(event.startMs)),
                day ?? format.clock.dayAt(event.startMs),
                event.rule,
                format,
                calendarWords,
              )}
            </Line>
          )}
          {!event || event.location === '' ? null : (
            <Line label={t('invitation:place')}>{event.location}</Line>
          )}
          {organizer === null || isOwn ? null : (
            <Line label={t('invitation:invites')}>
              {organizer.name === '' ? organizer.address : `${organizer.name} <${organizer.address}>`}
            </Line>
          )}
          {people.length === 0 || status !== undefined ? null : (
            <Line label={t('invitation:people')}>
              {people
                .slice(0, mostPeople)
                .map(({ name, address, status: its }) => {
                  const answer = statuses.find(each => each === its)
                  return `${name || address}${answer === undefined || answer === 'NEEDS-ACTION' ? '' : ` (${t(`calendar:card.answer.${answer}`)})`}`
                })
                .join(', ')}
              {people.length > mostPeople
                ? `, ${t('invitation:morePeople', { count: people.length - mostPeople })}`
                : null}
            </Line>
          )}
          {comment === '' ? null : (
            <Line label={t('invitation:comment')}>
              <span className="invitation-words">{comment}</span>
            </Line>
          )}
        </dl>
        <Changes changes={invitation.changes} format={format} />
        {warnings.length === 0 || isOwn ? null : (
          <div className="invitation-warnings">
            <Banner tone="warning" title={t('invitation:warningTitle')}>
              <ul>
                {warnings.map(warning => (
                  <li key={warning}>{t(`invitation:warning.${warning}`, { who: inviter })}</li>
                ))}
              </ul>
            </Banner>
          </div>
        )}
        <div role="status" className="invitation-state">
          {given === undefined || isOff ? null : (
            <p className="invitation-given">
              <Icon of={icons[given]} /> {t(`invitation:state.${given}`)}{' '}
              {myAnswer?.sending == null ? null : t(`invitation:mail.${myAnswer.sending}`)}
            </p>
          )}
          {invitation.conflicts.length === 0 || given !== undefined ? null : (
            <p className="invitation-conflicts">
              {t('invitation:conflicts', { count: invitation.conflicts.length })}
            </p>
          )}
        </div>
        <AnswerRow invitation={invitation} who={who} format={format} />
      </div>
      {event === null || isOwn || !(invitation.canAnswer || kind === 'counter') ? null : (
        <DayBeside invitation={invitation} event={event} format={format} />
      )}
    </section>
  )
}
