import type { CalendarId, CalendarSyncNote, EventId } from '../../../../../shared/features/calendar/model'
import { asLatin1 } from '../../../formats/icalendar/calendar-objects'
import { readObjectBytes } from '../../../formats/icalendar/event/event-object'
import { hasGuests, mergeObjects, withOtherUid } from '../../../formats/icalendar/merge/merge-objects'
import { newUid } from '../../../kit/objects/new-uid'
import type { RemoteObjects, WaitingObject } from '../../../ports/calendar/calendar-store'
import type { KnownObject, ServerCopy } from '../../../ports/dav/objects'
import type { StoreContext } from '../../../store/context'
import type { WriteDb } from '../../../store/db'
import { sql } from '../../../store/sql'
import type { ObjectIndex } from './object-index'

type State = 'here' | WaitingObject['state']
type Row = {
  id: number
  href: string | null
  etag: string | null
  schedule_tag: string | null
  uid: string
  raw: Uint8Array
  base: Uint8Array | null
  state: State
}

/** UID and kind of what a server sent, which may be anything. */
function factsOf(bytes: Uint8Array): { uid: string; kind: string } {
  try {
    const { uid, kind } = readObjectBytes(asLatin1(bytes))
    return { uid, kind }
  } catch {
    return { uid: '', kind: 'VEVENT' }
  }
}

const isSame = (left: Uint8Array | null, right: Uint8Array): boolean =>
  left !== null && Buffer.from(left).equals(right)

