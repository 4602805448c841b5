import type BetterSqlite from 'better-sqlite3-multiple-ciphers'
import { accountsWithServices } from '../schema/0011-services'
import type { SalvagedRow } from './salvage'

/** What whoever carries rows over works with: what was read of the damaged store, and the new one, in a transaction. */
export type Carrying = Readonly<{
  connection: BetterSqlite.Database
  /** Rows that were read of a table and whose JSON is whole; none where nothing could be read. */
  rows(table: string): readonly SalvagedRow[]
  /** Puts a row into the new store. False when it does not fit: what it refers to is lost. */
  insert(table: string, row: SalvagedRow): boolean
  /** 32 hex digits, for an account that stands in for a lost one. */
  placeholderId: string
}>

/** Puts one row of a damaged store into the new one; false when it stays behind. Without one a row goes over as it is. */
export type CarryRow = (row: SalvagedRow) => boolean

/** What the features change in their rows, table by table. */
export type CarryOver = (carrying: Carrying) => Readonly<Record<string, CarryRow>>

/** Rows that were put in as an older store had them become what they are in the newest one. */
export function bringUpToDate({ connection }: Pick<Carrying, 'connection'>): void {
  connection.exec(accountsWithServices)
}
