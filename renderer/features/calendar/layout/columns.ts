import type { Day } from '../time/day'
import { minutesOfDay, type ZoneClock } from '../time/zone-clock'
import { isAboveHours, type Placeable } from './placed'

/** A shorter one is drawn so high, and counts as so long for what stands beside it: its title has to be read. */
export const leastMinutes = 20
/** More beside each other would be too narrow to read: then they lie over each other, each a step to the side. */
const mostBeside = 4
/** Of the width, for those that lie over each other. */
const stackedWidth = 0.4

/** An event between two times on the clock of one day. Fractions are of the width of the day. */
export type Block<T> = Readonly<{
  event: T
  /** Minutes on the clock; the end is at least `leastMinutes` later. */
  start: number
  end: number
  left: number
  width: number
  /** It lies over those before it. */
  isStacked: boolean
  fromBefore: boolean
  goesOn: boolean
}>

type Piece<T> = Readonly<{ event: T; start: number; end: number; fromBefore: boolean; goesOn: boolean }>

/** What is between two times of this day of those events that stand among its hours. */
function piecesOf<T extends Placeable>(events: readonly T[], day: Day, clock: ZoneClock): Piece<T>[] {
  const [dayStart, dayEnd] = [clock.startOf(day), clock.startOf(day + 1)]
  return events.flatMap(event => {
    const { span } = event
    if (span.allDay || isAboveHours(span)) return []
    const isOver = span.endMs <= dayStart && !(span.startMs === span.endMs && span.startMs === dayStart)
    if (isOver || span.startMs >= dayEnd) return []
    const fromBefore = span.startMs < dayStart
    const goesOn = span.endMs > dayEnd
    const from = fromBefore ? 0 : clock.minuteAt(span.startMs)
    const to = span.endMs >= dayEnd ? minutesOfDay : clock.minuteAt(span.endMs)
    // The clock may go back meanwhile: drawn is at least what can be read, and never beyond the day.
    const start = Math.min(from, minutesOfDay - leastMinutes)
    return [{ event, start, end: Math.max(to, start + leastMinutes), fromBefore, goesOn }]
  })
}

const comparePieces = <T extends Placeable>(a: Piece<T>, b: Piece<T>): number =>
  a.start - b.start || b.end - a.end || (a.event.key < b.event.key ? -1 : 1)

/** Pieces that hang together because each overlaps another. */
function groupsOf<T>(pieces: readonly Piece<T>[]): Piece<T>[][] {
  const groups: Piece<T>[][] = []
  let end = -1
  for (const piece of pieces) {
    if (piece.start >= end) groups.push([])
    groups.at(-1)?.push(piece)
    end = Math.max(piece.start >= end ? -1 : end, piece.end)
  }
  return groups
}

const overlap = (a: Piece<unknown>, b: Piece<unknown>): boolean => a.start < b.end && b.start < a.end

/** Lays the events of a day beside each other: each in the first column that is free, as wide as there is room to the right. */
export function layColumns<T extends Placeable>(
  events: readonly T[],
  day: Day,
  clock: ZoneClock,
): readonly Block<T>[] {
  return groupsOf(piecesOf(events, day, clock).toSorted(comparePieces)).flatMap(group => {
    const columns: Piece<T>[][] = []
    const columnOf = new Map<Piece<T>, number>()
    for (const piece of group) {
      const free = columns.findIndex(column => column.every(other => !overlap(other, piece)))
      const at = free < 0 ? columns.length : free
      columns[at] = [...(columns[at] ?? []), piece]
      columnOf.set(piece, at)
    }
    const isStacked = columns.length > mostBeside
    return group.map(piece => {
      const at = columnOf.get(piece) ?? 0
      if (isStacked)
        return {
          ...piece,
          left: (at * (1 - stackedWidth)) / (columns.length - 1),
          width: stackedWidth,
          isStacked,
        }
      const blocked = columns.findIndex(
        (column, other) => other > at && column.some(each => overlap(each, piece)),
      )
      const until = blocked < 0 ? columns.length : blocked
      return { ...piece, left: at / columns.length, width: (until - at) / columns.length, isStacked }
    })
  })
}
