import { SiegelError } from '../../../shared/ipc/result'
import type { MailboxId } from '../../../shared/model/ids'
import type { MailboxRow } from '../ports/store'
import type { AppContext } from './context'

/** Throws `mailbox-missing`. */
export function requireMailbox(context: AppContext, id: MailboxId): MailboxRow {
  const row = context.store.mailboxes.row(id)
  if (!row) throw new SiegelError('mailbox-missing', {})
  return row
}
