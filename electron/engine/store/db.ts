import type BetterSqlite from 'better-sqlite3-multiple-ciphers'
import { asStoreError } from './errors'
import { type Sql, type SqlValue, sql } from './sql'

declare const readBrand: unique symbol
declare const writeBrand: unique symbol

/** May read. `T` is the row as the query names its columns; the schema is ours, so rows are trusted. */
export type ReadDb = {
  readonly [readBrand]: true
  all<T>(query: Sql): T[]
  get<T>(query: Sql): T | undefined
  /** First column of every row. */
  column<T>(query: Sql): T[]
  /** First column of the first row. */
  value<T>(query: Sql): T | undefined
  /** First column, row by row; no write may run on this connection until it ends. */
  eachValue<T>(query: Sql): IterableIterator<T>
}

/** May also write; exists only inside `Database.write`. */
export type WriteDb = ReadDb & {
  readonly [writeBrand]: true
  run(query: Sql): { changes: number; lastId: number }
}

type Statement = BetterSqlite.Statement<SqlValue[], unknown>

/** One connection: statements are prepared once, writes run in a transaction, and what follows a commit is told. */
export class Database {
  readonly read: ReadDb
  readonly #connection: BetterSqlite.Database
  readonly #write: WriteDb
  readonly #statements = new Map<TemplateStringsArray, Statement>()
  readonly #columns = new Map<TemplateStringsArray, Statement>()
  readonly #onFailure: (error: unknown) => void
  #depth = 0
  #durable = false
  #hasFailedPart = false
  #afterCommit: (() => void)[] = []
  #afterRollback: (() => void)[] = []

