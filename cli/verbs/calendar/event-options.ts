import type { EventFields, EventWhen } from '../../../shared/features/calendar/model'
import { eventFields } from '../../../shared/features/calendar/model'
import type { Arguments, OptionSpec } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import { onTheWall } from '../../kit/words/wall-time'
import { inZone, zoneOf } from './naming'

/** Options by which an event is described, for `add` and `change`. */
export const eventOptions = {
  title: { type: 'string' },
  start: { type: 'string' },
  end: { type: 'string' },
  duration: { type: 'string' },
  'all-day': { type: 'boolean' },
  zone: { type: 'string' },
  floating: { type: 'boolean' },
  rrule: { type: 'string' },
  location: { type: 'string' },
  description: { type: 'string' },
  status: { type: 'string' },
  privacy: { type: 'string' },
  free: { type: 'boolean' },
  busy: { type: 'boolean' },
  category: { type: 'string', multiple: true },
  url: { type: 'string' },
  conference: { type: 'string', multiple: true },
  attach: { type: 'string', multiple: true },
  attendee: { type: 'string', multiple: true },
  travel: { type: 'string' },
  alarm: { type: 'string', multiple: true },
} as const satisfies OptionSpec

export const eventUsage =
  '[--end ISO|--duration P] [--all-day] [--zone IANA] [--floating] [--rrule R] [--location L] [--description D] [--status confirmed|tentative|cancelled] [--privacy public|private|confidential] [--free|--busy] [--category C]… [--url U] [--conference URL]… [--attach URL]… [--attendee ADDRESS]… [--travel P] [--alarm P]…'

const withOffset = /(Z|[+-]\d\d:?\d\d)$/

/** A time as it is typed: a day, a time on the wall of the zone, or an instant, which is written in the zone. */
function when(text: string, options: Arguments): EventWhen {
  const isDay = options.flag('all-day') || !text.includes('T')
  if (isDay) return { at: onTheWall(text.split('T')[0] ?? ''), zone: null }
  if (!withOffset.test(text))
    return { at: onTheWall(text), zone: options.flag('floating') ? null : zoneOf(options) }
  // An instant without a zone is meant as one: UTC, and never the machine's zone unasked.
  return whenIn(text, options.text('zone') ?? 'UTC')
}

/** A time on the wall of a zone, or an instant, which is written in it. */
export function whenIn(text: string, zone: string): EventWhen {
  if (!text.includes('T')) return { at: onTheWall(text), zone: null }
  if (!withOffset.test(text)) return { at: onTheWall(text), zone }
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw new UsageError(`"${text}" is no time; write it as 2026-03-29T09:00`)
  return { at: inZone(ms, zone).slice(0, 19), zone }
}

/** "Eva Koch <eva@example.org>" or the address alone. */
function guest(text: string): NonNullable<EventFields['attendees']>[number] {
  const match = /^(.*)<([^<>]+)>\s*$/.exec(text)
  const address = (match?.[2] ?? text).trim()
  if (!/^[^\s@]+@[^\s@]+$/.test(address)) throw new UsageError(`"${text}" is not an address`)
  return { address, name: match?.[1]?.trim().replace(/^"|"$/g, '') ?? '' }
}

/** What the options say of an event. A list that is given as one empty word is emptied. */
export function fieldsOf(options: Arguments): EventFields {
  const list = (name: string): readonly string[] | undefined => {
    const all = options.texts(name)
    return all.length === 0 ? undefined : all.filter(each => each !== '')
  }
  const start = options.text('start')
  const end = options.text('end')
  const rule = options.text('rrule')
  const travel = options.text('travel')
  if (options.flag('free') && options.flag('busy'))
    throw new UsageError('--free and --busy exclude each other')
  if (end !== undefined && options.text('duration') !== undefined)
    throw new UsageError('--end and --duration exclude each other')
  const given = {
    title: options.text('title'),
    start: start === undefined ? undefined : when(start, options),
    end: end === undefined ? undefined : when(end, options),
    duration: options.text('duration'),
    rule: rule === undefined ? undefined : rule === '' ? null : rule,
    location: options.text('location'),
    description: options.text('description'),
    status: options.text('status'),
    privacy: options.text('privacy'),
    isTransparent: options.flag('free') ? true : options.flag('busy') ? false : undefined,
    categories: list('category'),
    url: options.text('url'),
    conferences: list('conference'),
    attachments: list('attach')?.map(url => ({ url, name: '' })),
    attendees: list('attendee')?.map(guest),
    travel: travel === undefined ? undefined : travel === '' ? null : travel,
    alarms: list('alarm'),
  }
  const read = eventFields.safeParse(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  )
  if (!read.success) {
    const [issue] = read.error.issues
    throw new UsageError(`${issue?.path.join('.') ?? 'event'}: ${issue?.message ?? 'not valid'}`)
  }
  return read.data
}
