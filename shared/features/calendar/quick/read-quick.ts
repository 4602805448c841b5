import { type ClockTimes, readPartOfDay, readTimes } from './clock-times'
import { readDays } from './dates'
import { dayText } from './days'
import { type QuickLength, readLength } from './lengths'
import { readRepeat } from './repeats'
import { type QuickToken, Scan } from './scan'
import { wordEnd, wordStart } from './words'

/** A person that was named. `address` null: by a name only. */
type QuickPerson = Readonly<{ name: string; address: string | null }>

/** What was understood of one line. */
export type QuickReading = Readonly<{
  title: string
  /** A day (2026-03-12), or a day and a time on the wall (2026-03-12T14:30). */
  start: string
  /** The first moment or day that no longer belongs to it. */
  end: string
  allDay: boolean
  /** The value of an RRULE; null for once. An UNTIL in it is a day. */
  rule: string | null
  location: string
  people: readonly QuickPerson[]
  /** The name behind a slash; null where none was given. */
  calendar: string | null
  /** How long before it somebody is reminded, as DURATION. */
  alarms: readonly string[]
  /** A name of the tz database; null where none was given. */
  zone: string | null
  /** What was understood, in the order of the text. */
  tokens: readonly QuickToken[]
}>

export type QuickContext = Readonly<{
  /** What the clock of the reader shows, as 2026-03-12T14:30. */
  now: string
  /** Says which comes first in 5/6. */
  language: 'de' | 'en'
}>

const dayMinutes = 1440

/** Quoted words are the title, whatever they say. */
function readQuoted(scan: Scan): string[] {
  const all: string[] = []
  const form = /"([^"]+)"|„([^“”"]+)[“”"]|“([^”]+)”|«([^»]+)»/u
  for (;;) {
    const found = scan.first(form, 'quoted', ([, a, b, c, d]) => a ?? b ?? c ?? d)
    if (found === undefined) return all
    all.push(found)
  }
}

const alarmUnits: readonly (readonly [RegExp, (count: number) => string])[] = [
  [/^(m|min)/i, count => `PT${count}M`],
  [/^(h|s)/i, count => `PT${count}H`],
  [/^(d|t)/i, count => `P${count}D`],
  [/^w/i, count => `P${count * 7}D`],
]

function readAlarms(scan: Scan): string[] {
  const unit = '(m|min\\.?|mins|minutes?|minuten?|h|std\\.?|hours?|stunden?|d|days?|tage?|weeks?|wochen?)'
  const form = new RegExp(
    `(?:${wordStart}(?:erinnerung|erinnere(?: mich)?|alarm|remind(?: me)?|reminder)\\s+(?:um\\s+)?(\\d{1,3})\\s*${unit}(?:\\s+(?:vorher|davor|before|earlier|ahead))?|(?<=^|\\s)!(\\d{1,3})\\s*${unit}?|${wordStart}(\\d{1,3})\\s*${unit}\\s+(?:vorher|davor)\\s+erinnern)${wordEnd}`,
    'iu',
  )
  const alarms: string[] = []
  for (;;) {
    const found = scan.first(form, 'alarm', ([, a, aUnit, b, bUnit, c, cUnit]) => {
      const word = aUnit ?? bUnit ?? cUnit ?? 'm'
      return alarmUnits.find(([each]) => each.test(word))?.[1](Number(a ?? b ?? c))
    })
    if (found === undefined) return alarms
    alarms.push(found)
  }
}

const name = `\\p{Lu}[\\p{L}'’.-]*`
const fullName = `(?:(?:Dr|Prof|Mr|Mrs|Ms|Frau|Herrn?)\\.?\\s+)*${name}(?:\\s+(?:von|van|de|zu)?\\s*${name})*`
const address = '[^\\s,;<>\\ufffc]+@[^\\s,;<>\\ufffc]+\\.[^\\s,;<>\\ufffc.]+'
const person = `(?:${address}|${fullName})`

/** Names begin with a capital; what does not is no person, and stays in the title. */
function readPeople(scan: Scan): QuickPerson[] {
  const form = new RegExp(
    `${wordStart}(?:with|With|mit|Mit)\\s+(${person}(?:\\s*(?:,|and|und|&)\\s*${person})*)`,
    'u',
  )
  const text = scan.first(form, 'people', ([, people]) => people)
  if (text === undefined) return []
  return text.split(/\s*(?:,|\band\b|\bund\b|&)\s*/u).map(each => {
    const isAddress = each.includes('@')
    return { name: isAddress ? '' : each.trim(), address: isAddress ? each.trim() : null }
  })
}

