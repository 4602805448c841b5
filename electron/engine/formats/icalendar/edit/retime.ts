import type { EventFields } from '../../../../../shared/features/calendar/model'
import { SiegelError } from '../../../../../shared/kit/result'
import type { EventComponent } from '../event/read-event'
import { dayMs } from '../recurrence/times/civil-days'
import { toWall } from '../recurrence/zones/zone'
import { type Component, propertyOf, withLine } from '../text/component'
import { makeLine } from '../text/content-line'
import { readDuration, writeDuration } from '../text/values'
import {
  asWritten,
  atInstant,
  likeWall,
  timeLine,
  type WrittenTime,
  writtenTime,
  zoneOf,
} from './written-time'

const hourMs = 3_600_000

/** When a component is to take place: a new start, and its end, a length, or what it had. */
export type Times = Readonly<{
  start: WrittenTime
  /** Null: no end and no length. */
  end?: WrittenTime | null
  duration?: string
}>

/** The times in what a person said; undefined where nothing is said of them. */
export function timesIn(fields: EventFields, before: WrittenTime): Times | undefined {
  const { start, end, duration } = fields
  if (start === undefined && end === undefined && duration === undefined) return undefined
  if (end !== undefined && duration !== undefined) throw new SiegelError('event-end-impossible')
  const written = start === undefined ? before : writtenTime(start)
  if (duration !== undefined && readDuration(duration) === undefined)
    throw new SiegelError('event-length-impossible', { detail: duration })
  return {
    start: written,
    ...(end === undefined ? {} : { end: end === null ? null : writtenTime(end) }),
    ...(duration === undefined ? {} : { duration }),
  }
}

/** Throws `event-end-impossible` (before the start, or a day beside a time), `event-length-impossible`. */
function checkEnd({ start, end, duration }: Times): void {
  if (duration !== undefined) {
    const read = readDuration(duration)
    const isDay = start.value.form === 'date'
    if (read === undefined || read.days < 0 || read.ms < 0 || (isDay && read.days === 0 && read.ms < dayMs))
      throw new SiegelError('event-length-impossible', { detail: duration })
  }
  if (end === undefined || end === null) return
  const isOtherForm = (end.value.form === 'date') !== (start.value.form === 'date')
  const isBefore = atInstant(end.value) < atInstant(start.value)
  const isNoDay = start.value.form === 'date' && end.value.wallMs <= start.value.wallMs
  if (isOtherForm || isBefore || isNoDay) throw new SiegelError('event-end-impossible')
}

/** The end that a component keeps when only its start moves: what the wall shows moves alike, in the zone that the end has. */
function endAfterMove(event: EventComponent, start: WrittenTime): WrittenTime | null {
  const { end } = event
  if (end === null) return null
  const [from, to] = [asWritten(event.start), start]
  const isDay = to.value.form === 'date'
  // Between days and times only the usual length is left: an hour, a day.
  if ((from.value.form === 'date') !== isDay) return likeWall(to, to.value.wallMs + (isDay ? dayMs : hourMs))
  const wallLength = end.value.wallMs - from.value.wallMs
  const isSameZone = end.tzid === from.tzid && end.value.form === from.value.form
  if (isSameZone) return likeWall(to, to.value.wallMs + wallLength)
  // An end in a zone of its own stays there, as long after the start as before.
  const endMs = atInstant(to.value) + atInstant(end.value) - atInstant(from.value)
  return likeWall(asWritten(end), toWall(zoneOf(end.value), endMs))
}

/** Puts a component at other times. Only lines whose times change are written anew. */
export function retimed(event: EventComponent, times: Times): Component {
  checkEnd(times)
  const { start, end, duration } = times
  const moved = withLine(event.component, 'DTSTART', timeLine('DTSTART', start))
  const hasDuration = propertyOf(event.component, 'DURATION') !== undefined
  if (duration !== undefined) {
    const read = readDuration(duration)
    const text = read === undefined ? duration : writeDuration(read)
    return withLine(withLine(moved, 'DTEND', null), 'DURATION', makeLine('DURATION', text))
  }
  if (end === null) return withLine(withLine(moved, 'DTEND', null), 'DURATION', null)
  if (end !== undefined) return withLine(withLine(moved, 'DURATION', null), 'DTEND', timeLine('DTEND', end))
  if (hasDuration) {
    // A day lasts no hours.
    const isMixed = (start.value.form === 'date') !== (event.start.value.form === 'date')
    return isMixed ? withLine(moved, 'DURATION', null) : moved
  }
  const kept = endAfterMove(event, start)
  if (kept === null) return moved
  return withLine(moved, 'DTEND', timeLine('DTEND', kept))
}
