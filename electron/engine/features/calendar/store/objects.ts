import type { CalendarId, EventId } from '../../../../../shared/features/calendar/model'
import { SiegelError } from '../../../../../shared/kit/result'
import { asLatin1 } from '../../../formats/icalendar/calendar-objects'
import { readObjectBytes } from '../../../formats/icalendar/event/event-object'
import { factsOf } from '../../../formats/icalendar/event/object-facts'
import type { CalendarStore } from '../../../ports/calendar/calendar-store'
import type { StoreContext } from '../../../store/context'
import type { WriteDb } from '../../../store/db'
import { sql } from '../../../store/sql'
import type { ObjectIndex } from './object-index'

type Row = {
  id: number
  calendar: number
  uid: string
  raw: Uint8Array
  account: number | null
  state: string
}

/** Objects byte for byte. */
export function createObjectStore(
  { database, feed }: StoreContext,
  index: ObjectIndex,
): Pick<
  CalendarStore,
  | 'object'
  | 'byUid'
  | 'objects'
  | 'stored'
  | 'add'
  | 'replace'
  | 'removeObject'
  | 'restore'
  | 'giveUp'
  | 'sendAgain'
> {
  const { read } = database
  const rowOf = (id: EventId): Row | undefined =>
    read.get<Row>(sql`
      SELECT o.id, o.calendar, o.uid, o.raw, o.state, c.account
      FROM calendar_objects o JOIN calendars c ON c.id = o.calendar WHERE o.id = ${id} AND o.state <> 'deleted'`)
  const isRemote = (db: WriteDb, calendar: number): boolean =>
    db.value<number>(sql`SELECT 1 FROM calendars WHERE id = ${calendar} AND account IS NOT NULL`) === 1
  const note = (id: number): void => {
    feed.note('event', [id])
    feed.note('calendar', null)
  }
  const insert = (db: WriteDb, id: number | null, calendar: number, bytes: Uint8Array): EventId => {
    const { uid, kind } = readObjectBytes(asLatin1(bytes))
    const state = isRemote(db, calendar) ? 'new' : 'here'
    const { lastId } = db.run(sql`
      INSERT INTO calendar_objects (id, calendar, uid, kind, raw, state)
      VALUES (${id}, ${calendar}, ${uid}, ${kind}, ${bytes}, ${state})`)
    index.write(db, lastId, bytes)
    note(lastId)
    return lastId as EventId
  }
  return {
    object: id => {
      const row = rowOf(id)
      return row === undefined
        ? null
        : { id, calendarId: row.calendar as CalendarId, uid: row.uid, bytes: new Uint8Array(row.raw) }
    },
    byUid: (calendarId, uid, kind) =>
      read.column<EventId>(sql`
        SELECT id FROM calendar_objects
        WHERE calendar = ${calendarId} AND uid = ${uid} AND kind = ${kind} AND state <> 'deleted' ORDER BY id`),
    *objects(calendarId) {
      const ids = read.column<number>(
        sql`SELECT id FROM calendar_objects WHERE calendar = ${calendarId} AND state <> 'deleted' ORDER BY id`,
      )
      for (const id of ids) {
        const raw = read.value<Uint8Array>(sql`SELECT raw FROM calendar_objects WHERE id = ${id}`)
        if (raw !== undefined) yield new Uint8Array(raw)
      }
    },
    *stored(calendarId) {
      const ids = read.column<EventId>(
        sql`SELECT id FROM calendar_objects WHERE calendar = ${calendarId} AND state <> 'deleted' ORDER BY id`,
      )
      for (const id of ids) {
        const row = rowOf(id)
        if (row) yield { id, calendarId, uid: row.uid, bytes: new Uint8Array(row.raw) }
      }
    },
    add: (calendarId, bytes) => database.write(db => insert(db, null, calendarId, bytes), { durable: true }),
    replace: (id, bytes) =>
      database.write(
        db => {
          const row = rowOf(id)
          if (row === undefined) throw new SiegelError('not-found', { what: 'event' })
          const { uid, kind } = readObjectBytes(asLatin1(bytes))
          // Of a new one the server has nothing yet; the base of a changed one is what it had before the first change.
          const isFirst = row.account !== null && row.state === 'here'
          db.run(sql`
            UPDATE calendar_objects SET raw = ${bytes}, uid = ${uid}, kind = ${kind},
              base = CASE WHEN ${isFirst ? 1 : 0} THEN coalesce(base, raw) ELSE base END,
              state = CASE WHEN ${isFirst ? 1 : 0} THEN 'changed' ELSE state END
            WHERE id = ${id}`)
          index.write(db, id, bytes)
          note(id)
        },
        { durable: true },
      ),
    removeObject: id =>
      database.write(
        db => {
          const row = rowOf(id)
          if (row === undefined) throw new SiegelError('not-found', { what: 'event' })
          // A server that has it is to be told; a row says so until it was.
          if (row.account === null || row.state === 'new')
            db.run(sql`DELETE FROM calendar_objects WHERE id = ${id}`)
          else
            db.run(sql`
              UPDATE calendar_objects SET base = coalesce(base, raw), state = 'deleted' WHERE id = ${id}`)
          index.changed(id)
          database.afterRollback(() => index.forget())
          note(id)
        },
        { durable: true },
      ),
    giveUp: (calendar, only) =>
      database.write(
        db => {
          const rows = db.all<{ id: number; state: string; base: Uint8Array | null }>(sql`
            SELECT id, state, base FROM calendar_objects
            WHERE calendar = ${calendar} AND state <> 'here' AND (${only} IS NULL OR id = ${only})`)
          for (const { id, state, base } of rows) {
            if (state === 'new' || base === null) {
              db.run(sql`DELETE FROM calendar_objects WHERE id = ${id}`)
              index.changed(id)
            } else {
              const { uid, kind } = factsOf(base)
              // What the server has now is fetched with the next listing that tells of it.
              db.run(sql`
                UPDATE calendar_objects SET raw = ${base}, uid = ${uid}, kind = ${kind}, base = NULL, state = 'here', etag = NULL
                WHERE id = ${id}`)
              index.write(db, id, new Uint8Array(base))
            }
            note(id)
          }
          // So that all is compared.
          db.run(sql`UPDATE calendars SET ctag = NULL, sync_token = NULL WHERE id = ${calendar}`)
          database.afterRollback(() => index.forget())
        },
        { durable: true },
      ),
    sendAgain: id =>
      database.write(
        db =>
          void db.run(sql`
            UPDATE calendar_objects SET base = NULL WHERE id = ${id} AND state = 'new' AND href IS NULL`),
        { durable: true },
      ),
    restore: ({ id, calendarId, bytes }) =>
      database.write(
        db => {
          const state = db.value<string>(sql`SELECT state FROM calendar_objects WHERE id = ${id}`)
          if (state === undefined) {
            insert(db, id, calendarId, bytes)
            return
          }
          db.run(sql`
            UPDATE calendar_objects SET calendar = ${calendarId}, raw = ${bytes},
              base = CASE WHEN state = 'here' AND ${isRemote(db, calendarId) ? 1 : 0} THEN coalesce(base, raw) ELSE base END,
              state = CASE WHEN state = 'deleted' THEN iif(base = ${bytes}, 'here', 'changed')
                WHEN state = 'here' AND ${isRemote(db, calendarId) ? 1 : 0} THEN 'changed' ELSE state END
            WHERE id = ${id}`)
          index.write(db, id, bytes)
          note(id)
        },
        { durable: true },
      ),
  }
}
