import './busy.css'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { freeTimes, type Stretch } from '../../../../shared/features/calendar/free-times'
import type { CalendarId } from '../../../../shared/features/calendar/model'
import { Button } from '../../../ui/actions/button'
import { IconButton } from '../../../ui/actions/icon-button'
import type { CalendarFormat } from '../format'
import type { Calendars } from '../state/use-events'
import { useWorkHours } from '../state/work-hours'
import type { Day } from '../time/day'
import { BusyRow, overlaps } from './busy-row'
import { useBusy } from './use-busy'

/** Days that are asked about at once: free times are looked for in them. */
const daysAsked = 14
const mostOffered = 4
/** Guests that are asked about at once. */
const mostGuests = 50
const quarterMs = 15 * 60_000

/** Saturday and Sunday. 1970 began on a Thursday. */
const isWeekend = (day: Day): boolean => [2, 3].includes(((day % 7) + 7) % 7)

type Guest = Readonly<{ name: string; address: string }>

/** Who of several people is free when, on one day, and the first times that suit all of them. */
export function BusyGrid({
  own,
  guests,
  event,
  calendarId,
  exceptUid,
  calendars,
  format,
  onPick,
}: Readonly<{
  /** The reader's address. */
  own: string | null
  guests: readonly Guest[]
  event: Stretch
  calendarId: CalendarId
  /** The event itself takes no time of the reader. */
  exceptUid: string | null
  calendars: Calendars
  format: CalendarFormat
  /** Another start. */
  onPick: (startMs: number) => void
}>) {
  const { t } = useTranslation('calendar')
  const { clock } = format
  const workHours = useWorkHours()
  const eventDay = clock.dayAt(event.startMs)
  const [day, setDay] = useState(eventDay)
  useEffect(() => setDay(eventDay), [eventDay])
  // Turned beyond what was asked, the question moves on.
  const [first, setFirst] = useState(eventDay)
  const isInside = day >= first && day < first + daysAsked
  useEffect(() => {
    if (!isInside) setFirst(day)
  }, [isInside, day])
  const asked = { fromMs: clock.startOf(first), toMs: clock.startOf(first + daysAsked), zone: clock.zone }
  const shown = guests.slice(0, mostGuests)
  const addresses = shown.map(({ address }) => address)
  const busy = useBusy({ own, guests: addresses }, asked, calendars, { calendarId, exceptUid })
  const hourOf = (ms: number): number => clock.minuteAt(ms) / 60
  const isHere = eventDay === day
  const from = Math.min(workHours.from - 1, isHere ? Math.floor(hourOf(event.startMs)) : 24)
  const until = Math.max(workHours.until + 1, isHere ? Math.ceil(hourOf(event.endMs)) : 0)
  const [startHour, endHour] = [Math.max(0, from), Math.min(24, until)]
  const window = {
    startMs: clock.at(day, startHour * 60),
    endMs: endHour === 24 ? clock.startOf(day + 1) : clock.at(day, endHour * 60),
  }
  const hours = Array.from({ length: endHour - startHour }, (_, at) => startHour + at)
  const lines = hours.slice(1).map(hour => clock.at(day, hour * 60))
  const known = [busy.mine, ...(busy.others ?? [])].filter(each => each?.isKnown === true)
  const taken = known.flatMap(each => each?.busy ?? [])
  const workdays = Array.from({ length: daysAsked }, (_, at) => first + at).filter(each => !isWeekend(each))
  const offered = freeTimes(
    workdays.map(each => ({
      startMs: clock.at(each, workHours.from * 60),
      endMs: workHours.until === 24 ? clock.startOf(each + 1) : clock.at(each, workHours.until * 60),
    })),
    taken,
    { lengthMs: event.endMs - event.startMs, fromMs: Math.max(asked.fromMs, Date.now()), most: mostOffered },
  )
  const unknown = shown.filter(
    ({ address }) => busy.others?.find(each => each.address === address)?.isKnown !== true,
  )
  const isClash = taken.some(each => overlaps(each, event))
  const pick = (ms: number): void => onPick(Math.floor(ms / quarterMs) * quarterMs)
  const row = { window, event, hours: lines, format, onPick: pick }
  return (
    <section className="busy" aria-label={t('busy.label')}>
      <div className="busy-head">
        <IconButton icon={ChevronLeft} label={t('previous.day')} onPress={() => setDay(day - 1)} />
        <span className="busy-day" role="status">
          {format.full(day)}
        </span>
        <IconButton icon={ChevronRight} label={t('next.day')} onPress={() => setDay(day + 1)} />
      </div>
      <div className="busy-scale" aria-hidden="true">
        {hours.map((hour, at) => (
          <span key={hour} style={{ flex: 1 }}>
            {at % 2 === 0 ? format.hour(hour) : ''}
          </span>
        ))}
      </div>
      <ul className="busy-rows">
        {own === null ? null : (
          <BusyRow name={t('busy.you')} person={busy.mine} isWaiting={busy.mine === null} {...row} />
        )}
        {shown.map(({ name, address }) => (
          <BusyRow
            key={address}
            name={name || address}
            person={busy.others?.find(each => each.address === address) ?? null}
            isWaiting={busy.isWaiting}
            {...row}
          />
        ))}
      </ul>
      <p role="status" className="ui-description">
        {busy.isWaiting
          ? t('busy.waiting')
          : busy.failure !== null
            ? t('busy.nobodyAsked')
            : unknown.length > 0
              ? t('busy.someUnknown', {
                  people: unknown.map(({ name, address }) => name || address).join(', '),
                })
              : isClash
                ? t('busy.clash')
                : t('busy.suits')}
      </p>
      {busy.isWaiting ? null : (
        <div className="busy-offers">
          <span>{t(unknown.length > 0 ? 'busy.offersKnown' : 'busy.offers')}</span>
          {offered.length === 0 ? <span>{t('busy.noOffer')}</span> : null}
          {offered.map(({ startMs, endMs }) => (
            <Button key={startMs} onPress={() => onPick(startMs)}>
              {`${format.weekday(clock.dayAt(startMs))} ${format.dayAndMonth(clock.dayAt(startMs))}, ${format.times({ allDay: false, startMs, endMs })}`}
            </Button>
          ))}
        </div>
      )}
    </section>
  )
}
