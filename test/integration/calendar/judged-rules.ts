import { expand } from '../../../electron/engine/formats/icalendar/recurrence/expand'
import type { RecurrenceSet } from '../../../electron/engine/formats/icalendar/recurrence/recurrence-set'
import { readRule } from '../../../electron/engine/formats/icalendar/recurrence/rule/read-rule'
import { ianaZone } from '../../../electron/engine/formats/icalendar/recurrence/zones/iana-zone'
import { toInstant } from '../../../electron/engine/formats/icalendar/recurrence/zones/zone'
import { drawer, randomRule } from '../../fixtures/recurrence-rules'

export type JudgedZone = readonly [name: string, spring: string, autumn: string]

/** Zones whose data Debian and ICU agree on for the years looked at, with both of their edges of summer time in 2026. */
const judgedZones: readonly JudgedZone[] = [
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

/** The first of a set, as many as wanted; stops where looking on costs too much. */
function firstOf(set: RecurrenceSet<null>, most: number, limitWallMs: number, work?: number): number[] {
  const found: number[] = []
  for (const { startWallMs, startMs } of expand(
    set,
    set.start.wallMs - 2 * dayMs,
    limitWallMs + 2 * dayMs,
    work,
  )) {
    if (startWallMs > limitWallMs || found.length >= most) break
    found.push(startMs)
  }
  return found
}

/** So many rules whose DTSTART is an instance, more than half of them near an edge of summer time. */
export function judgedRules(
  count: number,
  seed: number,
  zones: readonly JudgedZone[] = judgedZones,
  ruleOf: typeof randomRule = randomRule,
): Judged[] {
  const draw = drawer(seed)
  const cases: Judged[] = []
  const most = 40
  while (cases.length < count) {
    const [name, spring, autumn] = draw.one(zones)
    const edge = Date.parse(`${draw.one([spring, autumn])}T00:00:00Z`)
    const nearMs = draw.chance(60) ? edge - draw.below(3) * dayMs : edge - draw.below(700) * dayMs
    const baseMs = nearMs + draw.below(288) * 300_000
    const plain = ruleOf(draw)
    const reachDays = /YEARLY|MONTHLY/.test(plain) ? 6000 : 500
    // As wall times, so that the clock's changes take none away. The judge looks at every second: what is rarer than this is not asked of it.
    const before = firstOf(setOf(plain, baseMs, 'UTC'), 2 + draw.below(30), baseMs + reachDays * dayMs, 5000)
    const [, startWallMs] = before
    const lastWallMs = before.at(-1)
    const zone = ianaZone(name)
    if (startWallMs === undefined || lastWallMs === undefined || !zone) continue
    // In order of their instants the judge would have to look through the whole hour or day that no clock shows.
    const gains = zone.offsetAt(startWallMs + dayMs) > zone.offsetAt(startWallMs - dayMs)
    if (gains && /SECONDLY|MINUTELY/.test(plain)) continue
    const end = draw.below(4)
    // At an instance or a second before it, which then is the first that is left out.
    const untilMs = toInstant(zone, lastWallMs).instantMs - draw.below(2) * 1000
    if (end === 1 && untilMs < toInstant(zone, startWallMs).instantMs) continue
    const part = end === 0 ? `;COUNT=${1 + draw.below(30)}` : end === 1 ? `;UNTIL=${stamp(untilMs)}Z` : ''
    const rule = `${plain}${part}`
    const limitMs = startWallMs + reachDays * dayMs
    cases.push({
      question: {
        rule,
        start: new Date(startWallMs).toISOString().slice(0, 19),
        zone: name,
        days: reachDays,
        most,
      },
      found: firstOf(setOf(rule, startWallMs, name), most, limitMs).map(ms => ms / 1000),
    })
  }
  return cases
}
