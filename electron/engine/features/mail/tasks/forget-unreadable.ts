import type { MailboxId, MessageId } from '../../../../../shared/kit/ids'
import type { ChangeFeed } from '../../../store/change-feed'
import type { WriteDb } from '../../../store/db'
import { jsonList, sql } from '../../../store/sql'
import { flagRefresher } from './pending-flags'
import { relist } from './relist'

/**
 * A change that cannot be read is given up: nobody knows what it was, so whatever it hid is shown again as the server has
 * it. What was moved here stays where it is as well: a message twice is better than none.
 */
export function forgetUnreadable(
  { db, feed }: Readonly<{ db: WriteDb; feed: ChangeFeed }>,
  { account, messages }: { account: number; messages: readonly MessageId[] },
): void {
  const refreshFlags = flagRefresher(db)
  for (const id of messages) refreshFlags(id)
  db.run(
    sql`DELETE FROM remembered_uids WHERE message IN (SELECT value FROM json_each(${jsonList(messages)}))`,
  )
  const mailboxes = db.column<MailboxId>(sql`SELECT id FROM mailboxes WHERE account = ${account}`)
  for (const mailbox of mailboxes) relist(db, mailbox)
  feed.note('message', messages, 'flags')
  feed.note('mailbox', mailboxes, 'unread')
  feed.note('mailbox', mailboxes, 'flagged')
}
