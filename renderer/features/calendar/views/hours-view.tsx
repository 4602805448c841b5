import './hours-view.css'
import { type CSSProperties, useLayoutEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../../ui/tokens/class-names'
import { EventButton } from '../event/event-button'
import type { ShownEvent } from '../event/shown'
import type { CalendarFormat } from '../format'
import { EventsCell } from '../grid/events-cell'
import { goWhereWanted, onGridKey } from '../grid/grid-keys'
import { ColumnHead, Grid, GridRow, GridRows, RowHead } from '../grid/parts'
import { type Block, layColumns } from '../layout/columns'
import { hoursElsewhere, nowLine } from '../layout/hours'
import { layLanes } from '../layout/lanes'
import { compareSpans, daysOf, isAboveHours } from '../layout/placed'
import { type GridFocus, showDay, useView } from '../state/view-state'
import { useWorkHours } from '../state/work-hours'
import type { Day } from '../time/day'
import { weekNumber } from '../time/weeks'
import type { ViewProps } from './view-props'

const hours = Array.from({ length: 24 }, (_, hour) => hour)
/** A small place says the time only where there is a second line for it. */
const leastMinutesForTime = 45

/** What a block says of its time. One that goes on from the day before began where it is not seen. */
function timesOf(
  { event: { span }, start, end, fromBefore }: Block<ShownEvent>,
  { time }: CalendarFormat,
): Readonly<{ time: string | null; until: string | null }> {
  if (span.allDay || fromBefore) return { time: null, until: null }
  const hasRoom = end - start >= leastMinutesForTime && span.endMs > span.startMs
  return { time: time(span.startMs), until: hasRoom ? time(span.endMs) : null }
}

const stepFrom =
  (days: readonly Day[]) =>
  ({ day, hour }: GridFocus, key: string): GridFocus | null => {
    const at = days.indexOf(day)
    const beside = (offset: 1 | -1): Day => days[at + offset] ?? day + offset
    switch (key) {
      case 'ArrowLeft':
        return { day: beside(-1), hour }
      case 'ArrowRight':
        return { day: beside(1), hour }
      case 'ArrowUp':
        return hour === null ? null : { day, hour: hour === 0 ? null : hour - 1 }
      case 'ArrowDown':
        return hour === 23 ? null : { day, hour: hour === null ? 0 : hour + 1 }
      case 'Home':
        return { day: days[0] ?? day, hour }
      case 'End':
        return { day: days.at(-1) ?? day, hour }
      default:
        return null
    }
  }

/** Days beside each other with their hours; above them what takes whole days. */
export function HoursView({
  days,
  events,
  today,
  nowMs,
  format,
  label,
  handlers,
  onCreate,
  onPress,
  movingKey,
}: ViewProps) {
  const { t } = useTranslation('calendar')
  const focus = useView(state => state.focus)
  const hourPx = useView(state => state.hourPx)
  const secondZone = useView(state => state.secondZone)
  const work = useWorkHours()
  const { clock, weeks } = format
  const grid = useRef<HTMLDivElement>(null)
  const above = useMemo(() => events.filter(({ span }) => isAboveHours(span)), [events])
  const lanes = useMemo(() => layLanes(above, days, clock), [above, days, clock])
  const blocks = useMemo(
    () => new Map<Day, readonly Block<ShownEvent>[]>(days.map(day => [day, layColumns(events, day, clock)])),
    [events, days, clock],
  )
  const counts = useMemo(
    () =>
      new Map(
        days.map(day => [
          day,
          events.filter(({ span }) => {
            const { first, last } = daysOf(span, clock)
            return first <= day && last >= day
          }).length,
        ]),
      ),
    [events, days, clock],
  )
  const elsewhere = useMemo(
    () => (secondZone === null ? null : hoursElsewhere(days[0] ?? today, clock, format.clockOf(secondZone))),
    [secondZone, days, today, clock, format],
  )
  const opensAt = useRef(Math.max(0, work.from - 1))
  useLayoutEffect(() => {
    // A day begins at its first working hour, unless the keyboard stands elsewhere.
    grid.current
      ?.querySelector(`[data-hour-line="${opensAt.current}"]`)
      ?.scrollIntoView({ block: 'start', inline: 'nearest' })
  }, [])
  useLayoutEffect(() => {
    if (grid.current !== null) goWhereWanted(grid.current)
  })
  // Where the keyboard stood on a day that is not shown, as on a Sunday before a working week, its stop is the first day.
  const stopDay = days.includes(focus.day) ? focus.day : (days[0] ?? focus.day)
  const stopHour = focus.hour
  const isStop = (day: Day, hour: number | null) => day === stopDay && hour === stopHour
  const cell = (day: Day, hour: number | null) => ({
    tabIndex: isStop(day, hour) ? 0 : -1,
    ...(isStop(day, hour) ? { 'data-pane-stop': '' } : {}),
    'data-day': day,
    ...(day === today && hour === null ? { 'aria-current': 'date' as const } : {}),
    onFocus: (event: React.FocusEvent) => {
      if (event.target === event.currentTarget)
        useView.setState({ focus: { day, hour }, eventKey: null, wanted: null })
    },
    onPointerDown: (event: React.PointerEvent<HTMLElement>) => onPress(event, { day, hour }),
    onDoubleClick: (event: React.MouseEvent) => {
      if (event.target === event.currentTarget) onCreate({ day, hour })
    },
  })
  const covers = (block: Block<ShownEvent>, hour: number) =>
    block.start < hour * 60 + 60 && block.end > hour * 60
  return (
    <Grid
      ref={grid}
      aria-label={label}
      className="hours scroll"
      style={{ '--hour': `${hourPx}px`, '--days': days.length, '--lanes': lanes.laneCount } as CSSProperties}
      data-second={secondZone === null ? undefined : ''}
      onKeyDown={event => {
        const isHandled = onGridKey(event, {
          days,
          step: stepFrom(days),
          eventsAt: ({ day, hour }) =>
            hour === null
              ? above
                  .filter(({ span }) => {
                    const { first, last } = daysOf(span, clock)
                    return first <= day && last >= day
                  })
                  .map(({ key }) => key)
              : (blocks.get(day) ?? []).filter(block => covers(block, hour)).map(block => block.event.key),
          order: events.toSorted((a, b) => compareSpans(a, b, clock)).map(({ key }) => key),
          onEmpty: onCreate,
        })
        if (isHandled) event.preventDefault()
      }}
    >
      <GridRows className="hours-top">
        <GridRow className="hours-row">
          <ColumnHead className="hours-gutter hours-zones">
            <span className="spoken">{t('weekNumber', { number: weekNumber(days[0] ?? 0, weeks) })}</span>
            <span aria-hidden>{days.length > 1 ? weekNumber(days[0] ?? 0, weeks) : null}</span>
            {secondZone === null ? null : (
              <span className="hours-zone clip">{secondZone.split('/').at(-1)?.replaceAll('_', ' ')}</span>
            )}
          </ColumnHead>
          {days.map(day => (
            <ColumnHead key={day} className={classNames('hours-day', day === today && 'is-today')}>
              <button
                type="button"
                tabIndex={-1}
                className="hours-day-name"
                onClick={() => showDay(day, 'day')}
              >
                <span className="spoken">{format.full(day)}</span>
                <span className="hours-weekday" aria-hidden="true">
                  {format.weekday(day)}
                </span>
                <span className="hours-date numerals" aria-hidden="true">
                  {format.dayOfMonth(day)}
                </span>
              </button>
            </ColumnHead>
          ))}
        </GridRow>
        <GridRow className="hours-row hours-whole">
          <RowHead className="hours-gutter hours-whole-name">{t('allDay')}</RowHead>
          {days.map((day, column) => (
            <EventsCell
              key={day}
              {...cell(day, null)}
              className={classNames('hours-whole-cell', weeks.isWeekend(day) && 'hours-weekend')}
              name={`${format.full(day)}, ${t('allDay')}`}
              count={t('events', { count: counts.get(day) ?? 0 })}
            >
              {lanes.bars
                .filter(bar => bar.column === column)
                .map(bar => (
                  <EventButton
                    key={bar.event.key}
                    event={bar.event}
                    shape="bar"
                    format={format}
                    handlers={handlers}
                    time={
                      bar.event.span.allDay || bar.fromBefore ? null : format.time(bar.event.span.startMs)
                    }
                    fromBefore={bar.fromBefore}
                    goesOn={bar.goesOn}
                    isMoving={bar.event.key === movingKey}
                    style={{ '--lane-at': bar.lane, '--span': bar.span } as CSSProperties}
                  />
                ))}
            </EventsCell>
          ))}
        </GridRow>
      </GridRows>
      <GridRows className="hours-body">
        {hours.map(hour => (
          <GridRow key={hour} className="hours-row hours-line" data-hour-line={hour}>
            <RowHead className="hours-gutter hours-time numerals">
              {/* The first line has no room above it for its time. */}
              <span className={hour === 0 ? 'spoken' : ''}>{format.hour(hour)}</span>
              {elsewhere === null || hour === 0 ? null : (
                <span className="hours-elsewhere">{format.wallTime(elsewhere[hour] ?? 0)}</span>
              )}
            </RowHead>
            {days.map(day => {
              const dayBlocks = blocks.get(day) ?? []
              const here = dayBlocks.filter(block => Math.floor(block.start / 60) === hour)
              const line = nowLine(day, nowMs, clock)
              const isNow = line !== null && Math.floor(line * 24) === hour
              return (
                <EventsCell
                  key={day}
                  {...cell(day, hour)}
                  data-hour={hour}
                  className={classNames(
                    'hours-cell',
                    (weeks.isWeekend(day) || hour < work.from || hour >= work.until) && 'hours-free',
                  )}
                  name={`${format.full(day)}, ${format.hour(hour)}`}
                  count={t('events', { count: dayBlocks.filter(block => covers(block, hour)).length })}
                  beside={
                    isNow ? (
                      <span
                        className="hours-now"
                        style={{ top: `${(line * 24 - hour) * 100}%` }}
                        role="img"
                        aria-label={`${t('now')} ${format.time(nowMs)}`}
                      />
                    ) : null
                  }
                >
                  {here.map(block => (
                    <EventButton
                      key={block.event.key}
                      event={block.event}
                      shape="block"
                      format={format}
                      handlers={handlers}
                      {...timesOf(block, format)}
                      fromBefore={block.fromBefore}
                      goesOn={block.goesOn}
                      isMoving={block.event.key === movingKey}
                      style={
                        {
                          insetInlineStart: `calc(${block.left * 100}% + 1px)`,
                          width: `calc(${block.width * 100}% - ${block.left + block.width > 0.999 ? 8 : 2}px)`,
                          top: `calc(${(block.start % 60) / 60} * var(--hour))`,
                          height: `calc(${(block.end - block.start) / 60} * var(--hour) - 1px)`,
                        } as CSSProperties
                      }
                    />
                  ))}
                </EventsCell>
              )
            })}
          </GridRow>
        ))}
      </GridRows>
    </Grid>
  )
}
