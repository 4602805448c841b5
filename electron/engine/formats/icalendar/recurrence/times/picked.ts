import type { RecurrenceRule } from '../rule/rule'

/**
 * What one period gives, ascending: each of its bases (starts of days, or of the period itself) with each of the times, all of them or those at the places of
 * BYSETPOS. Nothing is built that is not asked for: a year may hold 31 million.
 */
export function* picked(
  rule: RecurrenceRule,
  bases: readonly number[],
  times: readonly number[],
): Generator<number> {
  const { bySetPosition } = rule
  if (!bySetPosition) {
    for (const base of bases) for (const time of times) yield base + time
    return
  }
  const size = bases.length * times.length
  const places = bySetPosition.map(place => (place > 0 ? place - 1 : size + place))
  for (const place of [...new Set(places)].sort((left, right) => left - right)) {
    if (place < 0 || place >= size) continue
    yield (bases[Math.floor(place / times.length)] ?? 0) + (times[place % times.length] ?? 0)
  }
}
