import type { Zone } from './zone'

/** From `atMs` (an instant) on, `offsetMs` holds. */
export type OffsetChange = Readonly<{ atMs: number; offsetMs: number }>

/** The offset in a list of changes, sorted by their instants; before the first of them the first offset. */
export function offsetIn(changes: readonly OffsetChange[], firstOffset: number, instantMs: number): number {
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
