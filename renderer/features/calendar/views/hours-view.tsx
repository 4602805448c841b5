import './hours-view.css'
import { type CSSProperties, useLayoutEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarSummary } from '../../../../shared/features/calendar/model'
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
import { calendarName } from '../side/name-of'
import { type GridFocus, showDay, useView } from '../state/view-state'
import { useWorkHours } from '../state/work-hours'
import type { Day } from '../time/day'
import { weekNumber } from '../time/weeks'
import type { ViewProps } from './view-props'

const hours = Array.from({ length: 24 }, (_, hour) => hour)
/** A small place says the time only where there is a second line for it. */
const leastMinutesForTime = 45

/** The way there, above its event as far as it is on the same day; null for none. */
function travelStyle(
  { event, start, left, width, fromBefore }: Block<ShownEvent>,
  clock: CalendarFormat['clock'],
): Readonly<{ key: string; style: CSSProperties }> | null {
  const { instance, span, colour, key } = event
  const { travelMs = 0 } = instance
  if (travelMs === 0 || fromBefore || span.allDay) return null
  const fromMs = Math.max(span.startMs - travelMs, clock.startOf(clock.dayAt(span.startMs)))
  const minutes = Math.min((span.startMs - fromMs) / 60_000, start)
  if (minutes <= 0) return null
  return {
    key: `${key} way`,
    style: {
      '--colour': colour,
      insetInlineStart: `calc(${left * 100}% + 1px)`,
      width: `calc(${width * 100}% - ${left + width > 0.999 ? 8 : 2}px)`,
      top: `calc(${((start % 60) - minutes) / 60} * var(--hour))`,
      height: `calc(${minutes / 60} * var(--hour) - 1px)`,
    } as CSSProperties,
  }
}

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

/** A day, or a calendar on it. */
type Column = Readonly<{ key: string; day: Day; calendar: CalendarSummary | null; isFirst: boolean }>

const columnsOf = (days: readonly Day[], beside: readonly CalendarSummary[] | null): readonly Column[] =>
  days.flatMap((day): readonly Column[] =>
    beside === null
      ? [{ key: String(day), day, calendar: null, isFirst: true }]
      : beside.map((calendar, at) => ({ key: `${day} ${calendar.id}`, day, calendar, isFirst: at === 0 })),
  )

/** Something that is being drawn belongs to no calendar yet and stands in the first column. */
const inColumn =
  ({ calendar, isFirst }: Column) =>
  ({ instance: { calendarId } }: ShownEvent): boolean =>
    calendar === null || calendar.id === calendarId || (calendarId === 0 && isFirst)

