import { readTimeValue } from '../time-value'
import {
  type ByDay,
  type Frequency,
  frequencies,
  type PartName,
  type RecurrenceRule,
  type Skip,
  weekdays,
} from './rule'

/**
 * Why a rule cannot be read: `missing` (FREQ), `unknown` (a part there is not), `twice`, `value` (not of the part's form or range), `together`
 * (COUNT beside UNTIL, SKIP without RSCALE, BYSETPOS alone), `scale` (another calendar than the Gregorian) or `long`.
 */
type RuleProblem = Readonly<{
  kind: 'missing' | 'unknown' | 'twice' | 'value' | 'together' | 'scale' | 'long'
  /** The part that is wrong, and what stands there, cut to 100 characters. */
  part: string
  value: string
}>

export type ReadRule = Readonly<{ rule: RecurrenceRule }> | Readonly<{ problem: RuleProblem }>

/** All that BY parts can hold written out is less than 5,000 characters. */
const longest = 20_000

const names: readonly PartName[] = [
  'RSCALE',
  'FREQ',
  'UNTIL',
  'COUNT',
  'INTERVAL',
  'BYSECOND',
  'BYMINUTE',
  'BYHOUR',
  'BYDAY',
  'BYMONTHDAY',
  'BYYEARDAY',
  'BYWEEKNO',
  'BYMONTH',
  'BYSETPOS',
  'WKST',
  'SKIP',
]

class Wrong extends Error {
  readonly problem: RuleProblem
  constructor(kind: RuleProblem['kind'], part: string, value = '') {
    super(kind)
    this.problem = { kind, part: part.slice(0, 100), value: value.slice(0, 100) }
  }
}

function wholeNumber(part: string, text: string, least: number, most: number, mayBeNegative = false): number {
  const number = /^[+-]?\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  const size = mayBeNegative ? Math.abs(number) : number
  if (!(size >= least && size <= most)) throw new Wrong('value', part, text)
  return number
}

/** One of a list of words, whatever their case. */
function word<Word extends string>(part: string, text: string, words: readonly Word[]): Word {
  const found = words.find(each => each === text.toUpperCase())
  if (found === undefined) throw new Wrong('value', part, text)
  return found
}

const weekday = (part: string, text: string): number => weekdays.indexOf(word(part, text, weekdays))

function byDay(text: string): ByDay {
  const match = /^([+-]?\d{1,2})?([a-z]{2})$/i.exec(text)
  if (match === null) throw new Wrong('value', 'BYDAY', text)
  const day = weekday('BYDAY', match[2] ?? '')
  return match[1] === undefined
    ? { weekday: day }
    : { weekday: day, ordinal: wholeNumber('BYDAY', match[1], 1, 53, true) }
}

function split(text: string): Map<PartName, string> {
  if (text.length > longest) throw new Wrong('long', '', text)
  const parts = new Map<PartName, string>()
  // A semicolon too many at an end is common and says nothing.
  for (const piece of text
    .trim()
    .replace(/^;+|;+$/g, '')
    .split(';')) {
    const at = piece.indexOf('=')
    const written = (at === -1 ? piece : piece.slice(0, at)).trim().toUpperCase()
    const name = names.find(each => each === written)
    if (name === undefined || at === -1)
      throw new Wrong(text.trim() === '' ? 'missing' : 'unknown', written || 'FREQ', piece)
    if (parts.has(name)) throw new Wrong('twice', name, piece)
    parts.set(name, piece.slice(at + 1).trim())
  }
  return parts
}

function build(parts: Map<PartName, string>): RecurrenceRule {
  const numbers = (name: PartName, least: number, most: number, mayBeNegative = false) =>
    parts
      .get(name)
      ?.split(',')
      .map(each => wholeNumber(name, each.trim(), least, most, mayBeNegative))
  const frequencyText = parts.get('FREQ')
  if (frequencyText === undefined) throw new Wrong('missing', 'FREQ')
  const frequency: Frequency = word('FREQ', frequencyText, frequencies)
  const scale = parts.get('RSCALE')
  if (scale !== undefined && scale.toUpperCase() !== 'GREGORIAN') throw new Wrong('scale', 'RSCALE', scale)
  const skipText = parts.get('SKIP')
  // RFC 7529 §4.1: SKIP stands beside RSCALE only.
  if (skipText !== undefined && scale === undefined) throw new Wrong('together', 'SKIP', skipText)
  const skip = skipText === undefined ? 'OMIT' : word<Skip>('SKIP', skipText, ['OMIT', 'BACKWARD', 'FORWARD'])
  const untilText = parts.get('UNTIL')
  const until = untilText === undefined ? undefined : readTimeValue(untilText)
  if (untilText !== undefined && until === undefined) throw new Wrong('value', 'UNTIL', untilText)
  const countText = parts.get('COUNT')
  if (countText !== undefined && until !== undefined) throw new Wrong('together', 'COUNT', countText)
  const positions = numbers('BYSETPOS', 1, 366, true)
  if (positions && ![...parts.keys()].some(name => name.startsWith('BY') && name !== 'BYSETPOS'))
    throw new Wrong('together', 'BYSETPOS', parts.get('BYSETPOS'))
  const intervalText = parts.get('INTERVAL')
  const weekStartText = parts.get('WKST')
  const lists = {
    bySecond: numbers('BYSECOND', 0, 60),
    byMinute: numbers('BYMINUTE', 0, 59),
    byHour: numbers('BYHOUR', 0, 23),
    byDay: parts
      .get('BYDAY')
      ?.split(',')
      .map(each => byDay(each.trim())),
    byMonthDay: numbers('BYMONTHDAY', 1, 31, true),
    byYearDay: numbers('BYYEARDAY', 1, 366, true),
    byWeekNumber: numbers('BYWEEKNO', 1, 53, true),
    byMonth: numbers('BYMONTH', 1, 12),
    bySetPosition: positions,
  }
  const given = Object.fromEntries(Object.entries(lists).filter(([, list]) => list !== undefined))
  return {
    frequency,
    interval: intervalText === undefined ? 1 : wholeNumber('INTERVAL', intervalText, 1, 2 ** 31 - 1),
    ...(countText === undefined ? {} : { count: wholeNumber('COUNT', countText, 1, 2 ** 31 - 1) }),
    ...(until === undefined ? {} : { until }),
    ...(given as Partial<RecurrenceRule>),
    weekStart: weekStartText === undefined ? 0 : weekday('WKST', weekStartText),
    skip,
    order: [...parts.keys()],
  }
}

/**
 * Reads the value of an RRULE (without `RRULE:`), RFC 5545 §3.3.10 and RFC 7529 §4. Names and words in any case. Parts that
 * the RFC forbids together but that can only be meant one way (BYMONTHDAY in a weekly rule, an ordinal in a daily one) are
 * read: they limit, as the other parts do.
 */
export function readRule(text: string): ReadRule {
  try {
    return { rule: build(split(text)) }
  } catch (error) {
    if (error instanceof Wrong) return { problem: error.problem }
    throw error
  }
}
