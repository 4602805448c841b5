import './alarm-cards.css'
import { Bell, CalendarDays, ListTodo } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { DueAlarm } from '../../../shared/features/alarms/model'
import { useHost } from '../../host/host-context'
import { useFormat } from '../../i18n/use-format'
import { useLiveQuery } from '../../state/live/use-live-query'
import { runCommand } from '../../state/run-command'
import { Button } from '../../ui/actions/button'
import { Icon } from '../../ui/actions/icon'
import { Menu, type MenuEntry } from '../../ui/actions/menu'
import { withoutControls } from '../../ui/fields/text-direction'
import { putOffs, putOffUntil } from './put-off'

/** Cards that stand there at once; the others come when these are seen. */
const mostShown = 4

/** Reminders that are due lie over every room until they are seen or put off; they take no focus. */
export function AlarmCards() {
  const { t } = useTranslation('alarms')
  const host = useHost()
  const { data } = useLiveQuery('alarms.due', {})
  const all = data?.alarms ?? []
  const dismiss = (some: readonly DueAlarm[]) =>
    void runCommand(host, 'alarms.dismiss', { ids: some.map(({ id }) => id) })
  const later = (some: readonly DueAlarm[]): MenuEntry[] =>
    putOffs.map(choice => ({
      id: choice,
      label: t(`until.${choice}`),
      run: () =>
        void runCommand(host, 'alarms.snooze', {
          ids: some.map(({ id }) => id),
          untilMs: putOffUntil(choice, Date.now()),
        }),
    }))
  return (
    <section
      className="alarms"
      aria-label={t('title')}
      hidden={all.length === 0}
      {...(all.length === 0 ? {} : { 'data-pane': true, tabIndex: -1 })}
    >
      <p className="spoken" role="status">
        {all.length === 0 ? '' : `${t('count', { count: all.length })}: ${all[0]?.title ?? ''}`}
      </p>
      {all.length < 2 ? null : (
        <div className="alarms-head">
          <span className="alarms-count">
            <Icon of={Bell} size={14} /> {t('count', { count: all.length })}
          </span>
          <Menu label={t('snoozeAll')} entries={later(all)}>
            <Button variant="plain">{t('snoozeAll')}</Button>
          </Menu>
          <Button variant="plain" onPress={() => dismiss(all)}>
            {t('dismissAll')}
          </Button>
        </div>
      )}
      <div className="alarms-list scroll">
        {all.slice(0, mostShown).map(alarm => (
          <Card key={alarm.id} alarm={alarm} later={later([alarm])} onDismiss={() => dismiss([alarm])} />
        ))}
        {data?.isCut === true ? <p className="alarms-note">{t('isCut')}</p> : null}
      </div>
    </section>
  )
}

function Card({
  alarm,
  later,
  onDismiss,
}: Readonly<{ alarm: DueAlarm; later: readonly MenuEntry[]; onDismiss: () => void }>) {
  const { t } = useTranslation('alarms')
  const when = useWhen()
  const title = withoutControls(alarm.title).trim() || t('untitled')
  return (
    <article className="alarm" aria-label={title}>
      <div className="alarm-what">
        <Icon of={alarm.kind === 'todo' ? ListTodo : CalendarDays} />
        <div className="alarm-words">
          <h2 className="alarm-title" dir="auto">
            <span className="spoken">{t(alarm.kind)}: </span>
            {title}
          </h2>
          <p className="alarm-when">{when(alarm)}</p>
          {alarm.location === '' ? null : (
            <p className="alarm-place" dir="auto">
              {withoutControls(alarm.location)}
            </p>
          )}
          {alarm.refused === null ? null : (
            <p className="alarms-note">{t('refused', { action: alarm.refused })}</p>
          )}
          {alarm.isOnlyHere ? <p className="alarms-note">{t('onlyHere')}</p> : null}
        </div>
      </div>
      <div className="alarm-do">
        <Menu label={t('snooze')} entries={later}>
          <Button>{t('snooze')}</Button>
        </Menu>
        <Button variant="primary" onPress={onDismiss}>
          {t('dismiss')}
        </Button>
      </div>
    </article>
  )
}

/** When it takes place or is due; of what has no time when it was to remind. */
function useWhen(): (alarm: DueAlarm) => string {
  const { t } = useTranslation('alarms')
  const { locale } = useFormat()
  const dayFormat = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  })
  const timeFormat = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
  const fullFormat = new Intl.DateTimeFormat(locale, {
    ...{ weekday: 'short', day: 'numeric', month: 'short' },
    ...{ hour: 'numeric', minute: '2-digit' },
  })
  const isToday = (ms: number) => new Date(ms).toDateString() === new Date().toDateString()
  const moment = (ms: number) => (isToday(ms) ? timeFormat : fullFormat).format(ms)
  return ({ at, kind, triggerMs }) => {
    if (at === null) return t('missed', { when: moment(triggerMs) })
    if (at.days !== null) return t('day', { day: dayFormat.format(Date.parse(at.days.from)) })
    if (kind === 'todo') return t('due', { when: moment(at.endMs) })
    if (at.endMs <= at.startMs) return moment(at.startMs)
    return isToday(at.startMs)
      ? timeFormat.formatRange(at.startMs, at.endMs)
      : fullFormat.formatRange(at.startMs, at.endMs)
  }
}
