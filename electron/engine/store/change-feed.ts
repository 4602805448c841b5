import type { ChangedEntity, ChangedIds, ChangeKind, ChangeListener } from '../../../shared/ipc/stale/changes'
import type { Database } from './db'

type Ids = Iterable<number | string> | null
/** What of an entity changed in which way. */
type Gathered = Map<ChangedEntity, Map<ChangeKind, Set<number | string> | null>>

/** An entity with more than one kind is never told of without. */
type KindOf<E extends ChangedEntity> = ChangeKind<E> extends 'state' ? [] : [kind: ChangeKind<E>]

/** Above this many ids a record says "many": the listener asks again for everything it shows. */
const idsPerRecord = 1000

/**
 * What changed, told after the commit and gathered until the end of the current turn of the event loop, so
 * that a thousand small commits become one record a kind of change of an entity. Nothing is told of a change that was rolled back.
 */
export class ChangeFeed {
  readonly #listeners = new Set<ChangeListener>()
  readonly #database: Database
  #open: Gathered = new Map()
  #told: Gathered = new Map()
  #hooked = false
  #scheduled = false

  constructor(database: Database) {
    this.#database = database
  }

  /** Must be called inside a transaction. `null`: many. The kind may be left out where an entity has but one. */
  note<E extends ChangedEntity>(entity: E, ids: Ids, ...kind: KindOf<E>): void {
    if (!this.#hooked) {
      this.#hooked = true
      this.#database.afterCommit(() => this.#committed())
      this.#database.afterRollback(() => {
        this.#hooked = false
        this.#open.clear()
      })
    }
    add(this.#open, entity, kind[0] ?? 'state', ids)
  }

  listen(listener: ChangeListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Tells what is gathered now. */
  flush(): void {
    const told = this.#told
    this.#told = new Map()
    for (const [entity, kinds] of told)
      for (const [kind, ids] of kinds) {
        const record: ChangedIds = ids === null ? null : [...ids]
        for (const listener of this.#listeners) listener(entity, record, kind)
      }
  }

  #committed(): void {
    this.#hooked = false
    for (const [entity, kinds] of this.#open)
      for (const [kind, ids] of kinds) add(this.#told, entity, kind, ids)
    this.#open.clear()
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.flush()
    })
  }
}

function add(records: Gathered, entity: ChangedEntity, kind: ChangeKind, ids: Ids): void {
  const kinds = records.get(entity) ?? new Map<ChangeKind, Set<number | string> | null>()
  const known = kinds.get(kind)
  if (known === null) return
  const all = known ?? new Set<number | string>()
  for (const id of ids ?? []) all.add(id)
  // Nothing is told of no ids.
  if (ids !== null && all.size === 0) return
  records.set(entity, kinds)
  kinds.set(kind, ids === null || all.size > idsPerRecord ? null : all)
}
