import { z } from 'zod'
import { type MailboxRole, mailboxRole } from '../../../../../../shared/features/mail/model'
import type { AccountId } from '../../../../../../shared/kit/ids'
import type { ReadDb, WriteDb } from '../../../../store/db'
import { sql } from '../../../../store/sql'
import { storedJson } from '../../../../store/stored-json'

/** By account, then by part: the path that the user named. */
const choices = z.record(z.string(), z.partialRecord(mailboxRole, z.string()))
type Choices = z.output<typeof choices>

/** One row among the settings: small, and kept when the store is rebuilt. */
const rowName = 'chosenRoles'

function load(db: ReadDb): Choices {
  const text = db.value<string>(sql`SELECT value FROM settings WHERE name = ${rowName}`)
  return (text === undefined ? null : storedJson(choices, text)) ?? {}
}

function save(db: WriteDb, accountId: AccountId, mine: Choices[string]): void {
  // What an account that is gone had chosen goes with the next word of the user.
  const here = new Set(db.column<string>(sql`SELECT id FROM accounts`))
  const others = Object.entries(load(db)).filter(([id]) => id !== accountId && here.has(id))
  const all = { ...Object.fromEntries(others), [accountId]: mine }
  db.run(sql`INSERT OR REPLACE INTO settings VALUES (${rowName}, ${JSON.stringify(all)})`)
}

export const chosenRoles = (db: ReadDb, accountId: AccountId): Choices[string] => load(db)[accountId] ?? {}

/** A mailbox plays one part at most, and a part has one mailbox. */
export function rememberChoice(
  db: WriteDb,
  accountId: AccountId,
  path: string,
  role: MailboxRole | null,
): void {
  const kept = Object.entries(chosenRoles(db, accountId)).filter(
    ([of, chosen]) => chosen !== path && of !== role,
  )
  save(db, accountId, { ...Object.fromEntries(kept), ...(role === null ? {} : { [role]: path }) })
}

/** The choice goes along when a mailbox, or what it lies below, gets another name. */
export function followRename(
  db: WriteDb,
  accountId: AccountId,
  { path, delimiter, newPath }: { path: string; delimiter: string; newPath: string },
): void {
  const mine = chosenRoles(db, accountId)
  const below = `${path}${delimiter}`
  const moved = (chosen: string) =>
    chosen === path
      ? newPath
      : delimiter !== '' && chosen.startsWith(below)
        ? newPath + delimiter + chosen.slice(below.length)
        : chosen
  const after = Object.fromEntries(Object.entries(mine).map(([role, chosen]) => [role, moved(chosen)]))
  if (JSON.stringify(after) !== JSON.stringify(mine)) save(db, accountId, after)
}
