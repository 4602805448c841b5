import type { MailboxId } from '../../kit/ids'
import type { MailboxSummary, MessageSummary } from './model'

/** Mailboxes of what one wrote oneself: sent mail and drafts, and those below them. */
export function writtenMailboxes(
  mailboxes: readonly Pick<MailboxSummary, 'id' | 'role' | 'parentId'>[],
): ReadonlySet<MailboxId> {
  const byId = new Map(mailboxes.map(each => [each.id, each]))
  const written = new Set<MailboxId>()
  for (const { id } of mailboxes) {
    let at = byId.get(id)
    // A role of its own says what a mailbox is; ten levels end a circle that a server made up.
    for (let level = 0; at?.role === 'none' && level < 10; level += 1)
      at = at.parentId === null ? undefined : byId.get(at.parentId)
    if (at?.role === 'sent' || at?.role === 'drafts') written.add(id)
  }
  return written
}

/**
 * Whether a row of a list shows to whom a message goes, and not from whom it is: judged for each message, since a search
 * and a list of all mail hold both. `own`: addresses of the accounts, in small letters. What one sent to oneself was received.
 */
export function showsRecipients(
  { from, to, mailboxId }: Pick<MessageSummary, 'from' | 'to' | 'mailboxId'>,
  written: ReadonlySet<MailboxId>,
  own: ReadonlySet<string>,
): boolean {
  if (written.has(mailboxId)) return true
  const isOwn = ({ address }: { address: string }): boolean => own.has(address.toLowerCase())
  const [sender] = from
  return sender !== undefined && isOwn(sender) && to.length > 0 && !to.some(isOwn)
}