  constructor(connection: BetterSqlite.Database, onFailure: (error: unknown) => void = () => undefined) {
    this.#connection = connection
    this.#onFailure = onFailure
    const reader = {
      all: <T>(query: Sql) => this.#try(() => this.#statement(query).all(...parameters(query)) as T[]),
      get: <T>(query: Sql) =>
        this.#try(() => this.#statement(query).get(...parameters(query)) as T | undefined),
      column: <T>(query: Sql) => this.#try(() => this.#column(query).all(...parameters(query)) as T[]),
      value: <T>(query: Sql) =>
        this.#try(() => this.#column(query).get(...parameters(query)) as T | undefined),
      eachValue: <T>(query: Sql) => this.#eachValue<T>(query),
    }
    const writer = {
      ...reader,
      run: (query: Sql) =>
        this.#try(() => {
          const result = this.#statement(query).run(...parameters(query))
          return { changes: result.changes, lastId: Number(result.lastInsertRowid) }
        }),
    }
    // The brands exist for the compiler only.
    this.read = reader as unknown as ReadDb
    this.#write = writer as unknown as WriteDb
  }

  /**
   * Runs `work` in a transaction, or as part of the one that is open: that fails as a whole when one part does. `durable`: the commit is flushed to the
   * disk before this returns (synchronous=FULL), for what the user wrote; otherwise WAL with NORMAL, where a
   * power cut may lose the last commits but never breaks the file.
   */
  write<T>(work: (db: WriteDb) => T, options: { durable?: boolean } = {}): T {
    if (this.#depth > 0) {
      if (options.durable === true) this.#durable = true
      return this.#nested(work)
    }
    const full = options.durable === true
    this.#durable = false
    this.#hasFailedPart = false
    let result: T
    this.#try(() => {
      // The level cannot be changed inside a transaction.
      if (full) this.#connection.pragma('synchronous = FULL')
      this.#connection.exec('BEGIN IMMEDIATE')
    })
    this.#depth = 1
    try {
      result = work(this.#write)
      // Half of a part must not stay, whoever caught its error.
      if (this.#hasFailedPart) throw new Error('a part of this transaction failed')
      this.#try(() => this.#connection.exec('COMMIT'))
    } catch (error) {
      if (this.#connection.open && this.#connection.inTransaction) this.#connection.exec('ROLLBACK')
      this.#settle(this.#afterRollback)
      throw error
    } finally {
      this.#depth = 0
      if (full && this.#connection.open) this.#connection.pragma('synchronous = NORMAL')
    }
    if (this.#durable && !full) this.#flushLog()
    this.#settle(this.#afterCommit)
    return result
  }

  /** Runs after the outermost transaction was committed; not at all when it was rolled back. */
  afterCommit(work: () => void): void {
    this.#afterCommit.push(work)
  }

  /** Runs when the outermost transaction was rolled back: for what is kept in memory beside the tables. */
  afterRollback(work: () => void): void {
    this.#afterRollback.push(work)
  }

  /**
   * Takes a step at taking away a full-text index that nobody asks any more, with the trigger that kept it; true while there
   * is more. Dropping it at once stops the engine for seconds in a large store (measured: 0.6 s for 20,000 messages). So the
   * entry of the virtual table goes first, after which what it was made of are tables like others, whose rows can go one
   * after the other: at no moment does a check of the store meet half an index. SQLite allows it for this moment only.
   */
  takeAwayIndex(table: 'search_headers' | 'search_bodies', trigger: string, rows: number): boolean {
    return this.write(db => {
      this.#connection.exec(`DROP TRIGGER IF EXISTS ${trigger}`)
      const isWhole =
        db.value<number>(sql`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ${table}`) === 1
      if (isWhole) {
        this.#connection.unsafeMode(true)
        try {
          this.#connection.pragma('writable_schema = ON')
          db.run(sql`DELETE FROM sqlite_schema WHERE type = 'table' AND name = ${table}`)
        } finally {
          // Reads the schema again, and ends what was allowed.
          this.#connection.pragma('writable_schema = RESET')
          this.#connection.unsafeMode(false)
        }
        return true
      }
      const { changes } = this.#connection
        .prepare(
          `DELETE FROM ${table}_data WHERE id IN (SELECT id FROM ${table}_data ORDER BY id DESC LIMIT ?)`,
        )
        .run(rows)
      if (changes === rows) return true
      for (const part of ['data', 'idx', 'docsize', 'config'])
        this.#connection.exec(`DROP TABLE IF EXISTS ${table}_${part}`)
      return false
    })
  }

  close(): void {
    this.#statements.clear()
    this.#columns.clear()
    if (this.#connection.open) this.#connection.close()
  }

  #settle(callbacks: readonly (() => void)[]): void {
    this.#afterCommit = []
    this.#afterRollback = []
    for (const callback of callbacks) callback()
  }

  /**
   * Part of the transaction that is open, and no savepoint of its own: under one, SQLite keeps each page that a statement
   * touches until its end and walks through all of them at every statement, which made long ones grow with the square.
   */
  #nested<T>(work: (db: WriteDb) => T): T {
    this.#depth += 1
    try {
      return work(this.#write)
    } catch (error) {
      this.#hasFailedPart = true
      throw error
    } finally {
      this.#depth -= 1
    }
  }

  /** A commit with FULL flushes the whole log before it, and with it the commit that was just made with NORMAL. */
  #flushLog(): void {
    this.#try(() => {
      this.#connection.pragma('synchronous = FULL')
      this.#connection.exec("UPDATE meta SET value = value + 1 WHERE name = 'flushes'")
      this.#connection.pragma('synchronous = NORMAL')
    })
  }

  *#eachValue<T>(query: Sql): IterableIterator<T> {
    try {
      yield* this.#column(query).iterate(...parameters(query)) as IterableIterator<T>
    } catch (error) {
      this.#onFailure(error)
      throw asStoreError(error)
    }
  }

  #statement(query: Sql): Statement {
    return this.#prepared(this.#statements, query, statement => statement)
  }

  #column(query: Sql): Statement {
    return this.#prepared(this.#columns, query, statement => statement.pluck())
  }

  #prepared(
    cache: Map<TemplateStringsArray, Statement>,
    query: Sql,
    shape: (made: Statement) => Statement,
  ): Statement {
    const known = cache.get(query.strings)
    if (known !== undefined && !known.busy) return known
    const made = shape(this.#connection.prepare<SqlValue[]>(query.strings.join('?')))
    if (known === undefined) cache.set(query.strings, made)
    return made
  }

  #try<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      this.#onFailure(error)
      throw asStoreError(error)
    }
  }
}

function parameters(query: Sql): SqlValue[] {
  return query.values.map(value =>
    value instanceof Uint8Array && !Buffer.isBuffer(value)
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
      : value,
  )
}
