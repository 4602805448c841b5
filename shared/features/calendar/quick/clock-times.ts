import type { Scan } from './scan'
import { numberOf, numberPattern, wordEnd, wordStart } from './words'

/** Minutes from midnight; `to` of the same day, or of the next where it is not behind. */
export type ClockTimes = Readonly<{ from: number; to?: number }>

const pattern = (text: string): RegExp => new RegExp(`${wordStart}(?:${text})${wordEnd}`, 'iu')

const hourWords = `\\d{1,2}|${numberPattern.slice('\\d{1,3}|'.length)}`

/** Minutes of a time. `half`: am or pm, or a word for it. */
function clock(hour: number, minute: number, half = ''): number | undefined {
  if (minute > 59) return undefined
  const word = half.toLowerCase().replace(/[.\s]/g, '')
  const isLate = /^(pm|p|nachmittags?|abends?|nachts)$/.test(word)
  const isEarly = /^(am|a|morgens|früh|vormittags?)$/.test(word)
  if ((isLate || isEarly) && hour > 12) return hour < 24 ? hour * 60 + minute : undefined
  if (word === 'nachts') return (hour < 6 ? hour : hour + 12) * 60 + minute
  if (isLate) return ((hour % 12) + 12) * 60 + minute
  if (isEarly) return (hour % 12) * 60 + minute
  return hour < 24 ? hour * 60 + minute : undefined
}

/** An hour without more than that: at three is in the afternoon. */
const likely = (hour: number): number => (hour >= 1 && hour <= 6 ? hour + 12 : hour)

const half = '(am|pm|a\\.m\\.|p\\.m\\.|morgens|früh|vormittags|nachmittags|abends|nachts)'
const join = '\\s*(?:-|–|bis|to|until|till)\\s*'
const lead = '(?:(?:um|ab|von|from|at|gegen|@)\\s*)?'
const minutes = '(?:[:.](\\d\\d))?'

type Reader = Readonly<{ pattern: RegExp; read: (match: RegExpExecArray) => ClockTimes | undefined }>

const spanned = (from: number | undefined, to: number | undefined): ClockTimes | undefined =>
  from === undefined || to === undefined ? undefined : { from, to }

