import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Invitation } from '../../../../shared/features/calendar/invitations/model'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { Icon } from '../../../ui/actions/icon'
import type { CalendarFormat } from '../format'
import { spanOf } from './when'

type Line = Readonly<{
  key: string
  when: string
  title: string
  startMs: number
  isThis: boolean
  overlaps: boolean
}>

/** Events of the day that are shown beside; a day with more is a day to look at in the calendar. */
const mostLines = 8

/** The day of an invitation with what is in it already. */
export function DayBeside({
  invitation,
  event,
  format,
}: Readonly<{ invitation: Invitation; event: NonNullable<Invitation['event']>; format: CalendarFormat }>) {
  const { t } = useTranslation(['invitation', 'calendar'])
  const { clock } = format
  const span = spanOf(event)
  const day = span.allDay ? span.first : clock.dayAt(span.startMs)
  const question = {
    ...{ fromMs: clock.startOf(day), toMs: clock.startOf(day + 1), zone: clock.zone, calendarIds: null },
  }
  const { data } = useLiveQuery('events.between', question)
  const conflicting = new Set(invitation.conflicts.map(({ id, instance }) => `${id} ${instance}`))
  const others = (data?.events ?? []).filter(
    each => each.uid !== invitation.uid && each.status !== 'cancelled',
  )
  const wordsOf = (shown: typeof event | (typeof others)[number]): string => {
    const its = spanOf(shown)
    return its.allDay ? t('invitation:allDay') : format.times(its)
  }
  const lines: Line[] = [
    ...others.map(each => ({
      ...{
        key: `${each.id} ${each.instance}`,
        when: wordsOf(each),
        title: each.title,
        startMs: each.startMs,
      },
      ...{ isThis: false, overlaps: conflicting.has(`${each.id} ${each.instance}`) },
    })),
    {
      ...{ key: 'this', when: wordsOf(event), title: invitation.title, startMs: event.startMs },
      ...{ isThis: true, overlaps: false },
    },
  ].sort((left, right) => left.startMs - right.startMs)
  const shown = lines.filter(({ isThis, overlaps }, at) => isThis || overlaps || at < mostLines)
  return (
    <aside className="invitation-day" aria-label={`${t('invitation:day')}, ${format.full(day)}`}>
      <h4 className="invitation-day-title">{format.full(day)}</h4>
      {others.length === 0 ? <p className="ui-description">{t('invitation:dayEmpty')}</p> : null}
      {others.length === 0 ? null : (
        <ul className="invitation-day-list">
          {shown.map(({ key, when, title, isThis, overlaps }) => (
            <li
              key={key}
              className={isThis ? 'invitation-this' : overlaps ? 'invitation-overlap' : undefined}
            >
              <span className="invitation-day-when">{when}</span>
              <span className="invitation-day-what" dir="auto">
                {title || t('invitation:untitled')}
              </span>
              {isThis ? <span className="spoken">({t('invitation:thisOne')})</span> : null}
              {overlaps ? (
                <span className="invitation-day-mark">
                  <Icon of={TriangleAlert} size={13} /> {t('invitation:overlaps')}
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </aside>
  )
}
