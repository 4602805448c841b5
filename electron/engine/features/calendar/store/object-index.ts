import { asLatin1 } from '../../../formats/icalendar/calendar-objects'
import { type EventObject, readObjectBytes } from '../../../formats/icalendar/event/event-object'
import { indexObject } from '../../../formats/icalendar/shown/index-object'
import type { StoreContext } from '../../../store/context'
import type { WriteDb } from '../../../store/db'
import { sql } from '../../../store/sql'

/** Bytes of the objects that are kept taken apart: some thousand series. What is over goes, all at once. */
const keptBytes = 32_000_000

/** Objects as they were read last, and the row of the index that each has. */
export class ObjectIndex {
  readonly #database: StoreContext['database']
  readonly #kept = new Map<number, EventObject>()
  #keptSize = 0
  #isChecked = false

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

  /** Writes the row of an object that is new or has other bytes. */
  write(db: WriteDb, id: number, bytes: Uint8Array): void {
    this.#kept.delete(id)
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

  forget(): void {
    this.#kept.clear()
    this.#keptSize = 0
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
