import { type DateContext, readDay } from './dates'
import { addMonths, dayText, partsOf, realDay, weekdayFrom, weekdayOfMonth } from './days'
import type { Scan } from './scan'
import {
  numberOf,
  numberPattern,
  ordinalOf,
  ordinalPattern,
  weekdayOf,
  weekdayPattern,
  wordEnd,
  wordStart,
} from './words'

/** How often it repeats: the parts of an RRULE but for its end, and the first such day from a day on. */
export type Repeat = Readonly<{ rule: string; firstFrom: (day: number) => number; end?: string }>

const pattern = (text: string): RegExp => new RegExp(`${wordStart}(?:${text})${wordEnd}`, 'iu')
const codes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

const every = '(?:every|each|jede[nrsm]?|alle)'
const units: readonly (readonly [RegExp, string])[] = [
  [/^(days?|tage?n?)$/i, 'DAILY'],
  [/^(weeks?|wochen?)$/i, 'WEEKLY'],
  [/^(months?|monate?n?)$/i, 'MONTHLY'],
  [/^(years?|jahre?n?)$/i, 'YEARLY'],
]
const unitPattern = 'days?|weeks?|months?|years?|tage?n?|wochen?|monate?n?|jahre?n?'
const ofMonth = '(?:\\s+(?:of (?:the|every|each) month|im monat|des monats|jeden monats))'

const stays = (day: number): number => day

function byUnit(count: number, word: string): Repeat | undefined {
  const unit = units.find(([form]) => form.test(word))?.[1]
  return unit === undefined ? undefined : { rule: `FREQ=${unit}${interval(count)}`, firstFrom: stays }
}

const interval = (count: number): string => (count > 1 ? `;INTERVAL=${count}` : '')

function onWeekdays(days: readonly number[], count = 1): Repeat {
  const sorted = [...new Set(days)].sort((left, right) => left - right)
  return {
    rule: `FREQ=WEEKLY${interval(count)};BYDAY=${sorted.map(day => codes[day]).join(',')}`,
    firstFrom: from => Math.min(...sorted.map(day => weekdayFrom(from, day))),
  }
}

function onWeekdayOfMonth(ordinal: number, weekday: number): Repeat {
  return {
    rule: `FREQ=MONTHLY;BYDAY=${ordinal}${codes[weekday]}`,
    firstFrom: from => {
      for (let ahead = 0; ahead < 24; ahead += 1) {
        const { year, month } = partsOf(addMonths(from - partsOf(from).date + 1, ahead))
        const found = weekdayOfMonth(year, month, weekday, ordinal)
        if (found !== undefined && found >= from) return found
      }
      return from
    },
  }
}

function onDayOfMonth(date: number): Repeat | undefined {
  if (date < 1 || date > 31) return undefined
  return {
    rule: `FREQ=MONTHLY;BYMONTHDAY=${date}`,
    firstFrom: from => {
      for (let ahead = 0; ahead < 24; ahead += 1) {
        const { year, month } = partsOf(addMonths(from - partsOf(from).date + 1, ahead))
        const found = realDay(year, month, date)
        if (found !== undefined && found >= from) return found
      }
      return from
    },
  }
}

const list = `(?:(?:${weekdayPattern})(?:\\s*(?:,|and|und|&|\\+)\\s*)?)+`

const weekdaysIn = (text: string): number[] =>
  (text.match(new RegExp(`${wordStart}(?:${weekdayPattern})${wordEnd}`, 'giu')) ?? []).map(weekdayOf)

const adverbs: readonly (readonly [RegExp, Repeat | undefined])[] = [
  [
    pattern('every weekday|each weekday|on weekdays|weekdays|werktags|jeden werktag|wochentags'),
    onWeekdays([0, 1, 2, 3, 4]),
  ],
  [pattern('daily|täglich'), byUnit(1, 'day')],
  [
    pattern(
      'biweekly|fortnightly|every fortnight|zweiwöchentlich|vierzehntägig|14-tägig|14-täglich|alle 14 tage',
    ),
    byUnit(2, 'week'),
  ],
  [pattern('weekly|wöchentlich'), byUnit(1, 'week')],
  [pattern('monthly|monatlich'), byUnit(1, 'month')],
  [pattern('yearly|annually|jährlich'), byUnit(1, 'year')],
]

