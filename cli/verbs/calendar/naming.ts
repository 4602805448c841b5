import type {
  CalendarId,
  CalendarSummary,
  EventId,
  EventInstance,
} from '../../../shared/features/calendar/model'
import { SiegelError } from '../../../shared/kit/result'
import type { Arguments } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import type { Session } from '../../kit/session'

/** The zone of this machine: only shown by, never written into what is not of it. */
const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** The zone that --zone names, or the machine's. */
export function zoneOf(options: Arguments): string {
  const zone = options.text('zone')
  if (zone === undefined) return ownZone()
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return zone
  } catch {
    throw new UsageError(`--zone ${zone} is no time zone; write it as Europe/Berlin`)
  }
}

/** Calendars by the names that they go by here: that of an account's begins with its address. */
export type NamedCalendars = Readonly<{
  all: readonly CalendarSummary[]
  nameOf(calendar: Pick<CalendarSummary, 'id'>): string
  find(text: string): CalendarSummary
}>

export async function loadCalendars(session: Session): Promise<NamedCalendars> {
  const all = await session.call('calendars.list', {})
  const accounts = all.some(({ accountId }) => accountId !== null)
    ? await session.call('accounts.list', {})
    : []
  const names = new Map(
    all.map(({ id, name, accountId, isOfPeople }): [CalendarId, string] => {
      const address = accounts.find(each => each.id === accountId)?.config.address
      const own = name !== '' ? name : isOfPeople === true ? 'Birthdays' : 'Personal'
      return [id, address === undefined ? own : `${address}/${own}`]
    }),
  )
  const nameOf = ({ id }: Pick<CalendarSummary, 'id'>): string => names.get(id) ?? String(id)
  return {
    all,
    nameOf,
    find: text => {
      const found = all.filter(
        each => String(each.id) === text || nameOf(each).toLowerCase() === text.toLowerCase(),
      )
      const [first, ...others] = found
      if (first === undefined) throw new SiegelError('not-found', { what: 'calendar', name: text })
      if (others.length > 0) throw new UsageError(`"${text}" is more than one calendar; use an id`)
      return first
    },
  }
}

export function eventIdOf(text: string | undefined): EventId {
  const id = Number(text)
  if (!Number.isSafeInteger(id) || id < 1) throw new UsageError(`"${text}" is not the id of an event`)
  return id as EventId
}

/** An instant as a clock in a zone shows it, with how far that is from UTC. */
export function inZone(ms: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(ms)
  const part = (type: string): string => parts.find(each => each.type === type)?.value ?? '00'
  const wall = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}`
  const minutes = Math.round((Date.parse(`${wall}Z`) - Math.floor(ms / 1000) * 1000) / 60_000)
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  const two = (number: number): string => String(number).padStart(2, '0')
  return minutes === 0 ? `${wall}Z` : `${wall}${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`
}

const isoForm = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/

/**
 * An instant as ISO 8601 has it. Without an offset it is what a clock in the zone shows; a day alone is its midnight there. Throws
 * UsageError.
 */
export function instantIn(text: string, zone: string): number {
  const match = isoForm.exec(text)
  const ms = match === null ? Number.NaN : Date.parse(match[1] || !text.includes('T') ? text : `${text}Z`)
  if (Number.isNaN(ms))
    throw new UsageError(`"${text}" is no time; write it as 2026-03-29 or 2026-03-29T09:00`)
  if (match?.[1]) return ms
  // The clock shows this at the instant from which it is as far as from UTC; looked at twice for a change in between.
  const offset = (at: number): number =>
    Date.parse(`${inZone(at, zone).slice(0, 19)}Z`) - Math.floor(at / 1000) * 1000
  const guess = ms - offset(ms)
  return ms - offset(guess)
}

/** The JSON of one event: this is a contract. */
export function eventJson(event: EventInstance, calendars: NamedCalendars, zone: string) {
  const { days } = event
  const instance = event.instance
  return {
    id: event.id,
    uid: event.uid,
    recurrenceId:
      instance === null
        ? null
        : isDayNamed(event)
          ? new Date(instance).toISOString().slice(0, 10)
          : inZone(instance, zone),
    title: event.title,
    start: days ? days.from : inZone(event.startMs, zone),
    end: days ? days.to : inZone(event.endMs, zone),
    allDay: days !== null,
    zone: event.zone,
    location: event.location,
    calendar: calendars.nameOf({ id: event.calendarId }),
    status: event.status,
    attendees: event.attendees.map(({ address, name, status }) => ({ address, name, status })),
  }
}

const dayMs = 86_400_000

/** An instance of days is named by midnight as in UTC; one of a timed series that was made all-day alone is not. */
const isDayNamed = ({ days, instance }: EventInstance): boolean =>
  days !== null && instance !== null && instance % dayMs === 0
