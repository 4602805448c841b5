import './agenda-view.css'
import { CalendarDays } from 'lucide-react'
import { useLayoutEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../ui/feedback/empty-state'
import { classNames } from '../../../ui/tokens/class-names'
import { EventButton } from '../event/event-button'
import type { ShownEvent } from '../event/shown'
import { type AgendaLine, layAgenda } from '../layout/agenda'
import { useView } from '../state/view-state'
import type { ViewProps } from './view-props'

const noPlace = {}

/** Day by day what there is; days without anything are left out. */
export function AgendaView({ range, events, today, format, label, handlers }: ViewProps) {
  const { t } = useTranslation('calendar')
  const list = useRef<HTMLElement>(null)
  const eventKey = useView(state => state.eventKey)
  const days = useMemo(() => layAgenda(events, range, format.clock), [events, range, format.clock])
  const buttons = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-event]') ?? [])]
  useLayoutEffect(() => {
    const all = buttons()
    const stop = all.find(each => each.dataset.event === eventKey) ?? all[0]
    for (const each of all) {
      each.tabIndex = each === stop ? 0 : -1
      each.toggleAttribute('data-pane-stop', each === stop)
    }
    const { wanted } = useView.getState()
    if (wanted === null || stop === undefined) return
    const target = wanted === 'cell' ? stop : all.find(each => each.dataset.event === wanted.event)
    target?.focus()
    if (target !== undefined) useView.setState({ wanted: null })
  })
  const timeOf = ({ event, at, of }: AgendaLine<ShownEvent>) => {
    if (event.span.allDay || (at > 1 && at < of)) return t('allDay')
    if (of === 1) return format.times(event.span)
    return at === 1 ? `${format.time(event.span.startMs)} –` : `– ${format.time(event.span.endMs)}`
  }
  if (days.length === 0)
    return (
      <section aria-label={label} className="agenda" tabIndex={-1} data-pane-stop>
        <EmptyState icon={CalendarDays} title={t('nothing')}>
          {t('nothingText')}
        </EmptyState>
      </section>
    )
  return (
    <section
      ref={list}
      aria-label={label}
      className="agenda scroll"
      onKeyDown={event => {
        const offset = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
        if (offset === 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
        const all = buttons()
        const at = all.indexOf(event.target as HTMLElement)
        all[at + offset]?.focus()
        event.preventDefault()
      }}
    >
      {days.map(({ day, lines }) => (
        <section key={day} className={classNames('agenda-day', day === today && 'is-today')}>
          <h3 className="agenda-date" {...(day === today ? { 'aria-current': 'date' as const } : {})}>
            <span className="agenda-number numerals">{format.dayOfMonth(day)}</span>
            <span>
              {format.weekdayLong(day)}
              <span className="agenda-month"> {format.monthAndYear(day)}</span>
            </span>
          </h3>
          <ul className="agenda-lines">
            {lines.map(line => (
              <li key={line.event.key} className="agenda-line">
                <span className="agenda-time numerals">{timeOf(line)}</span>
                <EventButton
                  event={line.event}
                  shape="line"
                  format={format}
                  handlers={handlers}
                  style={noPlace}
                />
                <span className="agenda-place clip" dir="auto">
                  {line.of > 1 ? t('ofDays', { at: line.at, of: line.of }) : line.event.instance.location}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  )
}
