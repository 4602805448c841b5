import type { MailboxId, MessageId } from '../../../../../shared/kit/ids'
import type { Candidate, InboxEncryptionStore } from '../../../ports/keys/inbox-encryption'
import { accountNumber } from '../../../store/account-number'
import type { StoreContext } from '../../../store/context'
import { jsonList, sql } from '../../../store/sql'

type Stored = {
  id: MessageId
  mailbox: MailboxId
  uid: number
  size: number
  message_id: string
  body_state: number
}

const candidateOf = (row: Stored): Candidate => ({
  id: row.id,
  mailboxId: row.mailbox,
  uid: row.uid,
  sizeBytes: row.size,
  messageIdHeader: row.message_id,
  whole: row.body_state === 2,
})

/**
 * Which messages come next. Only what is on the server and is not being replaced already. A message that this machine
 * has encrypted is never encrypted again, whatever the server shows.
 */
export function createInboxCandidates({
  database,
}: StoreContext): Pick<InboxEncryptionStore, 'arrivals' | 'candidates' | 'measure'> {
  const { read } = database
  return {
    arrivals: ({ mailboxIds, sinceMs, nowMs, limit }) =>
      read
        .all<Stored>(sql`
          SELECT m.id, m.mailbox, m.uid, m.size, m.message_id, m.body_state FROM messages m
          LEFT JOIN inbox_messages i ON i.message = m.id
          WHERE m.mailbox IN (SELECT value FROM json_each(${jsonList(mailboxIds)})) AND m.uid IS NOT NULL
            AND m.internal_date >= ${sinceMs} AND (i.message IS NULL OR i.retry_at <= ${nowMs})
            AND NOT EXISTS (SELECT 1 FROM inbox_replacements r WHERE r.message = m.id AND r.state <> 'lost')
          ORDER BY m.mailbox, m.id DESC LIMIT ${limit}`)
        .map(candidateOf),
    candidates: (job, accountId, limit) => {
      if (job.kind === 'undo') {
        return read
          .all<Stored>(sql`
            SELECT m.id, m.mailbox, m.uid, m.size, m.message_id, m.body_state FROM inbox_originals o
            JOIN messages m ON m.id = o.message JOIN inbox_messages i ON i.message = m.id
            WHERE o.account = ${accountNumber(read, accountId)} AND m.uid IS NOT NULL AND i.state = 'encrypted'
              AND i.job <> ${job.number}
              AND NOT EXISTS (SELECT 1 FROM inbox_replacements r WHERE r.message = m.id AND r.state <> 'lost')
            ORDER BY m.mailbox, m.id DESC LIMIT ${limit}`)
          .map(candidateOf)
      }
      return read
        .all<Stored>(sql`
          SELECT m.id, m.mailbox, m.uid, m.size, m.message_id, m.body_state FROM messages m
          LEFT JOIN inbox_messages i ON i.message = m.id
          WHERE m.mailbox IN (SELECT value FROM json_each(${jsonList(job.mailboxIds)})) AND m.uid IS NOT NULL
            AND (i.message IS NULL OR (i.job <> ${job.number} AND (i.state <> 'encrypted' OR ${job.kind} = 'decrypt')))
            AND NOT EXISTS (SELECT 1 FROM inbox_replacements r WHERE r.message = m.id AND r.state <> 'lost')
          ORDER BY m.mailbox, m.id DESC LIMIT ${limit}`)
        .map(candidateOf)
    },
    measure: (kind, accountId, mailboxIds) => {
      const found =
        kind === 'undo'
          ? read.get<{ count: number; bytes: number }>(sql`
              SELECT count(*) AS count, coalesce(sum(o.size), 0) AS bytes FROM inbox_originals o
              JOIN messages m ON m.id = o.message JOIN inbox_messages i ON i.message = m.id
              WHERE o.account = ${accountNumber(read, accountId)} AND m.uid IS NOT NULL AND i.state = 'encrypted'`)
          : read.get<{ count: number; bytes: number }>(sql`
              SELECT count(*) AS count, coalesce(sum(m.size), 0) AS bytes FROM messages m
              LEFT JOIN inbox_messages i ON i.message = m.id
              WHERE m.mailbox IN (SELECT value FROM json_each(${jsonList(mailboxIds)})) AND m.uid IS NOT NULL
                AND (i.message IS NULL OR i.state <> 'encrypted' OR ${kind} = 'decrypt')`)
      return found ?? { count: 0, bytes: 0 }
    },
  }
}
