import { instancesBetween } from '../../../../../../../electron/engine/formats/icalendar/recurrence/expand'
import type { RecurrenceSet } from '../../../../../../../electron/engine/formats/icalendar/recurrence/recurrence-set'
import { readRule } from '../../../../../../../electron/engine/formats/icalendar/recurrence/rule/read-rule'
import { ianaZone } from '../../../../../../../electron/engine/formats/icalendar/recurrence/zones/iana-zone'

/** Zones whose data Debian and ICU agree on for the years looked at, with both of their edges of summer time in 2026. */
const zones: readonly (readonly [string, string, string])[] = [
  ['Europe/Berlin', '2026-03-29', '2026-10-25'],
  ['America/New_York', '2026-03-08', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-04-05', '2026-10-04'],
  ['Asia/Kathmandu', '2026-03-29', '2026-10-25'],
  ['America/St_Johns', '2026-03-08', '2026-11-01'],
  ['Europe/Dublin', '2026-03-29', '2026-10-25'],
  ['Pacific/Auckland', '2026-04-05', '2026-09-27'],
  ['America/Santiago', '2026-04-05', '2026-09-06'],
  ['Africa/Cairo', '2026-04-24', '2026-10-30'],
  ['Pacific/Apia', '2011-12-30', '2011-09-24'],
  ['Asia/Jerusalem', '2026-03-27', '2026-10-25'],
  ['UTC', '2026-02-28', '2026-12-31'],
]

const dayMs = 86_400_000

/** Numbers of a seed (a linear congruence), the same on every machine. */
function drawer(seed: number) {
  let state = seed >>> 0
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  const one = <Value>(list: readonly Value[]): Value => list[below(list.length)] as Value
  const some = (most: number, make: () => number): string =>
    [...new Set(Array.from({ length: 1 + below(most) }, make))].join(',')
  return { below, one, some, chance: (percent: number) => below(100) < percent }
}

type Draw = ReturnType<typeof drawer>

const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/**
 * A rule of random parts. Left out, as python-dateutil is known to differ from the RFC there (docs/verification.md): BYWEEKNO
 * without BYDAY, ordinals beside plain days, BYSETPOS in weeks (its first week begins at DTSTART).
 */
function randomRule({ below, one, some, chance }: Draw): string {
  const frequency = one([
    'YEARLY',
    'YEARLY',
    'MONTHLY',
    'MONTHLY',
    'WEEKLY',
    'DAILY',
    'HOURLY',
    'MINUTELY',
    'SECONDLY',
  ])
  const isLong = frequency === 'YEARLY' || frequency === 'MONTHLY'
  const parts = [`FREQ=${frequency}`]
  if (chance(40)) parts.push(`INTERVAL=${1 + below(frequency === 'YEARLY' ? 3 : 7)}`)
  if (chance(25)) parts.push(`BYMONTH=${some(4, () => 1 + below(12))}`)
  const signed = (most: number) => (chance(30) ? -1 : 1) * (1 + below(most))
  const hasWeeks = frequency === 'YEARLY' && chance(25)
  if (hasWeeks) parts.push(`BYWEEKNO=${some(4, () => (chance(20) ? -1 - below(3) : 1 + below(53)))}`)
  if (frequency !== 'WEEKLY' && !hasWeeks && chance(25)) parts.push(`BYMONTHDAY=${some(6, () => signed(31))}`)
  else if (frequency === 'YEARLY' && !hasWeeks && chance(25))
    parts.push(`BYYEARDAY=${some(6, () => signed(366))}`)
  if (hasWeeks || chance(45)) {
    const hasOrdinal = isLong && !hasWeeks && chance(50)
    const day = () => `${hasOrdinal ? signed(frequency === 'MONTHLY' ? 4 : 5) : ''}${one(days)}`
    parts.push(`BYDAY=${[...new Set(Array.from({ length: 1 + below(4) }, day))].join(',')}`)
  }
  if (chance(20)) parts.push(`BYHOUR=${some(4, () => below(24))}`)
  if (chance(20)) parts.push(`BYMINUTE=${some(3, () => below(60))}`)
  if (chance(8)) parts.push(`BYSECOND=${some(2, () => below(60))}`)
  if (frequency !== 'WEEKLY' && parts.some(part => part.startsWith('BY')) && chance(20))
    parts.push(`BYSETPOS=${some(2, () => signed(3))}`)
  if (chance(20)) parts.push(`WKST=${one(['SU', 'MO', 'WE'])}`)
  return parts.join(';')
}

/** What the judge is asked, and what was found here, in seconds. */
export type Judged = Readonly<{
  question: { rule: string; start: string; zone: string; days: number; most: number }
  found: readonly number[]
}>

function setOf(rule: string, wallMs: number, zoneName: string): RecurrenceSet<null> {
  const zone = ianaZone(zoneName)
  const read = readRule(rule)
  if (!zone || 'problem' in read) throw new Error(`${zoneName} ${rule} ${JSON.stringify(read)}`)
  return {
    start: { form: 'local', wallMs },
    length: { days: 0, ms: 0 },
    zone,
    rules: [read.rule],
    dates: [],
    excluded: [],
    overrides: [],
  }
}

const stamp = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, '')

/** So many rules whose DTSTART is an instance, half of them near an edge of summer time. */
export function judgedRules(count: number, seed: number): Judged[] {
  const draw = drawer(seed)
  const cases: Judged[] = []
  const most = 40
  while (cases.length < count) {
    const [zone, spring, autumn] = draw.one(zones)
    const edge = Date.parse(`${draw.one([spring, autumn])}T00:00:00Z`)
    const nearMs = draw.chance(60) ? edge - draw.below(3) * dayMs : edge - draw.below(700) * dayMs
    const baseMs = nearMs + draw.below(288) * 300_000
    const plain = randomRule(draw)
    const isLong = /YEARLY|MONTHLY/.test(plain)
    const reachDays = isLong ? 6000 : 500
    const base = setOf(plain, baseMs, zone)
    // What is longer than this is judged where it is dense: the judge looks at every second.
    const before = instancesBetween(base, baseMs, baseMs + reachDays * dayMs, 30_000).instances
    const start = before[1]
    if (!start) continue
    const end = draw.below(4)
    const last = before[Math.min(before.length - 1, 1 + draw.below(30))] ?? start
    const rule =
      end === 0
        ? `${plain};COUNT=${1 + draw.below(30)}`
        : end === 1
          ? `${plain};UNTIL=${stamp(last.startMs - draw.below(2) * 1000)}Z`
          : plain
    if (end === 1 && last.startMs <= start.startMs) continue
    const limitMs = start.startWallMs + reachDays * dayMs
    const { instances } = firstOf(setOf(rule, start.startWallMs, zone), most, limitMs)
    cases.push({
      question: {
        rule,
        start: new Date(start.startWallMs).toISOString().slice(0, 19),
        zone,
        days: reachDays,
        most,
      },
      found: instances,
    })
  }
  return cases
}

function firstOf(set: RecurrenceSet<null>, most: number, limitWallMs: number): { instances: number[] } {
  const { instances } = instancesBetween(set, set.start.wallMs - 2 * dayMs, limitWallMs + 2 * dayMs, 60_000)
  return {
    instances: instances
      .filter(({ startWallMs }) => startWallMs <= limitWallMs)
      .slice(0, most)
      .map(({ startMs }) => startMs / 1000),
  }
}