const readers: readonly Reader[] = [
  {
    // 9am-11:30am, 9-11am, from 2 to 4pm
    pattern: pattern(`${lead}(\\d{1,2})${minutes}\\s*${half}?${join}(\\d{1,2})${minutes}\\s*${half}`),
    read: ([, h1, m1, half1, h2, m2, half2]) => {
      const to = clock(Number(h2), Number(m2 ?? 0), half2)
      const own = clock(Number(h1), Number(m1 ?? 0), half1 ?? half2)
      const from = half1 === undefined && own !== undefined && to !== undefined && own > to ? own - 720 : own
      return spanned(from, to)
    },
  },
  {
    // 14:30-16:00, 14.30-16 Uhr, von 14 bis 16 Uhr, 14h-16h, 14-15:30
    pattern: pattern(
      `${lead}(\\d{1,2})(?:[:.](\\d\\d)|h(\\d\\d)?)?(?:\\s*uhr)?${join}(\\d{1,2})(?:(?:[:.](\\d\\d)|h(\\d\\d)?)(?:\\s*(?:uhr|h))?|\\s*uhr)`,
    ),
    read: ([, h1, m1, n1, h2, m2, n2]) =>
      spanned(clock(Number(h1), Number(m1 ?? n1 ?? 0)), clock(Number(h2), Number(m2 ?? n2 ?? 0))),
  },
  {
    pattern: pattern(`(\\d{1,2}):(\\d\\d)${join}(\\d{1,2})(?![.:/\\d])`),
    read: ([, h1, m1, h2]) => spanned(clock(Number(h1), Number(m1)), clock(Number(h2), 0)),
  },
  {
    pattern: pattern(`(?:von|from)\\s+(\\d{1,2})${join}(\\d{1,2})(?!\\.)`),
    read: ([, h1, h2]) => spanned(clock(likely(Number(h1)), 0), clock(likely(Number(h2)), 0)),
  },
  {
    pattern: pattern(`${lead}(\\d{1,2})${minutes}\\s*${half}`),
    read: ([, h, m, word]) => at(clock(Number(h), Number(m ?? 0), word)),
  },
  {
    pattern: pattern(
      `${lead}(\\d{1,2})(?:[:.](\\d\\d))?\\s*uhr(?:\\s+([0-5]\\d)(?!\\.|\\s*(?:m|h|std|stunde)))?(?:\\s+${half})?`,
    ),
    read: ([, h, m, after, word]) => at(clock(Number(h), Number(m ?? after ?? 0), word)),
  },
  { pattern: pattern(`${lead}(\\d{1,2}):(\\d\\d)`), read: ([, h, m]) => at(clock(Number(h), Number(m))) },
  {
    pattern: pattern(`${lead}(\\d{1,2})h(\\d\\d)`),
    read: ([, h, m]) => (Number(h) > 6 ? at(clock(Number(h), Number(m))) : undefined),
  },
  {
    pattern: pattern(
      `(?:um\\s+|at\\s+)?(halb|viertel nach|viertel vor|viertel|dreiviertel|half past|quarter past|quarter to)\\s+(${hourWords})(?:\\s+uhr)?`,
    ),
    read: ([, word = '', name = '']) => {
      const hour = likely(numberOf(name))
      if (hour > 24) return undefined
      const shift = {
        halb: -30,
        'viertel nach': 15,
        'viertel vor': -15,
        viertel: -45,
        dreiviertel: -15,
      } as Record<string, number>
      const english = { 'half past': 30, 'quarter past': 15, 'quarter to': -15 } as Record<string, number>
      return at(hour * 60 + (shift[word.toLowerCase()] ?? english[word.toLowerCase()] ?? 0))
    },
  },
  {
    pattern: pattern('(?:at\\s+)?(?:noon|midday)|(?:um\\s+|am\\s+)?mittags?|12 uhr mittags'),
    read: () => ({ from: 720 }),
  },
  { pattern: pattern('(?:at\\s+|um\\s+)?(?:midnight|mitternacht)'), read: () => ({ from: 0 }) },
  // "at 3", "um 8": with nothing behind it that makes a date or a place of it.
  {
    pattern: pattern(
      `(?:um|at|gegen|@)\\s*(${hourWords})(?![.:/\\d]|\\s*(?:h\\b|min|std|stunde|hour|day|tag))`,
    ),
    read: ([, name = '']) => {
      const hour = likely(numberOf(name))
      return /^(an?|ein.*)$/i.test(name) || hour > 23 ? undefined : { from: hour * 60 }
    },
  },
]

const at = (minute: number | undefined): ClockTimes | undefined =>
  minute === undefined ? undefined : { from: minute }

/** "14h" is a time where nothing else is one; "2h" is a length. */
const hourOnly: Reader = {
  pattern: pattern('(\\d{1,2})h'),
  read: ([, h]) => (Number(h) >= 7 ? at(clock(Number(h), 0)) : undefined),
}

const partsOfDay: readonly (readonly [RegExp, number])[] = [
  [
    pattern(
      '(?:am\\s+)?vormittag|in the morning|(?<=(?:tomorrow|today)\\s)morning|(?:in der\\s+)?früh|frühmorgens|morgens|(?:am\\s+)?morgen|morning',
    ),
    9 * 60,
  ],
  [pattern('(?:am\\s+)?nachmittags?|in the afternoon|afternoon'), 15 * 60],
  [pattern('(?:am\\s+)?abends?|in the evening|evening|tonight|night'), 19 * 60],
]

/** The times that a text names, words for a part of the day last. */
export function readTimes(scan: Scan): ClockTimes | undefined {
  for (const { pattern: each, read } of [...readers, hourOnly]) {
    const found = scan.first(each, 'time', read)
    if (found === undefined) continue
    return found
  }
  return undefined
}

/** "früh", "evening": only behind a word for a day, else it belongs to the title. */
export function readPartOfDay(scan: Scan): number | undefined {
  for (const [each, minute] of partsOfDay) {
    const behindDay = new RegExp(`(?<=[\\ufffc]\\s*)${each.source}`, 'iu')
    const found = scan.first(behindDay, 'time', () => minute)
    if (found !== undefined) return found
  }
  return undefined
}