/** Behind at, in, bei: up to what was understood otherwise, or the end. */
function readPlace(scan: Scan): string {
  const form = new RegExp(
    `(?:${wordStart}(?:at|in|im|bei|beim|in der|in den|an der|auf dem|Ort:|place:)\\s+|(?<=^|\\s)@\\s?)(?:the\\s+)?([\\p{Lu}\\p{N}][^\\ufffc,;]*)`,
    'u',
  )
  const found = scan.first(form, 'place', ([, place = '']) => (place.trim() === '' ? undefined : place))
  return found?.trim().replace(/[\s,;.-]+$/u, '') ?? ''
}

/** Small words that a taken piece leaves at an end. */
const leftOver =
  /^(?:[\s,;:–-]+|(?:am|um|on|at|from|von|vom|the|den|der|ab|bis|and|und|in)(?=\s|$)\s*)+|(?:[\s,;:–-]+|\s(?:am|um|on|at|from|von|vom|the|den|der|ab|bis|and|und|in)$)+$/giu

/** A piece of a title, without what was between it and the piece that was taken. */
export const withoutLeftOver = (piece: string): string =>
  ` ${piece} `.replace(/\s+/gu, ' ').trim().replace(leftOver, '').trim()

function titleOf(scan: Scan, quoted: readonly string[]): string {
  const rest = scan.left
    .split(/\ufffc+/u)
    .map(withoutLeftOver)
    .filter(piece => piece !== '')
  return [...quoted, ...rest].join(' ').replace(/\s+/gu, ' ').trim()
}

const clockText = (minute: number): string =>
  `T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** A day and minutes from its midnight, which may be more than a day has. */
const wall = (day: number, minute: number): string =>
  `${dayText(day + Math.floor(minute / dayMinutes))}${clockText(((minute % dayMinutes) + dayMinutes) % dayMinutes)}`

const usualMinutes = 60

/** End of a time on a day, in minutes from that day's midnight. */
function endMinute({ from, to }: ClockTimes, length: QuickLength | undefined): number {
  if (to !== undefined) return to > from ? to : to + dayMinutes
  if (length && 'minutes' in length) return from + length.minutes
  return from + usualMinutes
}

/**
 * Reads one line as people write it, in German and English at once: date, time, length, repetition, place, people, /calendar, reminder and zone; the rest
 * is the title. What lies in the past is meant for the next time. Nothing is guessed that cannot be seen: the reading says all of it.
 */
export function readQuick(text: string, context: QuickContext): QuickReading {
  const scan = new Scan(text.slice(0, 1000))
  const today = Math.round(Date.parse(context.now.slice(0, 10)) / 86_400_000)
  const nowMinute = Number(context.now.slice(11, 13)) * 60 + Number(context.now.slice(14, 16))
  const dates = { today, language: context.language }
  const quoted = readQuoted(scan)
  const calendar =
    scan.first(/(?<=^|\s)\/([\p{L}][\p{L}\p{N}_-]*)(?=\s|$)/u, 'calendar', ([, found]) => found) ?? null
  const alarms = readAlarms(scan)
  const zone =
    scan.first(
      /(?<![\p{L}\p{N}])((?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/[A-Za-z_]+(?:\/[A-Za-z_]+)?|UTC)(?![\p{L}\p{N}])/u,
      'zone',
      ([, found]) => found,
    ) ?? null
  const repeat = readRepeat(scan, dates)
  const days = readDays(scan, dates)
  const times = readTimes(scan)
  const length = readLength(scan)
  const part = times ? undefined : (days?.partOfDay ?? readPartOfDay(scan))
  const clock = times ?? (part === undefined ? undefined : { from: part })
  if (times) readPartOfDay(scan)
  const people = readPeople(scan)
  const location = readPlace(scan)
  const title = titleOf(scan, quoted)

  const isPast = clock !== undefined && clock.from < nowMinute
  const earliest = today + (isPast ? 1 : 0)
  const open = days?.isOpen && days.from === today && isPast ? days.from + 7 : days?.from
  const from = repeat ? repeat.firstFrom(days ? (open ?? days.from) : earliest) : (open ?? earliest)
  const last = days?.to === undefined ? from : from + (days.to - days.from)
  const dayCount = length && 'days' in length ? length.days : 1
  const isAllDay = clock === undefined && !(length && 'minutes' in length)
  // A length without a time begins at the next full hour.
  const begins: ClockTimes = clock ?? { from: Math.min(Math.ceil((nowMinute + 1) / 60), 23) * 60 }
  return {
    title,
    start: isAllDay ? dayText(from) : wall(from, begins.from),
    end: isAllDay ? dayText(Math.max(last + 1, from + dayCount)) : wall(last, endMinute(begins, length)),
    allDay: isAllDay,
    rule: repeat ? [repeat.rule, ...(repeat.end ? [repeat.end] : [])].join(';') : null,
    location,
    people,
    calendar,
    alarms,
    zone,
    tokens: scan.tokens.toSorted((left, right) => left.from - right.from),
  }
}
