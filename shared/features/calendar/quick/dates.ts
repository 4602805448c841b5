import { addMonths, partsOf, realDay, weekdayFrom } from './days'
import type { Scan } from './scan'
import {
  monthOf,
  monthPattern,
  numberOf,
  numberPattern,
  weekdayOf,
  weekdayPattern,
  wordEnd,
  wordStart,
} from './words'

/** Days that were named: one, or from one to another, both counted. `isOpen`: a weekday, which may be today's. */
export type Days = Readonly<{ from: number; to?: number; isOpen?: true; partOfDay?: number }>

export type DateContext = Readonly<{ today: number; language: 'de' | 'en' }>

const pattern = (text: string): RegExp => new RegExp(`${wordStart}(?:${text})${wordEnd}`, 'iu')
const patternOpen = (text: string): RegExp => new RegExp(`${wordStart}(?:${text})`, 'iu')

const yearOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : text.length === 2 ? 2000 + Number(text) : Number(text)

/** A date without a year is the next such: what lies before today is meant for next year. */
function dated(context: DateContext, day: number, month: number, year?: number): number | undefined {
  if (year !== undefined) return realDay(year, month, day)
  const { year: now } = partsOf(context.today)
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const found = realDay(now + ahead, month, day)
    if (found !== undefined && found >= context.today) return found
  }
  return undefined
}

const range = (from: number | undefined, to: number | undefined): Days | undefined =>
  from === undefined || to === undefined || to < from || to - from > 366 ? undefined : { from, to }

const join = '\\s*(?:-|–|bis(?: zum)?|to|until|through)\\s*'
const year = '(?:\\s*,?\\s*(\\d{4}))?'
const lead = '(?:(?:am|den|vom|von|ab|on|from|the|zum)\\s+)*'
const dayNumber = '(\\d{1,2})(?:\\.|st|nd|rd|th)?'

type Reader = Readonly<{
  pattern: RegExp
  read: (match: RegExpExecArray, context: DateContext) => Days | undefined
}>

const ranges: readonly Reader[] = [
  {
    pattern: pattern(`${lead}(\\d{4})-(\\d\\d)-(\\d\\d)${join}(\\d{4})-(\\d\\d)-(\\d\\d)`),
    read: ([, y1, m1, d1, y2, m2, d2]) =>
      range(realDay(Number(y1), Number(m1), Number(d1)), realDay(Number(y2), Number(m2), Number(d2))),
  },
  {
    // 12.-14.3., 12.3.-14.3.2027
    pattern: patternOpen(
      `${lead}(\\d{1,2})\\.(?:(\\d{1,2})\\.)?(?:(\\d{4}))?${join}(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4}|\\d{2}(?!\\d|:))?`,
    ),
    read: ([, d1, m1, y1, d2, m2, y2], context) => {
      const to = dated(context, Number(d2), Number(m2), yearOf(y2))
      if (to === undefined) return undefined
      const month = m1 === undefined ? Number(m2) : Number(m1)
      const yearFrom = yearOf(y1) ?? partsOf(to).year - (month > Number(m2) ? 1 : 0)
      return range(realDay(yearFrom, month, Number(d1)), to)
    },
  },
  {
    // 12. bis 14. März, 12-14 March 2027, 28. Feb. - 2. März
    pattern: pattern(
      `${lead}${dayNumber}(?:\\s*(${monthPattern})\\.?)?${join}${dayNumber}\\s*(?:of\\s+)?(${monthPattern})\\.?${year}`,
    ),
    read: ([, d1, m1, d2, m2 = '', y], context) => {
      const to = dated(context, Number(d2), monthOf(m2), yearOf(y))
      if (to === undefined) return undefined
      const month = m1 === undefined ? monthOf(m2) : monthOf(m1)
      return range(realDay(partsOf(to).year - (month > monthOf(m2) ? 1 : 0), month, Number(d1)), to)
    },
  },
  {
    // March 12-14
    pattern: pattern(
      `${lead}(${monthPattern})\\.?\\s+${dayNumber}${join}(?:(${monthPattern})\\.?\\s+)?${dayNumber}(?!:|\\s*[ap]m)${year}`,
    ),
    read: ([, m1 = '', d1, m2, d2, y], context) => {
      const month = m2 === undefined ? monthOf(m1) : monthOf(m2)
      const to = dated(context, Number(d2), month, yearOf(y))
      return to === undefined
        ? undefined
        : range(realDay(partsOf(to).year - (monthOf(m1) > month ? 1 : 0), monthOf(m1), Number(d1)), to)
    },
  },
  {
    pattern: pattern(`${lead}(${weekdayPattern})${join}(${weekdayPattern})`),
    read: ([, first = '', last = ''], { today }) => {
      const from = weekdayFrom(today, weekdayOf(first))
      return { from, to: weekdayFrom(from, weekdayOf(last)) }
    },
  },
]

const daysIn: Readonly<Record<string, number>> = { d: 1, t: 1, w: 7 }

