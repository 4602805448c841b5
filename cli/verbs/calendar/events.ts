import type { EventId, EventScope } from '../../../shared/features/calendar/model'
import type { Arguments } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import { type Session, withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { eventOptions, eventUsage, fieldsOf } from './event-options'
import { eventIdOf, eventJson, instantIn, loadCalendars, zoneOf } from './naming'
import { telling, tellingUsage, tellsOf, told } from './telling'

type EventJson = ReturnType<typeof eventJson>

const line = (event: EventJson): string =>
  [
    String(event.id).padStart(5),
    event.allDay ? event.start.padEnd(16) : event.start.slice(0, 16),
    event.allDay ? event.end.padEnd(16) : event.end.slice(0, 16),
    `${event.title || '(without a title)'}${event.location === '' ? '' : `, ${event.location}`}`,
    `[${event.calendar}]`,
    ...(event.status === 'confirmed' ? [] : [event.status]),
  ].join('  ')

/** Which instances: --instance as `calendar events` prints recurrenceId, or the day alone, and --scope. */
async function placeOf(options: Arguments, session: Session, eventId: EventId) {
  const zone = zoneOf(options)
  const given = options.text('instance')
  const scope = options.text('scope') ?? (given === undefined ? 'all' : 'this')
  if (scope !== 'this' && scope !== 'following' && scope !== 'all')
    throw new UsageError('--scope takes this, following or all')
  if (given === undefined && scope !== 'all') throw new UsageError('--scope needs --instance')
  const instance = given === undefined ? null : await instanceOf(session, eventId, given, zone)
  return { instance, scope: scope satisfies EventScope, zone } as const
}

/** An all-day series names its instances by days; of a timed one a day means what begins on it. */
async function instanceOf(session: Session, eventId: EventId, given: string, zone: string): Promise<number> {
  const fromMs = instantIn(given, zone)
  if (given.includes('T')) return fromMs
  const { events } = await session.call('events.between', {
    fromMs,
    toMs: fromMs + 24 * 3_600_000,
    zone,
    calendarIds: null,
  })
  const found = events.find(each => each.id === eventId && each.days === null && each.startMs >= fromMs)
  return found?.instance ?? Date.parse(given)
}

const place = { instance: { type: 'string' }, scope: { type: 'string' } } as const

export const eventVerbs: readonly Verb[] = [
  {
    name: 'calendar events',
    usage: 'calendar events --from ISO --to ISO [--calendar C]… [--zone IANA]',
    about: 'List what takes place between two times, repeats written out',
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      calendar: { type: 'string', multiple: true },
      zone: { type: 'string' },
    },
    positionals: [0, 0],
    async run(options, output) {
      const zone = zoneOf(options)
      const fromMs = instantIn(options.required('from'), zone)
      const toMs = instantIn(options.required('to'), zone)
      if (toMs < fromMs) throw new UsageError('--to lies before --from')
      const { events, isCut } = await withSession(options, async session => {
        const calendars = await loadCalendars(session)
        const names = options.texts('calendar')
        const calendarIds = names.length === 0 ? null : names.map(name => calendars.find(name).id)
        const found = await session.call('events.between', { fromMs, toMs, zone, calendarIds })
        return { ...found, events: found.events.map(each => eventJson(each, calendars, zone)) }
      })
      output.result(events, () => events.map(line))
      if (isCut) output.note('There is more than can be told at once: ask for a shorter time.')
    },
  },
  {
    name: 'calendar find',
    usage: 'calendar find TEXT [--limit N] [--zone IANA]',
    about: 'Find events by words of their title, place, notes and people; a series once',
    options: { limit: { type: 'string' }, zone: { type: 'string' } },
    positionals: [1, 20],
    async run(options, output) {
      const zone = zoneOf(options)
      const limit = options.count('limit', 100, 1000)
      const events = await withSession(options, async session => {
        const calendars = await loadCalendars(session)
        const found = await session.call('events.find', { text: options.positionals.join(' '), zone, limit })
        return found.map(each => eventJson(each, calendars, zone))
      })
      output.result(events, () => events.map(line))
    },
  },
  {
    name: 'calendar show',
    usage: 'calendar show ID [--instance ISO] [--raw] [--zone IANA]',
    about: 'Show all of an event, or with --raw the object as it is kept',
    options: { raw: { type: 'boolean' }, instance: { type: 'string' }, zone: { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const eventId = eventIdOf(options.positionals[0])
      if (options.flag('raw')) {
        const { text } = await withSession(options, session => session.call('events.source', { eventId }))
        output.result({ id: eventId, raw: text }, () => text.trimEnd().split(/\r?\n/))
        return
      }
      const { detail, shown, undelivered } = await withSession(options, async session => {
        const { zone, instance } = await placeOf(options, session, eventId)
        const detail = await session.call('events.get', { eventId, instance, zone })
        const undelivered = await session.call('invitations.undelivered', { eventId })
        return { detail, shown: eventJson(detail, await loadCalendars(session), zone), undelivered }
      })
      const all = {
        ...shown,
        description: detail.description,
        organizer: detail.organizer,
        undelivered,
        rrule: detail.rule,
        alarms: detail.alarms,
        travelMinutes: Math.round((detail.travelMs ?? 0) / 60_000) || null,
        categories: detail.categories,
        url: detail.url,
        conferences: detail.conferences,
        attachments: detail.attachments,
        privacy: detail.privacy,
        transparent: detail.isTransparent,
        notes: detail.notes,
      }
      output.result(all, () =>
        Object.entries(all)
          .filter(
            ([, value]) => value !== '' && value !== null && !(Array.isArray(value) && value.length === 0),
          )
          .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`),
      )
    },
  },
  {
    name: 'calendar add',
    usage: `calendar add --calendar C --title T --start ISO ${eventUsage} ${tellingUsage}`,
    about: 'Add an event, and send invitations to the people that it names',
    options: { calendar: { type: 'string' }, ...eventOptions, ...telling },
    positionals: [0, 0],
    async run(options, output) {
      const fields = fieldsOf(options)
      const calendar = options.required('calendar')
      options.required('title')
      options.required('start')
      const done = await withSession(options, async session => {
        const { id } = (await loadCalendars(session)).find(calendar)
        return session.call('events.add', { calendarId: id, fields, tells: tellsOf(options) })
      })
      told(output, done, `Added ${fields.title}.`)
    },
  },
  {
    name: 'calendar change',
    usage: `calendar change ID [--instance ISO --scope this|following|all] [--title T] [--start ISO] ${eventUsage} ${tellingUsage}`,
    about:
      'Change an event, or of a series one instance, it and the following, or all. Guests are told of what changes for them',
    options: { ...place, ...eventOptions, ...telling },
    positionals: [1, 1],
    async run(options, output) {
      const eventId = eventIdOf(options.positionals[0])
      const fields = fieldsOf(options)
      if (Object.keys(fields).length === 0) throw new UsageError('nothing to change was named')
      const done = await withSession(options, async session =>
        session.call('events.change', {
          eventId,
          ...(await placeOf(options, session, eventId)),
          fields,
          tells: tellsOf(options),
        }),
      )
      told(output, done, 'Changed.')
    },
  },
  {
    name: 'calendar move',
    usage: 'calendar move ID --into C',
    about: 'Move an event, or all of a series, into another calendar',
    options: { into: { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const eventId = eventIdOf(options.positionals[0])
      const into = options.required('into')
      const done = await withSession(options, async session => {
        const { id } = (await loadCalendars(session)).find(into)
        return session.call('events.move', { eventId, calendarId: id })
      })
      told(output, done, `Moved into ${into}.`)
    },
  },
  {
    name: 'calendar delete',
    usage: `calendar delete ID [--instance ISO --scope this|following|all] [--zone IANA] ${tellingUsage}`,
    about:
      'Delete an event, or of a series one instance, it and the following, or all. Guests are told that it is called off',
    options: { ...place, ...telling, zone: { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const eventId = eventIdOf(options.positionals[0])
      const done = await withSession(options, async session =>
        session.call('events.remove', {
          eventId,
          ...(await placeOf(options, session, eventId)),
          tells: tellsOf(options),
        }),
      )
      told(output, done, 'Deleted.')
    },
  },
]
