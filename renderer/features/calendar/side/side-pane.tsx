import './side-pane.css'
import { Check, Lock, Minus, Plus } from 'lucide-react'
import type { CSSProperties } from 'react'
import { Checkbox } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { CalendarSummary } from '../../../../shared/features/calendar/model'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { Icon } from '../../../ui/actions/icon'
import { IconButton } from '../../../ui/actions/icon-button'
import { Select } from '../../../ui/fields/select'
import type { CalendarFormat } from '../format'
import { calendarActions } from '../state/actions'
import type { Calendars } from '../state/use-events'
import { showDay, useView } from '../state/view-state'
import { type DayRange, hasHours } from '../time/ranges'
import { MiniMonth } from './mini-month'
import { calendarName } from './name-of'

function CalendarLine({ calendar }: Readonly<{ calendar: CalendarSummary }>) {
  const { t } = useTranslation(['calendar', 'common'])
  const host = useHost()
  return (
    <Checkbox
      className="side-calendar"
      isSelected={calendar.isVisible}
      onChange={isVisible =>
        void runCommand(host, 'calendars.change', { calendarId: calendar.id, isVisible })
      }
      style={{ '--colour': calendar.colour } as CSSProperties}
    >
      {({ isSelected }) => (
        <>
          <span className="side-box">{isSelected ? <Icon of={Check} size={12} /> : null}</span>
          <span className="clip" dir="auto">
            {calendarName(calendar, t)}
            {calendar.owner === '' ? null : (
              <span className="ui-description"> {t('calendar:sharedBy', { owner: calendar.owner })}</span>
            )}
          </span>
          {calendar.isReadOnly ? (
            <span className="side-lock">
              <Icon of={Lock} size={12} />
              <span className="spoken">{t('calendar:readOnly')}</span>
            </span>
          ) : null}
        </>
      )}
    </Checkbox>
  )
}

const none = 'none'

/** Beside the calendar: a small month, the calendars, and the second time zone. */
export function SidePane({
  calendars,
  range,
  format,
}: Readonly<{ calendars: Calendars; range: DayRange; format: CalendarFormat }>) {
  const { t } = useTranslation('calendar')
  const day = useView(state => state.focus.day)
  const view = useView(state => state.view)
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
        <h2 id="calendar-side-list" className="side-title">
          {t('calendars')}
        </h2>
        <div className="side-calendars">
          {[...calendars.values()].map(calendar => (
            <CalendarLine key={calendar.id} calendar={calendar} />
          ))}
        </div>
      </section>
      {hasHours(view) ? <HoursPart /> : null}
    </aside>
  )
}

/** What holds for hours alone. */
function HoursPart() {
  const { t } = useTranslation('calendar')
  const secondZone = useView(state => state.secondZone)
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
