import type { Migration } from './schema/migrations'

/**
 * What a table of the store holds: `precious`: what exists nowhere else, or only in part; `server`: what a server gives
 * again; `derived`: what is made again from the rest.
 */
type Keep = 'precious' | 'server' | 'derived'

/** What is counted of a recovery, for whoever is told of it. */
export type SavedCount = 'keys' | 'drafts' | 'outbox' | 'localMessages' | 'accounts' | 'events' | 'contacts'

/** How a precious table is read from a damaged store and put into a new one. */
type SalvageRule = Readonly<{
  /** A further column that tells rows of one key apart. */
  beside?: string
  /** A column of whole numbers by which rows behind a broken page are reached; null where there is none. */
  key: string | null
  /** Only these rows, as an SQL condition. */
  only?: string
  /** Only the rows whose key is an `id` that was read of this table. */
  of?: string
  /** Columns that must hold JSON; a row where one does not is of no use. */
  json?: readonly string[]
  /** Under what its rows are counted. */
  counted?: SavedCount
}>

/** A table, with all that opening, salvage and recovery need to know of it. */
export type TableRule = Readonly<{
  name: string
  keep: Keep
  /** Tables to which its rows refer: those are put into a new store first. */
  after?: readonly string[]
  /** How much is read at every opening: a small table `whole`, a large one at both `ends`, the rest when it is used. */
  look?: 'whole' | 'ends'
  /** Its rows leave with no backup: going on with an old state of them would do harm. */
  stays?: true
  salvage?: SalvageRule
}>

/** Tables of the store itself. */
export const storeTables: readonly TableRule[] = [
  // Numbers of the store itself, and what servers say of themselves.
  { name: 'meta', keep: 'derived', look: 'whole' },
]

/** Tables in an order in which every row finds what it refers to. Throws when one is declared twice, or stands behind itself. */
export function inOrder(tables: readonly TableRule[]): readonly TableRule[] {
  const byName = new Map(tables.map(table => [table.name, table]))
  if (byName.size !== tables.length) throw new Error('A table is declared twice')
  const ordered = new Set<TableRule>()
  const put = (table: TableRule, below: readonly TableRule[]): void => {
    if (below.includes(table)) throw new Error(`The table ${table.name} stands behind itself`)
    for (const name of table.after ?? []) {
      const before = byName.get(name)
      if (before === undefined)
        throw new Error(`${table.name} stands behind ${name}, which no table is called`)
      put(before, [...below, table])
    }
    ordered.add(table)
  }
  for (const table of tables) put(table, [])
  return [...ordered]
}

/** A table that is carried into a new store. */
export type PreciousTable = TableRule & { readonly salvage: SalvageRule }

/** Those that are read from a damaged store, in their order. */
export const preciousOf = (tables: readonly TableRule[]): readonly PreciousTable[] =>
  tables.flatMap(table => (table.salvage === undefined ? [] : [{ ...table, salvage: table.salvage }]))

/** All tables of a store, in their order, and the steps that make them. */
export type StoreLayout = Readonly<{ tables: readonly TableRule[]; migrations: readonly Migration[] }>
