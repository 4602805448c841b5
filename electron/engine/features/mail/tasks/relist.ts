import type { MailboxId } from '../../../../../shared/kit/ids'
import type { WriteDb } from '../../../store/db'
import { sql } from '../../../store/sql'

/** Makes the next sync compare every UID of a mailbox instead of only what changed. */
export function relist(db: WriteDb, mailbox: MailboxId): void {
  db.run(sql`UPDATE mailboxes SET highest_modseq = NULL, headers_complete = 0 WHERE id = ${mailbox}`)
}
