import type { TimeValue } from '../time-value'

/** How often a rule repeats (RFC 5545 §3.3.10), the shortest first. */
export const frequencies = ['SECONDLY', 'MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const
export type Frequency = (typeof frequencies)[number]

/** Days of the week as they are written; their place here is their number in this folder: 0 is Monday. */
export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const

/** One entry of BYDAY. `ordinal`: the how manieth of the month or year, negative from its end, absent for every one. */
export type ByDay = Readonly<{ weekday: number; ordinal?: number }>

/** What becomes of a date that does not exist, as 30 February (RFC 7529 §4.1). */
export type Skip = 'OMIT' | 'BACKWARD' | 'FORWARD'

/** The parts of a rule by their names in RFC 5545 and RFC 7529. */
export type PartName =
  | 'RSCALE'
  | 'FREQ'
  | 'UNTIL'
  | 'COUNT'
  | 'INTERVAL'
  | 'BYSECOND'
  | 'BYMINUTE'
  | 'BYHOUR'
  | 'BYDAY'
  | 'BYMONTHDAY'
  | 'BYYEARDAY'
  | 'BYWEEKNO'
  | 'BYMONTH'
  | 'BYSETPOS'
  | 'WKST'
  | 'SKIP'

/**
 * A recurrence rule (RFC 5545 §3.3.10, RFC 7529). A list that is absent is a part that the rule does not have; no list is
 * empty.
 */
export type RecurrenceRule = Readonly<{
  frequency: Frequency
  /** 1 or more. */
  interval: number
  /** How many instances there are in all, DTSTART counted, before any is excluded. Never beside `until`. */
  count?: number
  /** The last moment at which an instance may begin. */
  until?: TimeValue
  /** 0 to 60. */
  bySecond?: readonly number[]
  byMinute?: readonly number[]
  byHour?: readonly number[]
  byDay?: readonly ByDay[]
  /** 1 to 31, or -31 to -1 from the month's end. */
  byMonthDay?: readonly number[]
  /** 1 to 366, or -366 to -1 from the year's end. */
  byYearDay?: readonly number[]
  /** 1 to 53, or -53 to -1 from the year's last week. */
  byWeekNumber?: readonly number[]
  /** 1 to 12. */
  byMonth?: readonly number[]
  /** 1 to 366 and their negatives: places in what the other parts made of one period. */
  bySetPosition?: readonly number[]
  /** The day on which a week begins, 0 for Monday (which is what holds without WKST). */
  weekStart: number
  skip: Skip
  /** The parts in the order in which they were written, so that a rule can be written back as it was. */
  order?: readonly PartName[]
}>
