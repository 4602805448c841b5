import { type Day, dayFrom, isoOf, partsOf, weekdayOf } from '../time/day'

/** Ways to repeat that can be chosen; `own` is a rule that was written elsewhere and stays as it is. */
export const repeats = [
  'none',
  'daily',
  'weekdays',
  'weekly',
  'fortnightly',
  'monthly',
  'monthlyByWeekday',
  'yearly',
] as const
export type Repeat = (typeof repeats)[number] | 'own'

/** When it stops. `until`: the last day on which it may be. */
export type RepeatEnd =
  | Readonly<{ kind: 'never' }>
  | Readonly<{ kind: 'until'; day: Day }>
  | Readonly<{ kind: 'count'; count: number }>

const codes = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const
const codeOf = (day: Day): string => codes[weekdayOf(day)] ?? 'MO'

/** Which of its weekdays a day is in its month: 1 to 4, or -1 for a fifth, which not every month has. */
export function nthOf(day: Day): 1 | 2 | 3 | 4 | -1 {
  const nth = Math.ceil(partsOf(day).day / 7)
  return nth > 4 ? -1 : (nth as 1 | 2 | 3 | 4)
}

/** The rule of each way for an event that starts on this day, without its end. */
const ruleFor = (repeat: Exclude<Repeat, 'none' | 'own'>, start: Day): string => {
  switch (repeat) {
    case 'daily':
      return 'FREQ=DAILY'
    case 'weekdays':
      return 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'
    case 'weekly':
      return `FREQ=WEEKLY;BYDAY=${codeOf(start)}`
    case 'fortnightly':
      return `FREQ=WEEKLY;INTERVAL=2;BYDAY=${codeOf(start)}`
    case 'monthly':
      return `FREQ=MONTHLY;BYMONTHDAY=${partsOf(start).day}`
    case 'monthlyByWeekday':
      return `FREQ=MONTHLY;BYDAY=${nthOf(start)}${codeOf(start)}`
    case 'yearly':
      return 'FREQ=YEARLY'
  }
}

const endOf = (end: RepeatEnd, isAllDay: boolean, untilUtc: (day: Day) => string): string => {
  if (end.kind === 'never') return ''
  if (end.kind === 'count') return `;COUNT=${end.count}`
  return `;UNTIL=${isAllDay ? isoOf(end.day).replaceAll('-', '') : untilUtc(end.day)}`
}

/**
 * The value of an RRULE; null for none. `untilUtc` writes the last moment of a day as iCalendar has it, since a rule for times ends
 * at a moment (RFC 5545, 3.3.10).
 */
export function ruleOf(
  repeat: Exclude<Repeat, 'own'>,
  end: RepeatEnd,
  start: Day,
  isAllDay: boolean,
  untilUtc: (day: Day) => string,
): string | null {
  return repeat === 'none' ? null : ruleFor(repeat, start) + endOf(end, isAllDay, untilUtc)
}

const partsOfRule = (rule: string): Map<string, string> =>
  new Map(
    rule
      .toUpperCase()
      .split(';')
      .map(part => part.split('=') as [string, string]),
  )

/** The same parts, whatever their order; what says nothing new is left out. */
const bare = (rule: string, start: Day): string => {
  const parts = partsOfRule(rule)
  for (const name of ['UNTIL', 'COUNT', 'WKST']) parts.delete(name)
  if (parts.get('INTERVAL') === '1') parts.delete('INTERVAL')
  if (parts.get('FREQ') === 'WEEKLY' && !parts.has('BYDAY')) parts.set('BYDAY', codeOf(start))
  if (parts.get('FREQ') === 'MONTHLY' && parts.size === 1) parts.set('BYMONTHDAY', String(partsOf(start).day))
  if (
    parts.get('FREQ') === 'YEARLY' &&
    parts.get('BYMONTH') === String(partsOf(start).month) &&
    parts.get('BYMONTHDAY') === String(partsOf(start).day)
  )
    for (const name of ['BYMONTH', 'BYMONTHDAY']) parts.delete(name)
  parts.set('BYDAY', (parts.get('BYDAY') ?? '').split(',').toSorted().join())
  return [...parts]
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
    .join(';')
}

/** Which of the ways a rule is for an event that starts on this day. */
export function readRepeat(rule: string | null, start: Day): Repeat {
  if (rule === null) return 'none'
  const sought = bare(rule, start)
  return repeats.find(repeat => repeat !== 'none' && bare(ruleFor(repeat, start), start) === sought) ?? 'own'
}

/** When a rule ends. `dayOfUntil` says on which day a moment of UTC lies. */
export function readEnd(rule: string | null, dayOfUntil: (utcMs: number) => Day): RepeatEnd {
  const parts = partsOfRule(rule ?? '')
  const count = Number(parts.get('COUNT') ?? 0)
  if (count > 0) return { kind: 'count', count }
  const [, year, month, day, time] =
    /^(\d{4})(\d{2})(\d{2})(?:T(\d{6})Z?)?$/.exec(parts.get('UNTIL') ?? '') ?? []
  if (year === undefined) return { kind: 'never' }
  const date = dayFrom({ year: Number(year), month: Number(month), day: Number(day) })
  if (time === undefined || !(parts.get('UNTIL') ?? '').endsWith('Z')) return { kind: 'until', day: date }
  const [hours, minutes, seconds] = [time.slice(0, 2), time.slice(2, 4), time.slice(4)].map(Number)
  return {
    kind: 'until',
    day: dayOfUntil(
      Date.parse(`${isoOf(date)}T00:00:00Z`) +
        (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000,
    ),
  }
}
