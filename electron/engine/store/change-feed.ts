import type { ChangedEntity } from '../../../shared/ipc/contract'
import type { Database } from './db'

type Listener = (entity: ChangedEntity, ids: readonly (number | string)[] | null) => void

/** Above this many ids a record says "many": the listener asks again for everything it shows. */
const idsPerRecord = 1000

/**
 * What changed, told after the commit and gathered until the end of the current turn of the event loop, so
 * that a thousand small commits become one record an entity. Nothing is told of a change that was rolled back.
 */
export class ChangeFeed {
  readonly #listeners = new Set<Listener>()
  readonly #database: Database
  #open = new Map<ChangedEntity, Set<number | string> | null>()
  #told = new Map<ChangedEntity, Set<number | string> | null>()
  #hooked = false
  #scheduled = false

  constructor(database: Database) {
    this.#database = database
  }

  /** Must be called inside a transaction. `null`: many. */
  note(entity: ChangedEntity, ids: Iterable<number | string> | null): void {
    if (!this.#hooked) {
      this.#hooked = true
      this.#database.afterCommit(() => this.#committed())
      this.#database.afterRollback(() => {
        this.#hooked = false
        this.#open.clear()
      })
    }
    add(this.#open, entity, ids)
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Tells what is gathered now. */
  flush(): void {
    const told = this.#told
    this.#told = new Map()
    for (const [entity, ids] of told) {
      const record = ids === null ? null : [...ids]
      for (const listener of this.#listeners) listener(entity, record)
    }
  }

  #committed(): void {
    this.#hooked = false
    for (const [entity, ids] of this.#open) add(this.#told, entity, ids)
    this.#open.clear()
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.flush()
    })
  }
}

function add(
  records: Map<ChangedEntity, Set<number | string> | null>,
  entity: ChangedEntity,
  ids: Iterable<number | string> | null,
): void {
  const known = records.get(entity)
  if (known === null) return
  if (ids === null) {
    records.set(entity, null)
    return
  }
  const all = known ?? new Set<number | string>()
  for (const id of ids) all.add(id)
  records.set(entity, all.size > idsPerRecord ? null : all)
}
