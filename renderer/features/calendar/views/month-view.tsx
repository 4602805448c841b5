import './month-view.css'
import { type CSSProperties, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../../ui/tokens/class-names'
import { EventButton } from '../event/event-button'
import type { ShownEvent } from '../event/shown'
import { EventsCell } from '../grid/events-cell'
import { goWhereWanted, onGridKey } from '../grid/grid-keys'
import { ColumnHead, Grid, GridRow, RowHead } from '../grid/parts'
import { countDays } from '../layout/agenda'
import { fitLanes, layLanes } from '../layout/lanes'
import { compareSpans, daysOf } from '../layout/placed'
import { showDay, useView } from '../state/view-state'
import { type Day, monthStart, partsOf } from '../time/day'
import { weekNumber } from '../time/weeks'
import type { ViewProps } from './view-props'

/** Heights in pixels, as the style sheet has them. */
const headPx = 24
const lanePx = 20

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

/** How many bars a cell has room for; measured, since it hangs on the window and on the letters. */
function useLines(rows: number) {
  const grid = useRef<HTMLDivElement>(null)
  const [heightPx, setHeightPx] = useState(600)
  useLayoutEffect(() => {
    const element = grid.current
    if (element === null) return
    const sizes = new ResizeObserver(() => setHeightPx(element.clientHeight))
    sizes.observe(element)
    setHeightPx(element.clientHeight)
    return () => sizes.disconnect()
  }, [])
  const rowPx = Math.max(66, (heightPx - headPx) / rows)
  return { grid, lines: Math.max(1, Math.floor((rowPx - headPx - 2) / lanePx)) }
}

export function MonthView({
  range,
  events,
  today,
  format,
  label,
  handlers,
  onCreate,
  onPress,
  movingKey,
}: ViewProps) {
  const { t } = useTranslation('calendar')
  const focus = useView(state => state.focus)
  const { clock, weeks } = format
  const rows = (range.end - range.first) / 7
  const { grid, lines } = useLines(rows)
  const month = monthStart(useView(state => state.day))
  const laid = useMemo(
    () =>
      Array.from({ length: rows }, (_, row) => {
        const days = Array.from({ length: 7 }, (_each, at) => range.first + row * 7 + at)
        return { days, lanes: layLanes(events, days, clock) }
      }),
    [events, range.first, rows, clock],
  )
  useLayoutEffect(() => {
    if (grid.current !== null) goWhereWanted(grid.current)
  })
  const covering = (day: Day) =>
    events.filter(({ span }) => {
      const { first, last } = daysOf(span, clock)
      return first <= day && last >= day
    })
  const counts = useMemo(() => countDays(events, range, clock), [events, range, clock])
  const timeOf = (event: ShownEvent) => (event.span.allDay ? null : format.time(event.span.startMs))
  return (
    <Grid
      ref={grid}
      aria-label={label}
      className="month"
      onKeyDown={event => {
        const isHandled = onGridKey(event, {
          days: Array.from({ length: range.end - range.first }, (_, at) => range.first + at),
          step: ({ day }, key) => {
            const offset = steps[key]
            if (offset !== undefined) return { day: day + offset, hour: null }
            const column = (day - range.first + 700) % 7
            if (key === 'Home') return { day: day - column, hour: null }
            return key === 'End' ? { day: day + 6 - column, hour: null } : null
          },
          eventsAt: ({ day }) =>
            covering(day)
              .toSorted((a, b) => compareSpans(a, b, clock))
              .map(({ key }) => key),
          order: events.toSorted((a, b) => compareSpans(a, b, clock)).map(({ key }) => key),
          onEmpty: onCreate,
        })
        if (isHandled) event.preventDefault()
      }}
    >
      <GridRow className="month-row month-head">
        <ColumnHead className="month-week">
          <span className="spoken">{t('week')}</span>
        </ColumnHead>
        {laid[0]?.days.map(day => (
          <ColumnHead key={day} aria-label={format.weekdayLong(day)} className="month-weekday">
            {format.weekday(day)}
          </ColumnHead>
        ))}
      </GridRow>
      {laid.map(({ days, lanes }) => {
        const fitted = fitLanes(lanes, 7, lines)
        return (
          <GridRow key={days[0]} className="month-row">
            <RowHead
              aria-label={t('weekNumber', { number: weekNumber(days[0] ?? 0, weeks) })}
              className="month-week numerals"
            >
              {weekNumber(days[0] ?? 0, weeks)}
            </RowHead>
            {days.map((day, column) => {
              const more = fitted.more[column] ?? 0
              const isStop = day === focus.day
              return (
                <EventsCell
                  key={day}
                  tabIndex={isStop ? 0 : -1}
                  {...(isStop ? { 'data-pane-stop': '' } : {})}
                  data-day={day}
                  name={null}
                  count={t('events', { count: counts.get(day) ?? 0 })}
                  {...(day === today ? { 'aria-current': 'date' as const } : {})}
                  className={classNames(
                    'month-cell',
                    monthStart(day) !== month && 'month-other',
                    weeks.isWeekend(day) && 'month-weekend',
                    day === today && 'is-today',
                  )}
                  onFocus={event => {
                    if (event.target === event.currentTarget)
                      useView.setState({ focus: { day, hour: null }, eventKey: null, wanted: null })
                  }}
                  onPointerDown={event => onPress(event, { day, hour: null })}
                  onDoubleClick={event => {
                    if (event.target === event.currentTarget) onCreate({ day, hour: null })
                  }}
                  beside={
                    <button
                      type="button"
                      tabIndex={-1}
                      className="month-day numerals"
                      onClick={() => showDay(day, 'day')}
                    >
                      <span className="spoken">{format.full(day)},</span>
                      <span aria-hidden="true">
                        {partsOf(day).day === 1 ? format.dayAndMonth(day) : format.dayOfMonth(day)}
                      </span>
                    </button>
                  }
                >
                  {[
                    ...fitted.bars
                      .filter(bar => bar.column === column)
                      .map(bar => (
                        <EventButton
                          key={bar.event.key}
                          event={bar.event}
                          shape="bar"
                          format={format}
                          handlers={handlers}
                          time={bar.fromBefore ? null : timeOf(bar.event)}
                          fromBefore={bar.fromBefore}
                          goesOn={bar.goesOn}
                          isMoving={bar.event.key === movingKey}
                          style={{ '--lane-at': bar.lane, '--span': bar.span } as CSSProperties}
                        />
                      )),
                    ...(more === 0
                      ? []
                      : [
                          <button
                            key="more"
                            type="button"
                            tabIndex={-1}
                            className="month-more clip"
                            aria-label={t('moreOf', { count: more, day: format.full(day) })}
                            style={{ '--lane-at': lines - 1 } as CSSProperties}
                            onClick={() => showDay(day, 'day')}
                          >
                            {t('more', { count: more })}
                          </button>,
                        ]),
                  ]}
                </EventsCell>
              )
            })}
          </GridRow>
        )
      })}
    </Grid>
  )
}