/** Objects of a calendar on a server. The bytes that the server gave last are `raw` of what was not changed here, and `base` of what was. */
export function openRemoteObjects(
  { database, feed, random }: StoreContext,
  index: ObjectIndex,
  calendar: CalendarId,
  keyOf: (href: string) => string,
): RemoteObjects {
  const { read } = database
  const said: CalendarSyncNote[] = []
  /** Rows by their address in one spelling; what is written by others meanwhile has no address. */
  const byPath = new Map(
    read
      .all<{ id: number; href: string }>(
        sql`SELECT id, href FROM calendar_objects WHERE calendar = ${calendar} AND href IS NOT NULL`,
      )
      .map(({ id, href }) => [keyOf(href), id]),
  )
  const rowOf = (id: number): Row | undefined =>
    read.get<Row>(sql`
      SELECT id, href, etag, schedule_tag, uid, raw, base, state FROM calendar_objects
      WHERE id = ${id} AND calendar = ${calendar}`)
  const changed = (id: number): void => {
    feed.note('event', [id])
    feed.note('calendar', null)
  }
  const note = (id: number, kind: CalendarSyncNote['kind'], second: number | null = null): void => {
    said.push({ calendarId: calendar, eventId: id as EventId, kind, second: second as EventId | null })
  }

  /** What an object is from now on. */
  const put = (db: WriteDb, id: number, bytes: Uint8Array, copy: ServerCopy): void => {
    const { uid, kind } = factsOf(bytes)
    const isTheirs = isSame(copy.bytes, bytes)
    db.run(sql`
      UPDATE calendar_objects SET raw = ${bytes}, uid = ${uid}, kind = ${kind}, href = ${copy.href}, etag = ${copy.etag},
        schedule_tag = ${copy.scheduleTag}, base = ${isTheirs ? null : copy.bytes}, state = ${isTheirs ? 'here' : 'changed'}
      WHERE id = ${id}`)
    byPath.set(keyOf(copy.href), id)
    index.write(db, id, bytes)
    changed(id)
  }
  const insert = (db: WriteDb, into: number, bytes: Uint8Array, state: State, copy: ServerCopy | null) => {
    const { uid, kind } = factsOf(bytes)
    const { lastId } = db.run(sql`
      INSERT INTO calendar_objects (calendar, href, etag, schedule_tag, uid, kind, raw, state)
      VALUES (${into}, ${copy?.href ?? null}, ${copy?.etag ?? null}, ${copy?.scheduleTag ?? null}, ${uid}, ${kind}, ${bytes}, ${state})`)
    if (copy) byPath.set(keyOf(copy.href), lastId)
    index.write(db, lastId, bytes)
    changed(lastId)
    return lastId
  }
  const drop = (db: WriteDb, id: number, href: string | null): void => {
    db.run(sql`DELETE FROM calendar_objects WHERE id = ${id} AND calendar = ${calendar}`)
    if (href !== null) byPath.delete(keyOf(href))
    index.changed(id)
    database.afterRollback(() => index.forget())
    changed(id)
  }

  /** What was written here becomes an object of its own. With guests it stays on this machine: on a server a second one would invite them again. */
  const keepOurs = (db: WriteDb, bytes: Uint8Array): number => {
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
  }

  /** An object and what the server has at its address now. */
  const settle = (db: WriteDb, row: Row, copy: ServerCopy): void => {
    if (row.state === 'here') {
      put(db, row.id, copy.bytes, copy)
      return
    }
    if (row.state === 'deleted') {
      if (isSame(row.base, copy.bytes)) {
        db.run(sql`
          UPDATE calendar_objects SET href = ${copy.href}, etag = ${copy.etag}, schedule_tag = ${copy.scheduleTag}
          WHERE id = ${row.id}`)
        return
      }
      put(db, row.id, copy.bytes, copy)
      note(row.id, 'kept-theirs')
      return
    }
    const merged = merge(row, copy)
    if (merged === null) {
      const second = keepOurs(db, row.raw)
      put(db, row.id, copy.bytes, copy)
      note(row.id, 'kept-both', second)
      return
    }
    put(db, row.id, merged, copy)
    if (!isSame(merged, row.raw) && !isSame(merged, copy.bytes)) note(row.id, 'merged')
  }

  const arrive = (db: WriteDb, copy: ServerCopy): void => {
    const id = byPath.get(keyOf(copy.href))
    const known = id === undefined ? undefined : rowOf(id)
    if (known) {
      settle(db, known, copy)
      return
    }
    // The same event, new here and new there: from one file, or sent before a cut and kept at another address.
    const { uid, kind } = factsOf(copy.bytes)
    const twin =
      uid === ''
        ? undefined
        : db.value<number>(sql`
            SELECT id FROM calendar_objects
            WHERE calendar = ${calendar} AND uid = ${uid} AND kind = ${kind} AND state = 'new' ORDER BY id LIMIT 1`)
    const row = twin === undefined ? undefined : rowOf(twin)
    if (row) settle(db, row, copy)
    else insert(db, calendar, copy.bytes, 'here', copy)
  }

  /** Gone from the server and edited here. */
  const renew = (db: WriteDb, row: Row): void => {
    if (row.state === 'deleted') {
      drop(db, row.id, row.href)
      return
    }
    if (row.href !== null) byPath.delete(keyOf(row.href))
    db.run(sql`
      UPDATE calendar_objects SET href = NULL, etag = NULL, schedule_tag = NULL, base = NULL, state = 'new' WHERE id = ${row.id}`)
    changed(row.id)
    note(row.id, 'kept-ours')
  }

  const inRow = (id: number, work: (db: WriteDb, row: Row) => void): void =>
    database.write(
      db => {
        const row = rowOf(id)
        if (row) work(db, row)
      },
      { durable: true },
    )

  return {
    state: () => {
      const row = read.get<{ sync_token: string | null; ctag: string | null; unfinished: number }>(
        sql`SELECT sync_token, ctag, unfinished FROM calendars WHERE id = ${calendar}`,
      )
      return {
        syncToken: row?.sync_token ?? null,
        ctag: row?.ctag ?? null,
        isUnfinished: row?.unfinished === 1,
      }
    },
    // What is new here was never told by the server, also where it was sent: it is not missing there.
    known: () =>
      read
        .all<Pick<Row, 'etag' | 'uid' | 'state'> & { href: string }>(sql`
          SELECT href, etag, uid, state FROM calendar_objects
          WHERE calendar = ${calendar} AND href IS NOT NULL AND state <> 'new'`)
        .map(
          ({ href, etag, uid, state }): KnownObject => ({
            ...{ href, etag, uid: uid === '' ? null : uid, isEdited: state !== 'here' },
          }),
        ),
    apply: ({ copies, moved, removed, goneButEdited, state }) =>
      database.write(
        db => {
          for (const { from, copy } of moved) {
            const id = byPath.get(keyOf(from))
            if (id !== undefined) {
              byPath.delete(keyOf(from))
              byPath.set(keyOf(copy.href), id)
            }
            arrive(db, copy)
          }
          for (const copy of copies) arrive(db, copy)
          for (const href of [...removed, ...goneButEdited]) {
            const id = byPath.get(keyOf(href))
            const row = id === undefined ? undefined : rowOf(id)
            if (!row) continue
            // Edited since it was listed: it is kept.
            if (row.state === 'here') drop(db, row.id, row.href)
            else renew(db, row)
          }
          if (state)
            db.run(sql`
              UPDATE calendars SET sync_token = ${state.syncToken}, ctag = ${state.ctag}, unfinished = ${state.isUnfinished ? 1 : 0}
              WHERE id = ${calendar}`)
        },
        { durable: true },
      ),
    waiting: () =>
      read.column<EventId>(
        sql`SELECT id FROM calendar_objects WHERE calendar = ${calendar} AND state <> 'here' ORDER BY id`,
      ),
    change: id => {
      const row = rowOf(id)
      if (!row || row.state === 'here') return null
      const { href, etag, state, schedule_tag: scheduleTag } = row
      const base = row.base && new Uint8Array(row.base)
      return { id, state, href, etag, scheduleTag, bytes: new Uint8Array(row.raw), base }
    },
    sending: (id, href) =>
      inRow(id, db => {
        db.run(sql`UPDATE calendar_objects SET href = ${href}, base = raw WHERE id = ${id}`)
        byPath.set(keyOf(href), id)
      }),
    stored: (id, sent, copy) =>
      inRow(id, (db, row) => {
        if (row.href !== null) byPath.delete(keyOf(row.href))
        if (row.state !== 'deleted' && isSame(row.raw, sent)) put(db, id, copy.bytes, copy)
        else {
          // Changed or removed here while it was on its way.
          const state = row.state === 'deleted' ? 'deleted' : 'changed'
          db.run(sql`
            UPDATE calendar_objects SET href = ${copy.href}, etag = ${copy.etag}, schedule_tag = ${copy.scheduleTag},
              base = ${copy.bytes}, state = ${state} WHERE id = ${id}`)
          byPath.set(keyOf(copy.href), id)
        }
      }),
    storedElsewhere: (id, isOurs) =>
      inRow(id, (db, row) => {
        if (row.href !== null) byPath.delete(keyOf(row.href))
        // Without a base one that differs is kept beside it, not taken for it.
        db.run(sql`
          UPDATE calendar_objects SET href = NULL, etag = NULL, state = 'new', base = iif(${isOurs ? 1 : 0}, base, NULL)
          WHERE id = ${id}`)
      }),
    removed: id => inRow(id, (db, row) => drop(db, id, row.href)),
    theirs: (id, copy) => inRow(id, (db, row) => settle(db, row, copy)),
    gone: id => inRow(id, renew),
    standing: () =>
      read.column<number>(sql`
        SELECT id FROM calendar_objects
        WHERE calendar = ${calendar} AND href IS NOT NULL AND state IN ('here', 'changed') ORDER BY id`),
    copyOf: id => {
      const row = rowOf(id)
      if (!row || row.href === null || row.state === 'new' || row.state === 'deleted') return null
      const { href, etag, schedule_tag: scheduleTag } = row
      const copy = { href, etag, scheduleTag, bytes: new Uint8Array(row.base ?? row.raw) }
      return { copy, isStanding: row.state === 'here' }
    },
    changedThere: (id, bytes) =>
      inRow(id, (db, row) => {
        const merged = row.state === 'here' ? bytes : merge(row, { ...copyMeta(row), bytes })
        if (merged === null) note(id, 'kept-both', keepOurs(db, row.raw))
        const now = merged ?? bytes
        const { uid, kind } = factsOf(now)
        db.run(sql`
          UPDATE calendar_objects SET raw = ${now}, uid = ${uid}, kind = ${kind}, base = coalesce(base, raw),
            state = iif(state = 'here', 'changed', state) WHERE id = ${id}`)
        index.write(db, id, now)
        changed(id)
      }),
    notes: () => [...said],
  }
}

const copyMeta = ({ href, etag, schedule_tag: scheduleTag }: Row) => ({ href: href ?? '', etag, scheduleTag })

/** Null where both sides changed the same, and where one of them cannot be read. */
function merge({ raw, base }: Row, copy: ServerCopy): Uint8Array | null {
  try {
    const merged = mergeObjects(base && asLatin1(base), asLatin1(raw), asLatin1(copy.bytes))
    return merged === null ? null : Buffer.from(merged, 'latin1')
  } catch {
    return isSame(raw, copy.bytes) ? copy.bytes : null
  }
}
