import type { Address, BodyState, MessageSummary } from '../../../../../../shared/features/mail/model'
import type { AccountId, MailboxId, MessageId, ThreadId } from '../../../../../../shared/kit/ids'
import { readFlags, systemFlags } from '../../../../formats/flags'
import type { MessageLocation } from '../../../../ports/store'

/** `messages.body_state` by number. */
export const bodyStates = ['header', 'text', 'whole'] as const satisfies readonly BodyState[]

export type SummaryRow = {
  id: number
  mailbox: number
  account_id: string
  thread: number
  message_id: string
  sender: string
  recipients: string
  subject: string
  date: number
  flags: number
  keywords: string | null
  size: number
  has_attachments: number
  snippet: string
  body_state: number
  pending: number
  encrypted: number
  thread_count: number
}

export type LocationRow = {
  id: number
  mailbox: number
  uid: number | null
  message_id: string
  size: number
}

export function summaryOf(row: SummaryRow): MessageSummary {
  return {
    id: row.id as MessageId,
    mailboxId: row.mailbox as MailboxId,
    accountId: row.account_id as AccountId,
    threadId: row.thread as ThreadId,
    messageIdHeader: row.message_id,
    from: JSON.parse(row.sender) as Address[],
    to: JSON.parse(row.recipients) as Address[],
    subject: row.subject,
    dateMs: row.date,
    flags: systemFlags(row.flags),
    keywords: [...readFlags(row.flags, row.keywords).keywords],
    sizeBytes: row.size,
    hasAttachments: row.has_attachments === 1,
    snippet: row.snippet,
    bodyState: bodyStates[row.body_state] ?? 'header',
    pending: row.pending === 1,
    encrypted: row.encrypted === 1,
    threadCount: row.thread_count,
  }
}

export function locationOf(row: LocationRow): MessageLocation {
  return {
    id: row.id as MessageId,
    mailboxId: row.mailbox as MailboxId,
    uid: row.uid,
    messageIdHeader: row.message_id,
    sizeBytes: row.size,
  }
}