function readRule(scan: Scan): Repeat | undefined {
  for (const [form, repeat] of adverbs) {
    const found = scan.first(form, 'repeat', () => repeat)
    if (found) return found
  }
  return (
    scan.first(
      pattern(`${every}\\s+(${ordinalPattern})\\s+(${weekdayPattern})${ofMonth}`),
      'repeat',
      ([, nth = '', day = '']) => onWeekdayOfMonth(ordinalOf(nth), weekdayOf(day)),
    ) ??
    scan.first(
      pattern(
        `(?:am|on the|the)?\\s*(${ordinalPattern})\\s+(${weekdayPattern})(?:\\s+(?:of (?:every|each) month|jeden monats?|im monat))`,
      ),
      'repeat',
      ([, nth = '', day = '']) => onWeekdayOfMonth(ordinalOf(nth), weekdayOf(day)),
    ) ??
    // "every 2nd Tuesday" is every other week; "every first Monday" can only be of the month.
    scan.first(
      pattern(`${every}\\s+(${ordinalPattern})\\s+(${weekdayPattern})`),
      'repeat',
      ([, nth = '', day = '']) =>
        ordinalOf(nth) < 2
          ? onWeekdayOfMonth(ordinalOf(nth), weekdayOf(day))
          : onWeekdays([weekdayOf(day)], ordinalOf(nth)),
    ) ??
    scan.first(
      pattern(`${every}\\s+(${ordinalPattern})\\s+(${unitPattern})`),
      'repeat',
      ([, nth = '', unit = '']) => byUnit(ordinalOf(nth), unit),
    ) ??
    scan.first(
      pattern(`${every}\\s+(${numberPattern})\\s+(${unitPattern})`),
      'repeat',
      ([, count = '', unit = '']) => byUnit(numberOf(count), unit),
    ) ??
    scan.first(pattern(`${every}\\s+(${unitPattern})`), 'repeat', ([, unit = '']) => byUnit(1, unit)) ??
    scan.first(pattern(`${every}\\s+(${list})`), 'repeat', ([, days = '']) => onWeekdays(weekdaysIn(days))) ??
    scan.first(
      new RegExp(
        `${wordStart}${every}\\s+(\\d{1,2})(?:\\.|st|nd|rd|th)(?:${ofMonth})?(?![\\p{L}\\p{N}])`,
        'iu',
      ),
      'repeat',
      ([, date]) => onDayOfMonth(Number(date)),
    ) ??
    scan.first(
      pattern(
        '(?:montags|dienstags|mittwochs|donnerstags|freitags|samstags|sonnabends|sonntags|(?:on )?(?:mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays))(?:\\s*(?:,|and|und|&)\\s*(?:montags|dienstags|mittwochs|donnerstags|freitags|samstags|sonntags|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays))*',
      ),
      'repeat',
      ([days = '']) => onWeekdays(weekdaysIn(days)),
    )
  )
}

/** Until when, or how often: only of something that repeats. */
function readEnd(scan: Scan, context: DateContext): string | undefined {
  const until = scan.first(
    new RegExp(`${wordStart}(?:until|till|bis(?: zum)?)\\s+([^\\ufffc]{3,30})`, 'iu'),
    'repeat',
    match => {
      const day = readDay(match[1] ?? '', context)
      if (day === undefined) return undefined
      return day
    },
  )
  if (until !== undefined) return `UNTIL=${dayText(until).replace(/-/g, '')}`
  const count = scan.first(pattern('(\\d{1,3})\\s*(?:times|x|mal)|(\\d{1,3})x'), 'repeat', ([, one, other]) =>
    Number(one ?? other),
  )
  return count === undefined || count < 1 ? undefined : `COUNT=${count}`
}

/** How often something repeats; undefined where it does not. */
export function readRepeat(scan: Scan, context: DateContext): Repeat | undefined {
  const repeat = readRule(scan)
  if (repeat === undefined) return undefined
  const end = readEnd(scan, context)
  return end === undefined ? repeat : { ...repeat, end }
}
