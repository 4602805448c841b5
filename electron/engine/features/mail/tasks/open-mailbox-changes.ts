import type { MailboxId } from '../../../../../shared/kit/ids'
import { TaskKinds } from '../../../kit/tasks/task-kind'
import type { ReadDb } from '../../../store/db'
import { sql } from '../../../store/sql'
import { createMailbox } from './create-mailbox'
import { deleteMailbox } from './delete-mailbox'
import { renameMailbox } from './rename-mailbox'

const kinds = new TaskKinds([createMailbox, renameMailbox, deleteMailbox])

/** What of the mailboxes has not reached the server: made, removed, and the names that renamed ones still have there. */
export function openMailboxChanges(db: ReadDb, account: number) {
  const created = new Set<MailboxId>()
  const deleted = new Set<string>()
  const oldPaths = new Map<MailboxId, string>()
  const rows = db.all<{ kind: string; payload: string }>(sql`
    SELECT kind, payload FROM tasks WHERE account = ${account} AND state <> 'done'
      AND kind IN (SELECT value FROM json_each(${kinds.reshaping})) ORDER BY id`)
  for (const row of rows) {
    const payload = kinds.read(row)?.payload
    if (payload?.kind === 'create-mailbox') created.add(payload.mailboxId)
    if (payload?.kind === 'delete-mailbox') deleted.add(payload.path)
    if (payload?.kind === 'rename-mailbox' && !oldPaths.has(payload.mailboxId)) {
      oldPaths.set(payload.mailboxId, payload.oldPath)
      const below = db.all<{ id: MailboxId; path: string; parent: string }>(sql`
        SELECT c.id, c.path, p.path AS parent FROM mailboxes c JOIN mailboxes p ON p.id = ${payload.mailboxId}
        WHERE c.account = p.account AND substr(c.path, 1, length(p.path) + 1) = p.path || p.delimiter`)
      for (const child of below)
        oldPaths.set(child.id, payload.oldPath + child.path.slice(child.parent.length))
    }
  }
  return { created, deleted, oldPaths }
}
