import type {
  CalendarId,
  CalendarSummary,
  EventDetail,
  EventFields,
  EventId,
} from '../../shared/features/calendar/model'
import type { FaceCallName } from '../../shared/ipc/contract'
import { SiegelError } from '../../shared/kit/result'
import { me, people } from './demo-people'
import type { FakeWorld } from './fake-world'
import type { Handlers } from './handlers'

type CalendarCalls = Extract<FaceCallName, `calendars.${string}` | `events.${string}`>

const calendarOf = (
  id: number,
  name: string,
  colour: string,
  change: Partial<CalendarSummary> = {},
): CalendarSummary => ({
  id: id as CalendarId,
  accountId: null,
  name,
  colour,
  isReadOnly: false,
  owner: '',
  isVisible: true,
  eventCount: 0,
  ...change,
})

const hourMs = 3_600_000

/** Local midnight so many days from today. */
const midnight = (days: number): number => {
  const date = new Date()
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime()
}
const isoDay = (days: number): string => {
  const date = new Date(midnight(days))
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

type Made = Readonly<{
  title: string
  calendar?: number
  day: number
  /** Hours since midnight, or whole days where none are given. */
  from?: number
  hours?: number
  days?: number
  change?: Partial<EventDetail>
}>

const guest = (
  { name, address }: Readonly<{ name: string; address: string }>,
  status: string,
): EventDetail['attendees'][number] => ({
  name,
  address,
  status,
  role: 'REQ-PARTICIPANT',
})

/** From Monday of this week on. */
const made = (monday: number): readonly Made[] => [
  {
    title: 'Redaktionskonferenz',
    day: monday,
    from: 9.5,
    hours: 1,
    change: { location: 'Großer Saal', isRepeating: true, rule: 'FREQ=WEEKLY;BYDAY=MO' },
  },
  {
    title: 'Editorial meeting',
    day: monday + 7,
    from: 9.5,
    hours: 1,
    change: { location: 'Großer Saal', isRepeating: true, rule: 'FREQ=WEEKLY;BYDAY=MO' },
  },
  {
    title: 'Redaktionskonferenz',
    day: monday - 7,
    from: 9.5,
    hours: 1,
    change: { isRepeating: true, rule: 'FREQ=WEEKLY;BYDAY=MO' },
  },
  {
    title: 'Zahnarzt',
    calendar: 2,
    day: monday + 1,
    from: 14.5,
    hours: 1,
    change: { location: 'Praxis Dr. Weiß', hasAlarm: true },
  },
  {
    title: 'Interview Frau Hartmann',
    day: monday + 1,
    from: 10,
    hours: 1.5,
    change: { attendees: [guest(me, 'ACCEPTED'), guest(people.hartmann, 'NEEDS-ACTION')] },
  },
  {
    title: 'Call with New York',
    day: monday + 1,
    from: 15,
    hours: 0.5,
    change: { zone: 'America/New_York' },
  },
  { title: 'Klausurtagung', day: monday + 2, days: 3, change: { location: 'Kloster Lehnin' } },
  {
    title: 'Lunch with Eva',
    calendar: 2,
    day: monday + 3,
    from: 12,
    hours: 1,
    change: { location: 'Lucia', status: 'tentative' },
  },
  { title: 'Abgesagte Sitzung', day: monday + 3, from: 12.5, hours: 1, change: { status: 'cancelled' } },
  {
    title: 'Budget review',
    day: monday + 3,
    from: 12.75,
    hours: 2,
    change: { attendees: [guest(me, 'DECLINED')] },
  },
  { title: 'Sprechstunde', day: monday + 3, from: 12.25, hours: 0.25 },
  { title: 'Geburtstag Mara', calendar: 3, day: monday + 4, days: 1 },
  { title: 'Druckschluss', day: monday + 4, from: 17, hours: 0.25 },
  { title: 'Concert', calendar: 2, day: monday + 5, from: 20, hours: 5 },
  { title: 'Urlaub', calendar: 2, day: monday + 11, days: 9 },
  { title: 'Team offsite', day: monday + 9, from: 9, hours: 8 },
]

function eventsOf(world: FakeWorld, options: URLSearchParams): EventDetail[] {
  const detail = ({ title, calendar = 1, day, from, hours = 1, days, change }: Made): EventDetail => {
    const startMs = midnight(day) + (from ?? 0) * hourMs
    const isWhole = from === undefined
    return {
      id: world.newId() as EventId,
      calendarId: calendar as CalendarId,
      uid: `demo-${day}-${title}`,
      instance: change?.isRepeating === true ? startMs : null,
      title,
      startMs,
      endMs: isWhole ? midnight(day + (days ?? 1)) : startMs + hours * hourMs,
      days: isWhole ? { from: isoDay(day), to: isoDay(day + (days ?? 1)) } : null,
      zone: isWhole ? null : Intl.DateTimeFormat().resolvedOptions().timeZone,
      endZone: null,
      location: '',
      status: 'confirmed',
      isTransparent: false,
      privacy: 'public',
      isRepeating: false,
      isChanged: false,
      hasAlarm: false,
      attendees: [],
      notes: [],
      description: '',
      isCut: false,
      organizer: null,
      rule: null,
      alarms: [],
      categories: [],
      url: '',
      conferences: [],
      attachments: [],
      sequence: 0,
      isFirst: change?.isRepeating !== true,
      ...change,
    }
  }
  if (options.get('empty') !== null) return []
  if (options.get('plain') !== null) return [detail({ title: '', day: 0, from: 9 })]
  const monday = -((new Date().getDay() + 6) % 7)
  const busy = Number(options.get('busy') ?? 0)
  const many: Made[] = Array.from({ length: busy * 42 }, (_, at) => ({
    title: `Termin ${at}`,
    calendar: (at % 3) + 1,
    day: monday - 14 + Math.floor(at / busy),
    from: 7 + ((at % busy) * 13) / busy,
    hours: 0.5 + (at % 4) / 2,
  }))
  return [...made(monday), ...many].map(detail)
}

/** The wall clock of this machine, whatever the zone: a demo. */
const atOf = (at: string): number =>
  at.includes('T') ? new Date(at).getTime() : new Date(`${at}T00:00`).getTime()

function withFields(event: EventDetail, fields: EventFields): EventDetail {
  const { title, start, end, location, description, rule, alarms, isTransparent } = fields
  const isWhole = start !== undefined && !start.at.includes('T')
  return {
    ...event,
    ...(title === undefined ? {} : { title }),
    ...(location === undefined ? {} : { location }),
    ...(description === undefined ? {} : { description }),
    ...(isTransparent === undefined ? {} : { isTransparent }),
    ...(rule === undefined ? {} : { rule }),
    ...(alarms === undefined
      ? {}
      : { alarms: alarms.map(before => ({ action: 'DISPLAY', before, fromEnd: false, atMs: null })) }),
    ...(start === undefined || !end
      ? {}
      : {
          startMs: atOf(start.at),
          endMs: atOf(end.at),
          days: isWhole ? { from: start.at, to: end.at } : null,
          zone: start.zone,
        }),
  }
}

/** A calendar in memory: what repeats is there once a week as events of their own. */
export function calendarHandlers(world: FakeWorld, options: URLSearchParams): Handlers<CalendarCalls> {
  const calendars = [
    calendarOf(1, 'Redaktion', '#0c5a62'),
    calendarOf(2, '', '#9a4a12'),
    calendarOf(3, 'Geburtstage', '#6a3d8f', { isReadOnly: true, owner: 'Mara' }),
  ]
  let events = eventsOf(world, options)
  const find = (id: number): EventDetail => {
    const event = events.find(each => each.id === id)
    if (event === undefined) throw new SiegelError('not-found', { what: 'message' })
    return event
  }
  const change = (next: EventDetail[]) => {
    const before = events
    events = next
    world.changed('event', null)
    const { undoId } = world.undoable(1, () => {
      events = before
      world.changed('event', null)
    })
    return { eventIds: [], dropped: 0, undoId, mails: [] }
  }
  return {
    'calendars.list': () => [...calendars],
    'events.between': ({ fromMs, toMs }) => ({
      events: events.filter(({ startMs, endMs }) => startMs < toMs && Math.max(endMs, startMs + 1) > fromMs),
      isCut: false,
    }),
    'events.get': ({ eventId }) => find(eventId),
    'events.find': ({ text }) =>
      events.filter(({ title }) => title.toLowerCase().includes(text.toLowerCase())),
    'calendars.change': ({ calendarId, isVisible }) => {
      const calendar = calendars.find(({ id }) => id === calendarId)
      if (calendar === undefined) throw new SiegelError('not-found', { what: 'message' })
      const next = { ...calendar, isVisible: isVisible ?? calendar.isVisible }
      calendars[calendars.indexOf(calendar)] = next
      world.changed('calendar', null)
      return next
    },
    'events.add': ({ calendarId, fields }) => {
      const [blank] = eventsOf(world, new URLSearchParams('plain'))
      if (blank === undefined) throw new SiegelError('not-found', { what: 'message' })
      const id = world.newId() as EventId
      const event = { ...blank, id, uid: `demo-${id}`, calendarId: calendarId as CalendarId }
      return change([...events, withFields(event, fields)])
    },
    'events.change': ({ eventId, fields }) =>
      change(events.map(each => (each.id === eventId ? withFields(each, fields) : each))),
    'events.move': ({ eventId, calendarId }) =>
      change(
        events.map(each => (each.id === eventId ? { ...each, calendarId: calendarId as CalendarId } : each)),
      ),
    'events.remove': ({ eventId }) => change(events.filter(({ id }) => id !== eventId)),
  }
}
