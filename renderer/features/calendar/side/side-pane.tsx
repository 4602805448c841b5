import './side-pane.css'
import { Minus, Plus, Rss } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../../shared/kit/status'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { IconButton } from '../../../ui/actions/icon-button'
import { Switch } from '../../../ui/actions/switch'
import { Select } from '../../../ui/fields/select'
import { type CalendarFormat, useCalendarFormat } from '../format'
import { calendarActions } from '../state/actions'
import type { Calendars } from '../state/use-events'
import { showDay, useView } from '../state/view-state'
import { useWorkHours } from '../state/work-hours'
import { type DayRange, hasHours } from '../time/ranges'
import { CalendarDialogs, type CalendarQuestion } from './list-dialogs'
import { CalendarLine } from './list-line'
import { MiniMonth } from './mini-month'

const none = 'none'

/** Beside the calendar: a small month, the calendars, and the second time zone. */
export function SidePane({
  calendars,
  range,
  format,
}: Readonly<{ calendars: Calendars; range: DayRange; format: CalendarFormat }>) {
  const { t } = useTranslation('calendar')
  const { t: ofSubscription } = useTranslation('subscription')
  const day = useView(state => state.focus.day)
  const view = useView(state => state.view)
  const [question, setQuestion] = useState<CalendarQuestion | null>(null)
  return (
    <aside id="calendar-side" data-pane tabIndex={-1} className="side scroll" aria-label={t('calendars')}>
      <MiniMonth
        day={day}
        shown={view === 'year' || view === 'month' ? null : range}
        weeks={format.weeks}
        label={t('goTo.title')}
        onChoose={chosen => showDay(chosen)}
      />
      <section aria-labelledby="calendar-side-list">
        <header className="side-head">
          <h2 id="calendar-side-list" className="side-title">
            {t('calendars')}
          </h2>
          <span className="side-head-buttons">
            <IconButton
              label={ofSubscription('new')}
              icon={Rss}
              onPress={() => setQuestion({ kind: 'subscribe' })}
            />
            <IconButton label={t('list.new')} icon={Plus} onPress={() => setQuestion({ kind: 'new' })} />
          </span>
        </header>
        <div className="side-calendars">
          {[...calendars.values()].map(calendar => (
            <CalendarLine key={calendar.id} calendar={calendar} onAsk={setQuestion} />
          ))}
        </div>
      </section>
      {hasHours(view) ? <HoursPart /> : null}
      <CalendarDialogs question={question} onClose={() => setQuestion(null)} />
    </aside>
  )
}

/** The hours of a working day: they are lighter, and a day begins at the first of them. */
function WorkHours() {
  const { t } = useTranslation('calendar')
  const host = useHost()
  const work = useWorkHours()
  const format = useCalendarFormat()
  const set = (workHours: Settings['workHours']) => void runCommand(host, 'settings.set', { workHours })
  const hours = (from: number, until: number) =>
    Array.from({ length: until - from }, (_, at) => ({
      id: String(from + at),
      label: format.hour(from + at),
    }))
  return (
    <div className="side-hours">
      <span className="ui-label" aria-hidden="true">
        {t('workHours')}
      </span>
      <Select
        label={t('workFrom')}
        hideLabel
        value={String(work.from)}
        onChange={from => set({ ...work, from: Number(from) })}
        options={hours(0, work.until)}
      />
      <span aria-hidden="true">–</span>
      <Select
        label={t('workUntil')}
        hideLabel
        value={String(work.until)}
        onChange={until => set({ ...work, until: Number(until) })}
        options={hours(work.from + 1, 25)}
      />
    </div>
  )
}

/** What holds for hours alone. */
function HoursPart() {
  const { t } = useTranslation('calendar')
  const secondZone = useView(state => state.secondZone)
  const view = useView(state => state.view)
  const isBeside = useView(state => state.isBeside)
  return (
    <>
      <Select
        label={t('secondZone')}
        value={secondZone ?? none}
        onChange={zone => useView.setState({ secondZone: zone === none ? null : zone })}
        options={[
          { id: none, label: t('noSecondZone') },
          ...['UTC', ...Intl.supportedValuesOf('timeZone')].map(id => ({
            id,
            label: id.replaceAll('_', ' '),
          })),
        ]}
      />
      {view === 'day' ? (
        <Switch
          label={t('beside')}
          isSelected={isBeside}
          onChange={on => useView.setState({ isBeside: on })}
        />
      ) : null}
      <WorkHours />
      <div className="side-zoom">
        <span className="ui-label">{t('hourHeight')}</span>
        <IconButton
          label={t('smaller')}
          icon={Minus}
          command={calendarActions.smaller.command}
          onPress={calendarActions.smaller.run}
        />
        <IconButton
          label={t('larger')}
          icon={Plus}
          command={calendarActions.larger.command}
          onPress={calendarActions.larger.run}
        />
      </div>
    </>
  )
}