/** Days beside each other with their hours, or calendars on one day; above them what takes whole days. */
export function HoursView({
  days,
  events,
  beside,
  today,
  nowMs,
  format,
  label,
  handlers,
  onCreate,
  onPress,
  movingKey,
}: ViewProps) {
  const { t } = useTranslation(['calendar', 'common'])
  const focus = useView(state => state.focus)
  const hourPx = useView(state => state.hourPx)
  const secondZone = useView(state => state.secondZone)
  const work = useWorkHours()
  const { clock, weeks } = format
  const grid = useRef<HTMLDivElement>(null)
  const above = useMemo(() => events.filter(({ span }) => isAboveHours(span)), [events])
  const columns = useMemo(() => columnsOf(days, beside), [days, beside])
  const lanes = useMemo(() => {
    if (beside === null) return layLanes(above, days, clock)
    // Each calendar has lanes of its own, as high as those of the fullest.
    const each = columns.map(column => layLanes(above.filter(inColumn(column)), days, clock))
    return {
      laneCount: Math.max(0, ...each.map(({ laneCount }) => laneCount)),
      bars: each.flatMap(({ bars }, column) => bars.map(bar => ({ ...bar, column }))),
    }
  }, [above, days, clock, beside, columns])
  const blocks = useMemo(
    () => columns.map(column => layColumns(events.filter(inColumn(column)), column.day, clock)),
    [events, columns, clock],
  )
  const blocksAt = (day: Day) => blocks.filter((_, at) => columns[at]?.day === day).flat()
  const countIn = (column: Column): number =>
    events.filter(event => {
      const { first, last } = daysOf(event.span, clock)
      return inColumn(column)(event) && first <= column.day && last >= column.day
    }).length
  const nameOf = ({ day, calendar }: Column): string =>
    calendar === null ? format.full(day) : `${format.full(day)}, ${calendarName(calendar, t)}`
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
  const cell = ({ day, calendar, isFirst }: Column, hour: number | null) => ({
    // The keyboard stands in a day; what is in it is reached from its first column.
    tabIndex: isFirst && isStop(day, hour) ? 0 : -1,
    ...(isFirst && isStop(day, hour) ? { 'data-pane-stop': '' } : {}),
    'data-day': day,
    ...(day === today && hour === null ? { 'aria-current': 'date' as const } : {}),
    onFocus: (event: React.FocusEvent) => {
      if (event.target === event.currentTarget)
        useView.setState({ focus: { day, hour }, eventKey: null, wanted: null })
    },
    onPointerDown: (event: React.PointerEvent<HTMLElement>) => onPress(event, { day, hour }),
    onDoubleClick: (event: React.MouseEvent) => {
      if (event.target === event.currentTarget) onCreate({ day, hour }, calendar?.id ?? null)
    },
  })
  const covers = (block: Block<ShownEvent>, hour: number) =>
    block.start < hour * 60 + 60 && block.end > hour * 60
  return (
    <Grid
      ref={grid}
      aria-label={label}
      className="hours scroll"
      style={
        { '--hour': `${hourPx}px`, '--days': columns.length, '--lanes': lanes.laneCount } as CSSProperties
      }
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
              : blocksAt(day)
                  .filter(block => covers(block, hour))
                  .map(block => block.event.key),
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
          {columns.map(({ key, day, calendar }) => (
            <ColumnHead key={key} className={classNames('hours-day', day === today && 'is-today')}>
              <button
                type="button"
                tabIndex={-1}
                className="hours-day-name"
                onClick={() => showDay(day, 'day')}
              >
                <span className="spoken">{format.full(day)}</span>
                {calendar === null ? (
                  <>
                    <span className="hours-weekday" aria-hidden="true">
                      {format.weekday(day)}
                    </span>
                    <span className="hours-date numerals" aria-hidden="true">
                      {format.dayOfMonth(day)}
                    </span>
                  </>
                ) : (
                  <>
                    <span className="hours-dot" style={{ background: calendar.colour }} />
                    <span className="hours-calendar clip" dir="auto">
                      {calendarName(calendar, t)}
                    </span>
                  </>
                )}
              </button>
            </ColumnHead>
          ))}
        </GridRow>
        <GridRow className="hours-row hours-whole">
          <RowHead className="hours-gutter hours-whole-name">{t('allDay')}</RowHead>
          {columns.map((each, column) => (
            <EventsCell
              key={each.key}
              {...cell(each, null)}
              className={classNames('hours-whole-cell', weeks.isWeekend(each.day) && 'hours-weekend')}
              name={`${nameOf(each)}, ${t('allDay')}`}
              count={t('events', { count: countIn(each) })}
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
            {columns.map((each, column) => {
              const { day } = each
              const dayBlocks = blocks[column] ?? []
              const here = dayBlocks.filter(block => Math.floor(block.start / 60) === hour)
              const line = nowLine(day, nowMs, clock)
              const isNow = line !== null && Math.floor(line * 24) === hour
              return (
                <EventsCell
                  key={each.key}
                  {...cell(each, hour)}
                  data-hour={hour}
                  className={classNames(
                    'hours-cell',
                    (weeks.isWeekend(day) || hour < work.from || hour >= work.until) && 'hours-free',
                  )}
                  name={`${nameOf(each)}, ${format.hour(hour)}`}
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
                  {here.map(block => {
                    const way = travelStyle(block, clock)
                    return way === null ? null : (
                      <span key={way.key} aria-hidden="true" className="hours-travel" style={way.style} />
                    )
                  })}
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
                          '--lines': Math.max(
                            1,
                            Math.floor((((block.end - block.start) / 60) * hourPx - 3) / 16),
                          ),
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
