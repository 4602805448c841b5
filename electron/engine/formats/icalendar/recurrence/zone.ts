/** A time zone: how far its clocks are ahead of UTC at an instant, in milliseconds. */
export type Zone = Readonly<{ name: string; offsetAt: (instantMs: number) => number }>

export const utc: Zone = { name: 'UTC', offsetAt: () => 0 }

/** From `atMs` (an instant) on, `offsetMs` holds. */
export type OffsetChange = Readonly<{ atMs: number; offsetMs: number }>

/** The offset in a list of changes, sorted by their instants; before the first of them the first offset. */
function offsetIn(changes: readonly OffsetChange[], firstOffset: number, instantMs: number): number {
  let low = 0
  let high = changes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((changes[middle]?.atMs ?? 0) <= instantMs) low = middle + 1
    else high = middle
  }
  return changes[low - 1]?.offsetMs ?? firstOffset
}

/** A zone by a table, as a VTIMEZONE of no known name makes one. `changes` sorted by `atMs`. */
export const tableZone = (name: string, firstOffsetMs: number, changes: readonly OffsetChange[]): Zone => ({
  name,
  offsetAt: instantMs => offsetIn(changes, firstOffsetMs, instantMs),
})

const dayMs = 86_400_000
/** Changes that undo each other within this time would not be seen; the tz database has none since 1900. */
const stepMs = 3 * dayMs
const earliestMs = -62_135_596_800_000
const latestMs = Date.UTC(9999, 11, 30)

type YearOfZone = Readonly<{ first: number; changes: readonly OffsetChange[] }>

/** Asks ICU a few hundred times a year of a zone, once, and remembers the changes: each question costs microseconds. */
class IanaZone {
  readonly name: string
  readonly #format: Intl.DateTimeFormat
  readonly #years = new Map<number, YearOfZone>()

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

  #ask(instantMs: number): number {
    const [month = 1, day = 1, year = 1, hour = 0, minute = 0, second = 0] = (
      this.#format.format(instantMs).match(/\d+/g) ?? []
    ).map(Number)
    const wall = new Date(0)
    wall.setUTCFullYear(year, month - 1, day)
    wall.setUTCHours(hour, minute, second)
    return wall.getTime() - Math.floor(instantMs / 1000) * 1000
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
      const next = Math.min(at + stepMs, end)
      const offsetMs = this.#ask(next)
      if (offsetMs !== offset) changes.push({ atMs: this.#changeBetween(at, next, offset), offsetMs })
      at = next
      offset = offsetMs
    }
    const made = { first, changes }
    this.#years.set(year, made)
    return made
  }

  offsetAt(instantMs: number): number {
    const within = Math.min(Math.max(instantMs, earliestMs), latestMs)
    const { first, changes } = this.#year(new Date(within).getUTCFullYear())
    return changes.length === 0 ? first : offsetIn(changes, first, within)
  }
}

function yearStart(year: number): number {
  const start = new Date(0)
  start.setUTCFullYear(year, 0, 1)
  return start.getTime()
}

const zones = new Map<string, Zone>()

/** A zone of the tz database by its name, with the data that this program's ICU carries; undefined for a name it has not. */
export function ianaZone(name: string): Zone | undefined {
  const known = zones.get(name)
  if (known) return known
  if (name.length > 100) return undefined
  try {
    const made = new IanaZone(name)
    const zone: Zone = { name, offsetAt: instantMs => made.offsetAt(instantMs) }
    zones.set(name, zone)
    return zone
  } catch {
    return undefined
  }
}

/** What the zone's clocks show at an instant, as milliseconds (see TimeValue). */
export const toWall = (zone: Zone, instantMs: number): number => instantMs + zone.offsetAt(instantMs)

/**
 * The instant at which a zone's clocks show this. A time that is shown twice is the first, one that is left out is taken
 * with the offset that held before (RFC 5545 §3.3.5); `isInGap` says the latter.
 */
export function toInstant(zone: Zone, wallMs: number): { instantMs: number; isInGap: boolean } {
  const before = zone.offsetAt(wallMs - dayMs)
  const after = zone.offsetAt(wallMs + dayMs)
  const first = wallMs - before
  if (before === after || zone.offsetAt(first) === before) return { instantMs: first, isInGap: false }
  const second = wallMs - after
  return zone.offsetAt(second) === after
    ? { instantMs: second, isInGap: false }
    : { instantMs: first, isInGap: true }
}
