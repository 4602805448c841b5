import type { CalendarId } from '../../../../../../shared/features/calendar/model'
import { asLatin1 } from '../../../../formats/icalendar/calendar-objects'
import { factsOf } from '../../../../formats/icalendar/event/object-facts'
import { hasGuests, mergeObjects, withOtherUid } from '../../../../formats/icalendar/merge/merge-objects'
import { isWrittenBy, whatServerKeeps } from '../../../../formats/icalendar/merge/server-copy'
import {
  type ObjectRow,
  type ObjectRows,
  type ObjectState,
  type StateRow,
  stateOf,
} from '../../../../kit/collections/object-rows'
import { newUid } from '../../../../kit/objects/new-uid'
import type { ServerCopy } from '../../../../ports/dav/objects'
import type { StoreContext } from '../../../../store/context'
import type { WriteDb } from '../../../../store/db'
import { sql } from '../../../../store/sql'
import type { ObjectIndex } from '../object-index'

type Row = Omit<ObjectRow, 'scheduleTag'> & Readonly<{ schedule_tag: string | null }>

function isSameButUid(base: Uint8Array, copy: Uint8Array, uid: string): boolean {
  try {
    return mergeObjects(null, withOtherUid(asLatin1(base), uid), asLatin1(copy)) !== null
  } catch {
    return false
  }
}

