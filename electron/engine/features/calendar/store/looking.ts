import type { CalendarId, EventId, EventInstance } from '../../../../../shared/features/calendar/model'
import { detailOf } from '../../../formats/icalendar/shown/detail'
import {
  type Occurrence,
  occurrencesBetween,
  plainOccurrence,
  readerZone,
} from '../../../formats/icalendar/shown/occurrences'
import type { CalendarStore } from '../../../ports/calendar/calendar-store'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'
import type { ObjectIndex } from './object-index'

/** Events that one answer holds: forty a day for more than a year. */
const mostEvents = 20_000

type Row = { id: number; calendar: number }

const byStart = (left: EventInstance, right: EventInstance): number =>
  left.startMs - right.startMs || right.endMs - left.endMs || left.id - right.id

/** Whether it touches the time from `fromMs` to `toMs`; what has no length is at its start. */
const touches = ({ startMs, endMs }: Occurrence, fromMs: number, toMs: number): boolean =>
  startMs < toMs && (endMs > fromMs || startMs >= fromMs)

/** What takes place, as somebody in a zone sees it: of the index where that is enough, else of the objects. */
export function createCalendarViews(
  { database }: StoreContext,
  index: ObjectIndex,
): Pick<CalendarStore, 'between' | 'detail'> {
  const { read } = database
  const placed = (row: Pick<Row, 'id' | 'calendar'>, event: Occurrence): EventInstance =>
    Object.assign(event, { id: row.id as EventId, calendarId: row.calendar as CalendarId })
  return {
    between: ({ fromMs, toMs, zone, calendarIds }) => {
      const reader = readerZone(zone)
      const wanted = calendarIds && new Set<number>(calendarIds)
      const rows = index
        .stretches()
        .filter(
          row => row.toMs >= fromMs && row.fromMs <= toMs && (wanted === null || wanted.has(row.calendar)),
        )
      const plain = index.plain(rows.filter(({ isPlain }) => isPlain).map(({ id }) => id))
      const found: EventInstance[] = []
      let isCut = false
      for (const row of rows) {
        if (found.length > mostEvents) break
        const known = row.isPlain ? plain.get(row.id) : undefined
        if (known) {
          const event = plainOccurrence(known, reader)
          if (touches(event, fromMs, toMs)) found.push(placed(row, event))
          continue
        }
        const object = index.object(row.id)
        if (object === null) continue
        const told = occurrencesBetween(object, fromMs, toMs, reader)
        isCut ||= told.isCut
        for (const each of told.events) found.push(placed(row, each))
      }
      found.sort(byStart)
      return { events: found.slice(0, mostEvents), isCut: isCut || found.length > mostEvents }
    },
    detail: (id, instance, zone) => {
      const calendar = read.value<CalendarId>(
        sql`SELECT calendar FROM calendar_objects WHERE id = ${id} AND state <> 'deleted'`,
      )
      const object = calendar === undefined ? null : index.object(id)
      const detail = object && detailOf(object, instance, readerZone(zone))
      return detail && calendar !== undefined ? { id, calendarId: calendar, ...detail } : null
    },
  }
}
