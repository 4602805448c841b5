import './mini-month.css'
import { CalendarDate } from '@internationalized/date'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  Heading,
} from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../ui/actions/icon'
import { type Day, dayFrom, isoOf, partsOf } from '../time/day'
import type { DayRange } from '../time/ranges'
import type { Weeks } from '../time/weeks'

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

const dateOf = (day: Day): CalendarDate => {
  const parts = partsOf(day)
  return new CalendarDate(parts.year, parts.month, parts.day)
}

/** A small month to choose a day from, with the days marked that the view shows. */
export function MiniMonth({
  day,
  shown,
  weeks,
  label,
  onChoose,
}: Readonly<{
  day: Day
  shown: DayRange | null
  weeks: Weeks
  label: string
  onChoose: (day: Day) => void
}>) {
  const { t } = useTranslation('calendar')
  const isShown = (date: CalendarDate) => {
    const each = dayFrom(date)
    return shown !== null && each >= shown.first && each < shown.end
  }
  return (
    <Calendar
      // Another month that the view went to is shown here, too.
      key={isoOf(day).slice(0, 7)}
      aria-label={label}
      className="mini"
      value={dateOf(day)}
      defaultFocusedValue={dateOf(day)}
      firstDayOfWeek={weekdays[weeks.firstDay] ?? 'mon'}
      onChange={date => onChoose(dayFrom(date))}
    >
      <header className="mini-head">
        <Heading level={2} className="mini-title" />
        <Button slot="previous" className="ui-icon-button mini-turn" aria-label={t('previous.month')}>
          <Icon of={ChevronLeft} />
        </Button>
        <Button slot="next" className="ui-icon-button mini-turn" aria-label={t('next.month')}>
          <Icon of={ChevronRight} />
        </Button>
      </header>
      <CalendarGrid className="mini-grid" weekdayStyle="narrow">
        <CalendarGridHeader>
          {name => <CalendarHeaderCell className="mini-weekday">{name}</CalendarHeaderCell>}
        </CalendarGridHeader>
        <CalendarGridBody>
          {date => (
            <CalendarCell
              date={date}
              className={({ isSelected, isToday }) =>
                `mini-day numerals${isShown(date as CalendarDate) ? ' mini-shown' : ''}${isSelected ? ' mini-chosen' : ''}${isToday ? ' mini-today' : ''}`
              }
            />
          )}
        </CalendarGridBody>
      </CalendarGrid>
    </Calendar>
  )
}