const singles: readonly Reader[] = [
  {
    pattern: pattern(`${lead}(\\d{4})-(\\d\\d)-(\\d\\d)`),
    read: ([, y, m, d]) => one(realDay(Number(y), Number(m), Number(d))),
  },
  {
    pattern: patternOpen(`${lead}(\\d{1,2})\\.\\s?(\\d{1,2})\\.(\\d{4}|\\d{2}(?!\\d|:))?${wordEnd}`),
    read: ([, d, m, y], context) => one(dated(context, Number(d), Number(m), yearOf(y))),
  },
  {
    pattern: pattern(`${lead}${dayNumber}\\s*(?:of\\s+)?(${monthPattern})\\.?${year}`),
    read: ([, d, m = '', y], context) => one(dated(context, Number(d), monthOf(m), yearOf(y))),
  },
  {
    pattern: pattern(`${lead}(${monthPattern})\\.?\\s+${dayNumber}(?!:|\\s*(?:[ap]m|uhr|h\\b))${year}`),
    read: ([, m = '', d, y], context) => one(dated(context, Number(d), monthOf(m), yearOf(y))),
  },
  {
    // 5/6: the month first in English, the day first in German.
    pattern: pattern(`${lead}(\\d{1,2})/(\\d{1,2})(?:/(\\d{4}|\\d{2}))?`),
    read: ([, first, second, y], context) => {
      const [month, day] = context.language === 'de' ? [second, first] : [first, second]
      return one(
        dated(context, Number(day), Number(month), yearOf(y)) ??
          dated(context, Number(month), Number(day), yearOf(y)),
      )
    },
  },
  {
    pattern: pattern('day after tomorrow|übermorgen|uebermorgen'),
    read: (_, { today }) => ({ from: today + 2 }),
  },
  {
    pattern: pattern('(?:heute|today|tonight|this evening|this afternoon|this morning)'),
    read: ([word = ''], { today }) => ({ from: today, ...partIn(word) }),
  },
  { pattern: pattern('tomorrow|tmrw'), read: (_, { today }) => ({ from: today + 1 }) },
  // "morgen früh" is tomorrow, "Freitag morgen" is in the morning.
  {
    pattern: new RegExp(`(?<!(?:${weekdayPattern}|heute|am)\\s)${wordStart}morgen${wordEnd}`, 'iu'),
    read: ([word = ''], { today }) => (word === 'Morgen' ? undefined : { from: today + 1 }),
  },
  {
    pattern: pattern(
      `in\\s+(${numberPattern})\\s+(days?|weeks?|months?|years?|tage?n?|wochen?|monate?n?|jahre?n?)`,
    ),
    read: ([, count = '', unit = ''], { today }) => {
      const number = numberOf(count)
      const step = daysIn[unit[0]?.toLowerCase() ?? '']
      if (step !== undefined) return { from: today + number * step }
      return { from: addMonths(today, /^[jy]/i.test(unit) ? number * 12 : number) }
    },
  },
  {
    pattern: pattern(
      `(?:next week|nächste woche|kommende woche)\\s+(?:on\\s+|am\\s+)?(${weekdayPattern})|(${weekdayPattern})\\s+(?:next week|nächste woche|in einer woche)`,
    ),
    read: ([, before, after], { today }) => {
      const monday = weekdayFrom(today + 1, 0)
      return { from: monday + weekdayOf(before ?? after ?? '') }
    },
  },
  {
    pattern: pattern('next week|nächste woche|kommende woche'),
    read: (_, { today }) => ({ from: weekdayFrom(today + 1, 0) }),
  },
  {
    pattern: pattern(`(?:next|nächsten|nächster|nächste|kommenden|kommender)\\s+(${weekdayPattern})`),
    read: ([, word = ''], { today }) => ({ from: weekdayFrom(today + 1, weekdayOf(word)) }),
  },
  {
    pattern: pattern(`(?:(?:am|on|this|diesen|dieser|den)\\s+)?(${weekdayPattern})\\.?`),
    read: ([word = '', name = ''], { today }) => {
      // "so", "do", "mi" are words in a sentence, and days only where they are written as such.
      const isShort = name.length === 2
      if (isShort && !/^(Mo|Di|Mi|Do|Fr|Sa|So|MO|DI|MI|DO|FR|SA|SO)$/.test(name)) return undefined
      if (/^(sun|sat|wed|mon)$/.test(name) && word === name) return undefined
      return { from: weekdayFrom(today, weekdayOf(name)), isOpen: true }
    },
  },
  {
    pattern: pattern(`(?:am|on the|the)\\s+(\\d{1,2})(?:\\.|st|nd|rd|th)`.replace(/$/, '(?!\\d)')),
    read: ([, d], { today }) => {
      const { year: now, month } = partsOf(today)
      for (let ahead = 0; ahead < 12; ahead += 1) {
        const found = realDay(
          now + Math.floor((month - 1 + ahead) / 12),
          ((month - 1 + ahead) % 12) + 1,
          Number(d),
        )
        if (found !== undefined && found >= today) return { from: found }
      }
      return undefined
    },
  },
]

const one = (day: number | undefined): Days | undefined => (day === undefined ? undefined : { from: day })

/** "tonight" is a date and a time. */
const partIn = (word: string): Pick<Days, 'partOfDay'> => {
  if (/tonight|evening/i.test(word)) return { partOfDay: 19 * 60 }
  if (/afternoon/i.test(word)) return { partOfDay: 15 * 60 }
  return /this morning/i.test(word) ? { partOfDay: 9 * 60 } : {}
}

/** The days that a text names. A weekday beside a date is taken along: the date holds. */
export function readDays(scan: Scan, context: DateContext): Days | undefined {
  for (const { pattern: each, read } of [...ranges, ...singles]) {
    const found = scan.first(each, 'date', match => read(match, context))
    if (found === undefined) continue
    if (!found.isOpen)
      scan.first(pattern(`(?:(?:am|on)\\s+)?(?:${weekdayPattern}),?`), 'date', ([word = '']) =>
        word.length > 2 ? true : undefined,
      )
    return found
  }
  return undefined
}

/** One day, for the end of a repetition. */
export function readDay(text: string, context: DateContext): number | undefined {
  for (const { pattern: each, read } of singles) {
    const match = each.exec(text)
    const found = match && match.index === 0 ? read(match, context) : undefined
    if (found) return found.from
  }
  return undefined
}
