import type { AccountId } from '../../../shared/kit/ids'
import { SiegelError } from '../../../shared/kit/result'
import type { ReadDb } from './db'
import { sql } from './sql'

/** The row number of an account, by which every other table names it. Throws `not-found`. */
export function accountNumber(db: ReadDb, id: AccountId): number {
  const number = db.value<number>(sql`SELECT number FROM accounts WHERE id = ${id}`)
  if (number === undefined) throw new SiegelError('not-found', { what: 'account' })
  return number
}
