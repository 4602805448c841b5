import { asLatin1 } from '../../../formats/icalendar/calendar-objects'
import { type EventObject, readObjectBytes } from '../../../formats/icalendar/event/event-object'
import { indexObject } from '../../../formats/icalendar/shown/index-object'
import type { PlainEvent } from '../../../formats/icalendar/shown/occurrences'
import type { StoreContext } from '../../../store/context'
import type { WriteDb } from '../../../store/db'
import { jsonList, sql } from '../../../store/sql'

/** Bytes of the objects that are kept taken apart: some thousand series. What is over goes, all at once. */
const keptBytes = 32_000_000

/** A row of the index without its text: a hundred thousand of them are looked through in a millisecond. */
export type Stretch = Readonly<{
  id: number
  calendar: number
  fromMs: number
  toMs: number
  isPlain: boolean
}>

/** Events that the index alone tells are kept as they were read; some hundred bytes each. */
const keptPlain = 50_000

/** Objects as they were read last, and the row of the index that each has. */
export class ObjectIndex {
  readonly #database: StoreContext['database']
  readonly #kept = new Map<number, EventObject>()
  #keptSize = 0
  #isChecked = false
  #stretches: readonly Stretch[] | null = null
  readonly #plain = new Map<number, PlainEvent>()

  constructor({ database }: Pick<StoreContext, 'database'>) {
    this.#database = database
  }

  /** An object taken apart. Null where there is none; what cannot be read is an object that never takes place. */
  object(id: number): EventObject | null {
    const known = this.#kept.get(id)
    if (known) return known
    const raw = this.#database.read.value<Uint8Array>(sql`SELECT raw FROM calendar_objects WHERE id = ${id}`)
    if (raw === undefined) return null
    const object = readOrEmpty(raw)
    if (this.#keptSize > keptBytes) this.forget()
    this.#keptSize += raw.length
    this.#kept.set(id, object)
    return object
  }

  /** The rows of all objects that are there. */
  stretches(): readonly Stretch[] {
    this.complete()
    this.#stretches ??= this.#database.read
      .all<{ id: number; calendar: number; from_ms: number; to_ms: number; plain: number }>(sql`
        SELECT o.id, o.calendar, e.from_ms, e.to_ms, e.plain IS NOT NULL AS plain
        FROM calendar_events e JOIN calendar_objects o ON o.id = e.object WHERE o.state <> 'deleted'`)
      .map(row => ({
        id: row.id,
        calendar: row.calendar,
        fromMs: row.from_ms,
        toMs: row.to_ms,
        isPlain: row.plain === 1,
      }))
    return this.#stretches
  }

  /** What the index says of these events, by their numbers. */
  plain(ids: readonly number[]): ReadonlyMap<number, PlainEvent> {
    const missing = ids.filter(id => !this.#plain.has(id))
    if (missing.length === 0) return this.#plain
    if (this.#plain.size + missing.length > keptPlain) this.#plain.clear()
    const rows = this.#database.read.all<{ object: number; plain: string }>(sql`
      SELECT object, plain FROM calendar_events
      WHERE object IN (SELECT value FROM json_each(${jsonList(missing)})) AND plain IS NOT NULL`)
    // Written by this program, in this store.
    for (const { object, plain } of rows) this.#plain.set(object, JSON.parse(plain) as PlainEvent)
    return this.#plain
  }

  /** Writes the row of an object that is new or has other bytes. */
  write(db: WriteDb, id: number, bytes: Uint8Array): void {
    this.changed(id)
    const { fromMs, toMs, plain, find } = indexObject(readOrEmpty(bytes))
    db.run(sql`
      INSERT OR REPLACE INTO calendar_events (object, from_ms, to_ms, plain, find)
      VALUES (${id}, ${fromMs}, ${toMs}, ${plain && JSON.stringify(plain)}, ${find})`)
    // What is rolled back must not stay in memory.
    this.#database.afterRollback(() => this.forget())
  }

  /** Objects without a row get theirs: after a recovery, which carries no index over. Looked at once in a run. */
  complete(): void {
    if (this.#isChecked) return
    this.#isChecked = true
    const missing = this.#database.read.column<number>(
      sql`SELECT id FROM calendar_objects WHERE id NOT IN (SELECT object FROM calendar_events)`,
    )
    if (missing.length === 0) return
    this.#database.write(db => {
      for (const id of missing) {
        const raw = db.value<Uint8Array>(sql`SELECT raw FROM calendar_objects WHERE id = ${id}`)
        if (raw !== undefined) this.write(db, id, raw)
      }
    })
  }

  /** An object was put in, taken out or has other bytes. */
  changed(id: number): void {
    this.#kept.delete(id)
    this.#plain.delete(id)
    this.#stretches = null
  }

  forget(): void {
    this.#kept.clear()
    this.#keptSize = 0
    this.#plain.clear()
    this.#stretches = null
  }
}

const empty = 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'

/** Damaged bytes stay where they are, and take no other event with them. */
function readOrEmpty(bytes: Uint8Array): EventObject {
  try {
    return readObjectBytes(asLatin1(bytes))
  } catch {
    return readObjectBytes(empty)
  }
}
