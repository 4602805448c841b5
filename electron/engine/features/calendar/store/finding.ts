import type { CalendarId, EventId, EventInstance } from '../../../../../shared/features/calendar/model'
import { foldText } from '../../../../../shared/kit/fold-text'
import { detailOf } from '../../../formats/icalendar/shown/detail'
import { endless } from '../../../formats/icalendar/shown/index-object'
import {
  occurrencesBetween,
  type PlainEvent,
  plainOccurrence,
  readerZone,
} from '../../../formats/icalendar/shown/occurrences'
import type { CalendarStore } from '../../../ports/calendar/calendar-store'
import type { TodoFacts } from '../../../ports/calendar/todos'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'
import type { ObjectIndex } from './object-index'

/** Words that are looked for; more narrow nothing down. */
const mostWords = 10

type Row = { id: EventId; calendar: CalendarId; plain: string | null }

/** What is found by its words: anywhere in the folded text that the index keeps of each object. */
export function createCalendarFinder(
  { database: { read } }: StoreContext,
  index: ObjectIndex,
): Pick<CalendarStore, 'find' | 'findIds' | 'firstOf'> {
  const findIds: CalendarStore['findIds'] = (terms, kind) => {
    index.complete()
    const forms = (wanted: boolean) =>
      JSON.stringify(terms.filter(each => each.wanted === wanted).map(each => each.forms))
    // Of what must occur each in one of its forms, of what must not none.
    return read.column<EventId>(sql`
      SELECT o.id FROM calendar_events e JOIN calendar_objects o ON o.id = e.object
      WHERE o.state <> 'deleted' AND o.kind = ${kind}
        AND NOT EXISTS (SELECT 1 FROM json_each(${forms(true)}) w
          WHERE NOT EXISTS (SELECT 1 FROM json_each(w.value) f WHERE instr(e.find, f.value) > 0))
        AND NOT EXISTS (SELECT 1 FROM json_each(${forms(false)}) w, json_each(w.value) f WHERE instr(e.find, f.value) > 0)
      ORDER BY e.from_ms DESC, o.id DESC`)
  }
  const firstOf: CalendarStore['firstOf'] = (ids, zone) => {
    const reader = readerZone(zone)
    return ids.flatMap((id): EventInstance[] => {
      const row = read.get<Row>(sql`
        SELECT o.id, o.calendar, e.plain FROM calendar_objects o LEFT JOIN calendar_events e ON e.object = o.id
        WHERE o.id = ${id} AND o.state <> 'deleted' AND o.kind = 'VEVENT'`)
      if (row === undefined) return []
      const place = { id: row.id, calendarId: row.calendar }
      if (row.plain !== null)
        return [Object.assign(plainOccurrence(JSON.parse(row.plain) as PlainEvent, reader), place)]
      const object = index.object(id)
      const detail = object && detailOf(object, null, reader)
      if (!object || !detail) return []
      // A series is told by its first instance that there is.
      const until = Math.min(endless, detail.startMs + 8e10)
      const [first] = occurrencesBetween(object, detail.startMs, until, reader).events
      return first ? [Object.assign(first, place)] : []
    })
  }
  return {
    findIds,
    firstOf,
    find: (text, zone, limit) => {
      const words = foldText(text)
        .split(/\s+/)
        .filter(word => word !== '')
        .slice(0, mostWords)
      if (words.length === 0) return []
      const terms = words.map(word => ({ forms: [word], wanted: true }))
      return firstOf(findIds(terms, 'VEVENT').slice(0, limit), zone)
    },
  }
}

/** To-dos, of the index alone. */
export const createTodoViews = (
  { database: { read } }: StoreContext,
  index: ObjectIndex,
): Pick<CalendarStore, 'todos'> => ({
  todos: calendarId => {
    index.complete()
    return read
      .all<{ id: number; calendar: number; plain: string }>(sql`
        SELECT o.id, o.calendar, e.plain FROM calendar_objects o JOIN calendar_events e ON e.object = o.id
        WHERE o.kind = 'VTODO' AND o.state <> 'deleted' AND e.plain IS NOT NULL
          AND (${calendarId} IS NULL OR o.calendar = ${calendarId})`)
      .map(({ id, calendar, plain }) => ({
        id: id as EventId,
        calendarId: calendar as CalendarId,
        // Written by this program, in this store.
        facts: JSON.parse(plain) as TodoFacts,
      }))
  },
})
