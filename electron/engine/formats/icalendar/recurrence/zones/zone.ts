import { dayMs } from '../times/civil-days'

/** A time zone: how far its clocks are ahead of UTC at an instant, in milliseconds. Of the tz database: iana-zone.ts; of a VTIMEZONE: table-zone.ts. */
export type Zone = Readonly<{ name: string; offsetAt: (instantMs: number) => number }>

export const utc: Zone = { name: 'UTC', offsetAt: () => 0 }

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