/** The objects of a calendar on a server. */
export function remoteCalendarRows(
  { database, feed, random }: StoreContext,
  index: ObjectIndex,
  calendar: CalendarId,
): ObjectRows {
  const { read } = database
  const changed = (id: number): void => {
    feed.note('event', [id])
    feed.note('calendar', null)
  }
  /** Null: in whatever calendar. */
  const rowOf = (id: number, of: CalendarId | null): ObjectRow | undefined => {
    const row = read.get<Row>(sql`
      SELECT id, href, etag, schedule_tag, raw, base, state FROM calendar_objects
      WHERE id = ${id} AND (${of} IS NULL OR calendar = ${of})`)
    if (row === undefined) return undefined
    const { schedule_tag: scheduleTag, raw, base, ...others } = row
    return { ...others, scheduleTag, raw: new Uint8Array(raw), base: base && new Uint8Array(base) }
  }
  const insert = (
    db: WriteDb,
    into: number,
    bytes: Uint8Array,
    state: ObjectState,
    copy: ServerCopy | null,
  ) => {
    const { uid, kind } = factsOf(bytes)
    const { lastId } = db.run(sql`
      INSERT INTO calendar_objects (calendar, href, etag, schedule_tag, uid, kind, raw, state)
      VALUES (${into}, ${copy?.href ?? null}, ${copy?.etag ?? null}, ${copy?.scheduleTag ?? null}, ${uid}, ${kind}, ${bytes}, ${state})`)
    index.write(db, lastId, bytes)
    changed(lastId)
    return lastId
  }
  return {
    state: () =>
      stateOf(
        read.get<StateRow>(sql`SELECT sync_token, ctag, unfinished FROM calendars WHERE id = ${calendar}`),
      ),
    setState: (db, { syncToken, ctag, isUnfinished }) => {
      db.run(sql`
        UPDATE calendars SET sync_token = ${syncToken}, ctag = ${ctag}, unfinished = ${isUnfinished ? 1 : 0}
        WHERE id = ${calendar}`)
    },
    row: id => rowOf(id, calendar),
    addresses: () =>
      read.all(sql`
        SELECT id, href, etag, uid, state FROM calendar_objects WHERE calendar = ${calendar} AND href IS NOT NULL`),
    waiting: () =>
      read.column<number>(
        sql`SELECT id FROM calendar_objects WHERE calendar = ${calendar} AND state <> 'here' ORDER BY id`,
      ),
    twinOf: bytes => {
      const { uid, kind } = factsOf(bytes)
      if (uid === '') return undefined
      const same = read.value<number>(sql`
        SELECT id FROM calendar_objects
        WHERE calendar = ${calendar} AND uid = ${uid} AND kind = ${kind} AND state = 'new' ORDER BY id LIMIT 1`)
      // Taken by a server that put it elsewhere, and gave it another UID.
      const sent = read.all<{ id: number; base: Uint8Array }>(sql`
        SELECT id, base FROM calendar_objects
        WHERE calendar = ${calendar} AND state <> 'here' AND state = 'new' AND href IS NULL AND base IS NOT NULL
        ORDER BY id`)
      return same ?? sent.find(({ base }) => isSameButUid(base, bytes, uid))?.id
    },
    insert: (db, bytes, state, copy) => insert(db, calendar, bytes, state, copy),
    update: (db, { id, href, etag, scheduleTag, raw, base, state }, isOther) => {
      const { uid, kind } = factsOf(raw)
      db.run(sql`
        UPDATE calendar_objects SET raw = ${raw}, uid = ${uid}, kind = ${kind}, href = ${href}, etag = ${etag},
          schedule_tag = ${scheduleTag}, base = ${base}, state = ${state}
        WHERE id = ${id} AND calendar = ${calendar}`)
      if (isOther) index.write(db, id, raw)
      changed(id)
    },
    remove: (db, id) => {
      db.run(sql`DELETE FROM calendar_objects WHERE id = ${id} AND calendar = ${calendar}`)
      index.changed(id)
      database.afterRollback(() => index.forget())
      changed(id)
    },
    movedFrom: id => {
      const found = read.value<number>(sql`
        SELECT there.id FROM calendar_objects here JOIN calendars own ON own.id = here.calendar
        JOIN calendars other ON other.account = own.account AND other.id <> own.id
        JOIN calendar_objects there ON there.calendar = other.id AND there.uid = here.uid AND there.kind = here.kind
          AND there.state = 'deleted' AND there.href IS NOT NULL
        WHERE here.id = ${id} AND here.calendar = ${calendar} AND here.uid <> '' AND here.state = 'new'`)
      return found === undefined ? undefined : rowOf(found, null)
    },
    isMovedTo: id =>
      read.value<number>(sql`
        SELECT 1 FROM calendar_objects here
        JOIN calendar_objects there ON there.uid = here.uid AND there.kind = here.kind AND there.calendar <> here.calendar
          AND there.state = 'new'
        JOIN calendars other ON other.id = there.calendar AND other.href IS NOT NULL
        WHERE here.id = ${id} AND here.uid <> '' LIMIT 1`) === 1,
    removeMoved: (db, id) => {
      db.run(sql`DELETE FROM calendar_objects WHERE id = ${id} AND state = 'deleted'`)
      index.changed(id)
      database.afterRollback(() => index.forget())
      changed(id)
    },
    // With guests it stays on this machine: on a server a second one would invite them again.
    keepBeside: (db, bytes) => {
      let other: Uint8Array | null = null
      try {
        const text = asLatin1(bytes)
        if (!hasGuests(text)) other = Buffer.from(withOtherUid(text, newUid({ random })), 'latin1')
      } catch {
        // What cannot be read cannot be told apart on the server either.
      }
      if (other !== null) return insert(db, calendar, other, 'new', null)
      const local =
        db.value<number>(sql`SELECT id FROM calendars WHERE account IS NULL ORDER BY position, id LIMIT 1`) ??
        db.run(sql`INSERT INTO calendars (name, colour, position) VALUES ('', '#3465a4', 0)`).lastId
      return insert(db, local, bytes, 'here', null)
    },
    isOurs: ({ raw, base, state }, theirs) => {
      if (base === null) return false
      // Of a new one the base is what was sent; what was changed since is merged with that.
      if (state === 'new' && !Buffer.from(raw).equals(base)) return false
      try {
        const before = state === 'new' ? null : asLatin1(base)
        return isWrittenBy(asLatin1(raw), before, asLatin1(theirs))
      } catch {
        return false
      }
    },
    serverCopy: (sent, copy) => {
      try {
        const { kept, ...verdict } = whatServerKeeps(asLatin1(sent), asLatin1(copy))
        return { ...verdict, bytes: verdict.lost.length === 0 ? copy : Buffer.from(kept, 'latin1') }
      } catch {
        return { lost: [], changed: [], bytes: copy }
      }
    },
    merge: ({ raw, base }, theirs) => {
      try {
        const merged = mergeObjects(base && asLatin1(base), asLatin1(raw), asLatin1(theirs))
        return merged === null ? null : Buffer.from(merged, 'latin1')
      } catch {
        return Buffer.from(raw).equals(theirs) ? theirs : null
      }
    },
  }
}
