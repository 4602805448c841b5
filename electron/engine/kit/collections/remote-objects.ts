import type { StepNoteKind } from '../../../../shared/kit/collection-step'
import type { KnownObject, ServerCopy } from '../../ports/dav/objects'
import type { RemoteObjects, StepNote } from '../../ports/dav/remote-objects'
import type { WaitsOfCollection } from '../../ports/dav/waits'
import type { Database, WriteDb } from '../../store/db'
import type { ObjectRow, ObjectRows } from './object-rows'

const isSame = (left: Uint8Array | null, right: Uint8Array): boolean =>
  left !== null && Buffer.from(left).equals(right)

/**
 * Objects of a collection on a server, whatever they are: what becomes of each of them when the server and this machine changed it. The
 * bytes that the server gave last are `raw` of what was not changed here, and `base` of what was.
 */
export function openRemoteObjects(
  database: Pick<Database, 'write'>,
  rows: ObjectRows,
  keyOf: (href: string) => string,
  waits: WaitsOfCollection,
): RemoteObjects {
  const said: StepNote[] = []
  let paths: Map<string, number> | null = null
  /** Rows by their address in one spelling; what is written by others meanwhile has no address. */
  const byPath = (): Map<string, number> => {
    paths ??= new Map(rows.addresses().map(({ id, href }) => [keyOf(href), id]))
    return paths
  }
  /** A listing was from before our change: the next pass lists the same again. */
  let isOutOfDate = false
  /** What lay on the server before it was written over from here. */
  const writtenOver = new Map<number, Uint8Array>()
  const note = (id: number, kind: StepNoteKind, second: number | null = null): void => {
    said.push({ id, kind, second })
    // Both changes are in it: nobody has to do anything about that.
    if (kind !== 'merged') waits.say(kind, id, { second })
  }
  /**
   * The tag of the collection that was seen says nothing any more once something was written there: Radicale makes it of the objects, and it is the old
   * one again where somebody takes away what was sent.
   */
  const forgetTag = (db: WriteDb): void => {
    const state = rows.state()
    if (state.ctag !== null) rows.setState(db, { ...state, ctag: null })
  }
  const placed = (row: ObjectRow, { href, etag, scheduleTag }: ServerCopy): ObjectRow => {
    byPath().set(keyOf(href), row.id)
    return { ...row, href, etag, scheduleTag }
  }

  /** What an object is from now on. */
  const put = (db: WriteDb, row: ObjectRow, bytes: Uint8Array, copy: ServerCopy): void => {
    const isTheirs = isSame(copy.bytes, bytes)
    const now = {
      ...placed(row, copy),
      raw: bytes,
      base: isTheirs ? null : copy.bytes,
      state: isTheirs ? ('here' as const) : ('changed' as const),
    }
    rows.update(db, now, true)
  }
  const drop = (db: WriteDb, { id, href }: ObjectRow): void => {
    rows.remove(db, id)
    waits.objectGone(id)
    if (href !== null) byPath().delete(keyOf(href))
  }

  /** What was sent is there, as this copy says. */
  const takeKept = (db: WriteDb, row: ObjectRow, copy: ServerCopy): void => {
    const { lost, changed, bytes } = rows.serverCopy(row.raw, copy.bytes)
    waits.end('not-sent', row.id)
    if (lost.length + changed.length === 0) waits.end('altered', row.id)
    else waits.say('altered', row.id, { lost: [...lost], changed: [...changed] })
    if (lost.length === 0) put(db, row, copy.bytes, copy)
    else rows.update(db, { ...placed(row, copy), raw: bytes, base: copy.bytes, state: 'here' }, true)
  }

  /** An object and what the server has at its address now. */
  const settle = (db: WriteDb, row: ObjectRow, copy: ServerCopy): void => {
    if (row.state === 'here') {
      const merged = row.base === null ? null : rows.merge(row, copy.bytes)
      // What a server left out stays here, whatever else is changed there, and is not sent again by itself.
      if (merged !== null && !isSame(merged, copy.bytes))
        rows.update(db, { ...placed(row, copy), raw: merged, base: copy.bytes, state: 'here' }, true)
      else put(db, row, copy.bytes, copy)
      return
    }
    if (row.state === 'deleted') {
      if (isSame(row.base, copy.bytes)) {
        rows.update(db, placed(row, copy), false)
        return
      }
      put(db, row, copy.bytes, copy)
      note(row.id, 'kept-theirs')
      return
    }
    // Sent before a cut, and kept otherwise: what differs is the server's doing, and nobody else's change.
    const wasSent = row.state === 'new' || waits.isInFlight(row.id)
    waits.landed(row.id)
    if (wasSent && rows.isOurs(row, copy.bytes)) {
      takeKept(db, row, copy)
      return
    }
    const merged = rows.merge(row, copy.bytes)
    if (merged === null) {
      const second = rows.keepBeside(db, row.raw)
      put(db, row, copy.bytes, copy)
      note(row.id, 'kept-both', second)
      return
    }
    put(db, row, merged, copy)
    if (!isSame(merged, row.raw) && !isSame(merged, copy.bytes)) note(row.id, 'merged')
  }

  const rowAt = (href: string): ObjectRow | undefined => {
    const id = byPath().get(keyOf(href))
    return id === undefined ? undefined : rows.row(id)
  }
  const arrive = (db: WriteDb, copy: ServerCopy): void => {
    const known = rowAt(copy.href)
    // A listing from before our change, by a server of several machines: it would take the change back.
    if (known?.state === 'here' && isSame(writtenOver.get(known.id) ?? null, copy.bytes)) {
      isOutOfDate = true
      return
    }
    if (known) {
      settle(db, known, copy)
      return
    }
    // The same thing, new here and new there: from one file, or sent before a cut and kept at another address.
    const twin = rows.twinOf(copy.bytes)
    const row = twin === undefined ? undefined : rows.row(twin)
    if (row) settle(db, row, copy)
    else byPath().set(keyOf(copy.href), rows.insert(db, copy.bytes, 'here', copy))
  }

  /** Gone from the server and edited here. */
  const renew = (db: WriteDb, row: ObjectRow): void => {
    if (row.state === 'deleted') {
      drop(db, row)
      return
    }
    if (row.href !== null) byPath().delete(keyOf(row.href))
    const now = { ...row, href: null, etag: null, scheduleTag: null, base: null, state: 'new' as const }
    rows.update(db, now, false)
    note(row.id, 'kept-ours')
  }

  const inRow = (id: number, work: (db: WriteDb, row: ObjectRow) => void): void =>
    database.write(
      db => {
        const row = rows.row(id)
        if (row) work(db, row)
      },
      { durable: true },
    )

  const result: RemoteObjects = {
    state: rows.state,
    // What is new here was never told by the server, also where it was sent: it is not missing there.
    known: () =>
      rows
        .addresses()
        .flatMap(({ href, etag, uid, state }): KnownObject[] =>
          state === 'new' ? [] : [{ href, etag, uid: uid === '' ? null : uid, isEdited: state !== 'here' }],
        ),
    unread: waits.unread,
    apply: ({ copies, moved, removed, goneButEdited, state, ...reading }) =>
      database.write(
        db => {
          waits.pulled(reading)
          for (const { from, copy } of moved) {
            const id = byPath().get(keyOf(from))
            if (id !== undefined) {
              byPath().delete(keyOf(from))
              byPath().set(keyOf(copy.href), id)
            }
            arrive(db, copy)
          }
          for (const copy of copies) arrive(db, copy)
          for (const row of removed.flatMap(href => rowAt(href) ?? [])) {
            // Edited since it was listed: it is kept.
            if (row.state === 'here') drop(db, row)
            else renew(db, row)
          }
          for (const row of goneButEdited.flatMap(href => rowAt(href) ?? [])) renew(db, row)
          if (state && !isOutOfDate) rows.setState(db, state)
        },
        // What a server gave can be asked for again: a power cut takes whole batches, the last ones first.
        { durable: removed.length + goneButEdited.length > 0 },
      ),
    waiting: rows.waiting,
    change: id => {
      const row = rows.row(id)
      if (!row || row.state === 'here') return null
      const { raw: bytes, state, ...others } = row
      return { ...others, state, bytes }
    },
    sending: (id, href) =>
      inRow(id, (db, row) => {
        rows.update(db, { ...row, href, base: row.raw }, false)
        byPath().set(keyOf(href), id)
      }),
    stored: (id, sent, copy) =>
      inRow(id, (db, row) => {
        if (row.href !== null) byPath().delete(keyOf(row.href))
        if (row.base !== null) writtenOver.set(id, row.base)
        waits.end('not-sent', id)
        waits.landed(id)
        forgetTag(db)
        if (row.state !== 'deleted' && isSame(row.raw, sent)) {
          takeKept(db, row, copy)
          return
        }
        // Changed or removed here while it was on its way.
        const state = row.state === 'deleted' ? 'deleted' : 'changed'
        rows.update(db, { ...placed(row, copy), base: copy.bytes, state }, false)
      }),
    storedElsewhere: (id, isOurs) =>
      inRow(id, (db, row) => {
        if (row.href !== null) byPath().delete(keyOf(row.href))
        // Without a base one that differs is kept beside it, not taken for it.
        const base = isOurs ? row.base : null
        rows.update(db, { ...row, href: null, etag: null, state: 'new', base }, false)
      }),
    movedFrom: id => {
      const row = rows.movedFrom(id)
      if (row === undefined || row.href === null) return null
      const { href, etag, scheduleTag, raw, base } = row
      return { id: row.id, copy: { href, etag, scheduleTag, bytes: base ?? raw } }
    },
    isMovedTo: rows.isMovedTo,
    moved: (from, id, sent, copy) =>
      database.write(
        db => {
          rows.removeMoved(db, from)
          result.stored(id, sent, copy)
        },
        { durable: true },
      ),
    begin: waits.sending,
    landed: waits.landed,
    removed: id =>
      inRow(id, (db, row) => {
        forgetTag(db)
        drop(db, row)
      }),
    theirs: (id, copy) => inRow(id, (db, row) => settle(db, row, copy)),
    gone: id => inRow(id, renew),
    askAgain: () =>
      waits.pulled({ unread: waits.unread().map(({ href }) => ({ href, etag: null, isSoon: true })) }),
    standing: () =>
      rows.addresses().flatMap(({ id, state }) => (state === 'here' || state === 'changed' ? [id] : [])),
    copyOf: id => {
      const row = rows.row(id)
      if (!row || row.href === null || row.state === 'new' || row.state === 'deleted') return null
      const { href, etag, scheduleTag, raw: bytes, base } = row
      return {
        bytes,
        copy: { href, etag, scheduleTag, bytes: base ?? bytes },
        isStanding: row.state === 'here',
      }
    },
    changedThere: (id, bytes) =>
      inRow(id, (db, row) => {
        const merged = row.state === 'here' ? bytes : rows.merge(row, bytes)
        if (merged === null) note(id, 'kept-both', rows.keepBeside(db, row.raw))
        const state = row.state === 'here' ? 'changed' : row.state
        rows.update(db, { ...row, raw: merged ?? bytes, base: row.base ?? row.raw, state }, true)
      }),
    waits,
    notes: () => [...said],
  }
  return result
}
