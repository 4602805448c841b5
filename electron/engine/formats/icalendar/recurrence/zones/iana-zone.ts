import { civilOf, dayMs, dayNumber, dayOf } from '../times/civil-days'
import { type OffsetChange, offsetIn } from './table-zone'
import type { Zone } from './zone'

/**
 * Changes that undo each other within a step would not be seen. Of all zones of tz 2025b the nearest are 3.99 days apart before
 * 1970 (Freetown, 1939) and 6.96 after (Recife, 2000).
 */
const stepDays = (year: number): number => (year < 1970 ? 3 : 6)

/** The tz database has no change before 1835, and none but by fixed rules, which repeat every 400 years, after 2087. */
const firstYear = 1800
const lastYear = 2499
const yearsOfCycle = 400
const cycleMs = 146_097 * dayMs

const yearStart = (year: number): number => dayNumber(year, 1, 1) * dayMs

/** A stretch of time with one offset, `from` included and `to` not. */
type Stretch = Readonly<{ from: number; to: number; offsetMs: number }>

type YearOfZone = Readonly<{ first: number; changes: readonly OffsetChange[] }>

/** Asks ICU some seventy times a year of a zone, once, and remembers the changes: each question costs microseconds. */
class IanaZone implements Zone {
  readonly name: string
  readonly #format: Intl.DateTimeFormat
  readonly #years = new Map<number, YearOfZone>()
  /** The last that was asked for: what is asked next lies in it nearly always. */
  #stretch: Stretch = { from: 0, to: 0, offsetMs: 0 }

  constructor(name: string) {
    this.name = name
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  }

  readonly offsetAt = (instantMs: number): number => {
    if (instantMs >= this.#stretch.from && instantMs < this.#stretch.to) return this.#stretch.offsetMs
    this.#stretch = this.#stretchAt(instantMs)
    return this.#stretch.offsetMs
  }

  #ask(instantMs: number): number {
    const [month = 1, day = 1, year = 1, hour = 0, minute = 0, second = 0] = (
      this.#format.format(instantMs).match(/\d+/g) ?? []
    ).map(Number)
    const wallMs = dayNumber(year, month, day) * dayMs + ((hour * 60 + minute) * 60 + second) * 1000
    return wallMs - Math.floor(instantMs / 1000) * 1000
  }

  /** The instant, to the second, from which on the offset is no longer the one at `from`. */
  #changeBetween(from: number, to: number, before: number): number {
    let low = from
    let high = to
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000
      if (this.#ask(middle) === before) low = middle
      else high = middle
    }
    return high
  }

  #year(year: number): YearOfZone {
    const known = this.#years.get(year)
    if (known) return known
    const end = yearStart(year + 1)
    let at = yearStart(year)
    let offset = this.#ask(at)
    const first = offset
    const changes: OffsetChange[] = []
    while (at < end) {
      const next = Math.min(at + stepDays(year) * dayMs, end)
      const offsetMs = this.#ask(next)
      if (offsetMs !== offset) changes.push({ atMs: this.#changeBetween(at, next, offset), offsetMs })
      at = next
      offset = offsetMs
    }
    const made = { first, changes }
    this.#years.set(year, made)
    return made
  }

  #stretchAt(instantMs: number): Stretch {
    const { year } = civilOf(dayOf(instantMs))
    if (!(year >= firstYear)) {
      const { first } = this.#year(firstYear)
      return { from: Number.NEGATIVE_INFINITY, to: yearStart(firstYear), offsetMs: first }
    }
    const cycles = year > lastYear ? Math.ceil((year - lastYear) / yearsOfCycle) : 0
    const shiftMs = cycles * cycleMs
    const { first, changes } = this.#year(year - cycles * yearsOfCycle)
    const within = instantMs - shiftMs
    return {
      from: shiftMs + (changes.findLast(({ atMs }) => atMs <= within)?.atMs ?? yearStart(year) - shiftMs),
      to: shiftMs + (changes.find(({ atMs }) => atMs > within)?.atMs ?? yearStart(year + 1) - shiftMs),
      offsetMs: offsetIn(changes, first, within),
    }
  }
}

const zones = new Map<string, Zone>()
/** Names are found whatever their case, so there are more ways to write them than there are zones. */
const mostZones = 1000

/** A zone of the tz database by its name, with the data that this program's ICU carries; undefined for a name it has not. */
export function ianaZone(name: string): Zone | undefined {
  const known = zones.get(name)
  if (known) return known
  if (name.length > 100) return undefined
  try {
    const zone: Zone = new IanaZone(name)
    if (zones.size >= mostZones) zones.clear()
    zones.set(name, zone)
    return zone
  } catch {
    return undefined
  }
}
