import './year-view.css'
import { type CSSProperties, useLayoutEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../../ui/tokens/class-names'
import { goWhereWanted, readingKey, stopOf } from '../grid/grid-keys'
import { Cell, ColumnHead, Grid, GridRow } from '../grid/parts'
import { countDays } from '../layout/agenda'
import { moveFocus, showDay, useView } from '../state/view-state'
import { addMonths, type Day, dayFrom, monthStart, partsOf } from '../time/day'
import { weekStart } from '../time/weeks'
import type { ViewProps } from './view-props'

/** Full strength is reached with so many events a day. */
const busyDay = 6

function monthWeeks(first: Day, start: (day: Day) => Day): readonly (readonly Day[])[] {
  const end = addMonths(first, 1)
  const weeks: Day[][] = []
  for (let day = start(first); day < end; day += 7) weeks.push(Array.from({ length: 7 }, (_, at) => day + at))
  return weeks
}

const stepOf = (day: Day, key: string): Day | null => {
  if (key === 'ArrowLeft') return day - 1
  if (key === 'ArrowRight') return day + 1
  if (key === 'ArrowUp') return day - 7
  return key === 'ArrowDown' ? day + 7 : null
}

/** Twelve months; a day is the darker the more there is on it, and says how much. */
export function YearView({ range, events, today, format, label }: ViewProps) {
  const { t } = useTranslation('calendar')
  const focus = useView(state => state.focus)
  const year = useRef<HTMLDivElement>(null)
  const counts = useMemo(() => countDays(events, range, format.clock), [events, range, format.clock])
  const { year: number } = partsOf(range.first)
  useLayoutEffect(() => {
    if (year.current !== null) goWhereWanted(year.current)
  })
  const months = Array.from({ length: 12 }, (_, at) => dayFrom({ year: number, month: at + 1, day: 1 }))
  return (
    <section ref={year} aria-label={label} className="year scroll">
      {months.map(first => (
        <section key={first} aria-label={format.monthAndYear(first)} className="year-month">
          <button
            type="button"
            tabIndex={-1}
            className="year-name"
            onClick={() => showDay(first, 'month')}
            onFocus={() => (year.current === null ? null : stopOf(year.current))?.focus()}
          >
            {format.month(first)}
          </button>
          <Grid
            aria-label={format.monthAndYear(first)}
            onKeyDown={event => {
              if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
              if ((event.target as HTMLElement).getAttribute('role') !== 'gridcell') return
              const next = stepOf(focus.day, readingKey(event))
              if (event.key === 'Enter') showDay(focus.day, 'day')
              else if (next !== null)
                moveFocus({ day: next, hour: null }, next >= range.first && next < range.end)
              else return
              if (event.key === 'Enter') useView.setState({ wanted: 'cell' })
              event.preventDefault()
            }}
          >
            <GridRow className="year-week">
              {monthWeeks(first, day => weekStart(day, format.weeks))[0]?.map(day => (
                <ColumnHead key={day} aria-label={format.weekdayLong(day)} className="year-weekday">
                  {format.weekdayNarrow(day)}
                </ColumnHead>
              ))}
            </GridRow>
            {monthWeeks(first, day => weekStart(day, format.weeks)).map(days => (
              <GridRow key={days[0]} className="year-week">
                {days.map(day => {
                  const count = counts.get(day) ?? 0
                  if (monthStart(day) !== first) return <Cell key={day} className="year-day" />
                  const isStop = day === focus.day
                  return (
                    <Cell
                      key={day}
                      tabIndex={isStop ? 0 : -1}
                      {...(isStop ? { 'data-pane-stop': '' } : {})}
                      data-day={day}
                      aria-label={t('cell', { day: format.full(day), events: t('events', { count }) })}
                      {...(day === today ? { 'aria-current': 'date' as const } : {})}
                      className={classNames(
                        'year-day numerals',
                        count > 0 && 'year-busy',
                        day === today && 'is-today',
                      )}
                      style={{ '--busy': Math.min(1, count / busyDay) } as CSSProperties}
                      onFocus={() =>
                        useView.setState({ focus: { day, hour: null }, eventKey: null, wanted: null })
                      }
                      onClick={() => showDay(day, 'day')}
                    >
                      {format.dayOfMonth(day)}
                    </Cell>
                  )
                })}
              </GridRow>
            ))}
          </Grid>
        </section>
      ))}
    </section>
  )
}
