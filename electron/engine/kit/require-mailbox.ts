import type { MailboxId } from '../../../shared/kit/ids'
import { SiegelError } from '../../../shared/kit/result'
import type { AppContext } from '../compose/context'
import type { MailboxRow } from '../ports/store'

/** Throws `mailbox-missing`. */
export function requireMailbox(context: AppContext, id: MailboxId): MailboxRow {
  const row = context.store.mailboxes.row(id)
  if (!row) throw new SiegelError('mailbox-missing', {})
  return row
}
