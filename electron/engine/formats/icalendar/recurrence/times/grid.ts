import type { RecurrenceRule } from '../rule/rule'

/** The next of a sequence, undefined behind its last. A function and not a generator: these are asked millions of times. */
export type Next<Value> = () => Value | undefined

/** What one period gives, ascending: each base with each time. Nothing is multiplied out, as a year may hold 31 million. */
export type Grid = Readonly<{ bases: readonly number[]; times: readonly number[] }>

const emptyGrid: Grid = { bases: [], times: [] }

const noTimes: readonly number[] = [0]

/** A function that leaves of a period's grid what BYSETPOS names; all of it where a rule has none (RFC 5545 §3.3.10). */
export function picker({ bySetPosition }: RecurrenceRule): (grid: Grid) => Grid {
  if (!bySetPosition) return grid => grid
  const positions = [...new Set(bySetPosition)]
  return ({ bases, times }) => {
    const size = bases.length * times.length
    const places = positions
      .map(place => (place > 0 ? place - 1 : size + place))
      .filter(place => place >= 0 && place < size)
      .sort((left, right) => left - right)
    const picked = [...new Set(places)].map(
      place => (bases[Math.floor(place / times.length)] ?? 0) + (times[place % times.length] ?? 0),
    )
    return { bases: picked, times: noTimes }
  }
}

/** Reads one grid after the other, until there is none. */
export function readGrids(nextGrid: Next<Grid>): Next<number> {
  let grid = emptyGrid
  let base = 0
  let time = 0
  return () => {
    while (base >= grid.bases.length) {
      const next = nextGrid()
      if (!next) return undefined
      grid = next.times.length === 0 ? emptyGrid : next
      base = 0
    }
    const value = (grid.bases[base] ?? 0) + (grid.times[time] ?? 0)
    time++
    if (time >= grid.times.length) {
      time = 0
      base++
    }
    return value
  }
}
