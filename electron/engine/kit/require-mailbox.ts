import { SiegelError } from '../../../shared/kit/result'
import type { MailboxId } from '../../../shared/kit/ids'
import type { MailboxRow } from '../ports/store'
import type { AppContext } from '../compose/context'

/** Throws `mailbox-missing`. */
export function requireMailbox(context: AppContext, id: MailboxId): MailboxRow {
  const row = context.store.mailboxes.row(id)
  if (!row) throw new SiegelError('mailbox-missing', {})
  return row
}
