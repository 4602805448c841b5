import type { AccountId } from '../../../../../shared/kit/ids'
import { accountNumber } from '../../../store/account-number'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'

/** A stretch of an archive that was read without a gap. */
export type Range = {
  id: number
  archive: string
  first_id: string | null
  last_id: string
  first_at: number
  last_at: number
  first_place: number
  last_place: number
  /** What was before it is gone on the server: a hole that nothing fills. */
  is_purged: number
}

/** Stretches of archives. Only what stands in one of them counts as read; a message that came live alone moves nothing. */
export function createRanges({ database }: StoreContext) {
  const { read } = database
  return {
    newest: (accountId: AccountId, archive: string): Range | null =>
      read.get<Range>(sql`
        SELECT r.* FROM chat_ranges r JOIN accounts a ON a.number = r.account
        WHERE a.id = ${accountId} AND r.archive = ${archive} ORDER BY r.last_place DESC, r.id DESC LIMIT 1`) ??
      null,
    all: (accountId: AccountId, archive: string): Range[] =>
      read.all<Range>(sql`
        SELECT r.* FROM chat_ranges r JOIN accounts a ON a.number = r.account
        WHERE a.id = ${accountId} AND r.archive = ${archive} ORDER BY r.last_place`),
    begin: (
      accountId: AccountId,
      range: Readonly<{
        archive: string
        firstId: string | null
        lastId: string
        atMs: number
        lastAtMs: number
        firstPlace: number
        lastPlace: number
        isPurged: boolean
      }>,
    ): void =>
      database.write(db => {
        db.run(sql`
          INSERT INTO chat_ranges (account, archive, first_id, last_id, first_at, last_at, first_place, last_place, is_purged)
          VALUES (${accountNumber(db, accountId)}, ${range.archive}, ${range.firstId}, ${range.lastId}, ${range.atMs},
            ${range.lastAtMs}, ${range.firstPlace}, ${range.lastPlace}, ${range.isPurged ? 1 : 0})`)
      }),
    extend: (id: number, lastId: string, lastAtMs: number, lastPlace: number): void =>
      database.write(db => {
        db.run(sql`
          UPDATE chat_ranges SET last_id = ${lastId}, last_at = max(last_at, ${lastAtMs}), last_place = ${lastPlace}
          WHERE id = ${id}`)
      }),
  }
}
