import type { Database, WriteDb } from '../../../../store/db'
import { isDamage } from '../../../../store/errors'
import { sql } from '../../../../store/sql'

/** Pages a step may write: a few milliseconds, so that nothing waits for it. */
const pagesPerStep = 16
/** Quiet time before the first step; a sync writes more often than that. */
const quietMs = 3000
/** Between two steps, so that other work comes first. */
const pauseMs = 20

/**
 * Merges the segments of the search indexes in small steps when nothing has been written for a moment. Many
 * segments only make searches slower, so it does not matter when this is interrupted or never comes.
 */
export class IndexCare {
  readonly #database: Database
  #timer: NodeJS.Timeout | null = null

  constructor(database: Database) {
    this.#database = database
  }

  /** Something was indexed: waits for quiet, then begins. */
  wake(): void {
    this.#schedule(quietMs)
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  /** One step; true when there may be more to do. */
  step(): boolean {
    return this.#database.write(db => mergeHeaders(db) || mergeBodies(db))
  }

  #schedule(delayMs: number): void {
    this.stop()
    this.#timer = setTimeout(() => {
      this.#timer = null
      try {
        if (this.step()) this.#schedule(pauseMs)
      } catch (error) {
        // A merge loses nothing when it fails; a full disk or damage is told by the next real write or read.
        if (!isDamage(error)) this.#schedule(quietMs * 100)
      }
    }, delayMs)
    this.#timer.unref()
  }
}

/** FTS5 writes its structure record each time; fewer than two changes mean that nothing was merged. */
const changedSome = (before: number, after: number): boolean => after - before >= 2

const changes = (db: WriteDb): number => db.value<number>(sql`SELECT total_changes()`) ?? 0

function mergeHeaders(db: WriteDb): boolean {
  const before = changes(db)
  db.run(sql`INSERT INTO find_headers (find_headers, rank) VALUES ('merge', ${pagesPerStep})`)
  return changedSome(before, changes(db))
}

function mergeBodies(db: WriteDb): boolean {
  const before = changes(db)
  db.run(sql`INSERT INTO find_bodies (find_bodies, rank) VALUES ('merge', ${pagesPerStep})`)
  return changedSome(before, changes(db))
}
