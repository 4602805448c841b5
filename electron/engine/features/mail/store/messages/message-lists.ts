import {
  conversationMessages,
  type MailboxRole,
  type MessageSummary,
} from '../../../../../../shared/features/mail/model'
import type { MailboxId, MessageId, ThreadId } from '../../../../../../shared/kit/ids'
import { imapFlagNames, readFlags } from '../../../../formats/flags'
import type { MessageLocation, MessageStore } from '../../../../ports/store'
import { jsonList, sql } from '../../../../store/sql'
import type { IndexedContext } from '../indexed-context'
import { suggestAddresses } from '../people/address-book'
import { searchMessages, wantsWords } from '../search/search'
import { type LocationRow, locationOf, type SummaryRow, summaryOf } from './message-rows'

type Lists = Pick<
  MessageStore,
  | 'index'
  | 'summaries'
  | 'thread'
  | 'threadId'
  | 'location'
  | 'locations'
  | 'search'
  | 'prepareSearch'
  | 'findByMessageId'
  | 'sameDate'
  | 'suggestAddresses'
  | 'idsForExport'
  | 'exportFlags'
  | 'internalDateMs'
>

/** Everything that reads messages without their bytes. */
export function createMessageLists({ database, searchIndex, clock }: IndexedContext): Lists {
  const { read } = database

  const ofMailbox = (mailboxId: MailboxId, mask: number, wanted: number): MessageId[] =>
    read.column<MessageId>(sql`
      SELECT id FROM messages INDEXED BY messages_by_date
      WHERE mailbox = ${mailboxId} AND (flags & ${mask}) = ${wanted} ORDER BY date DESC, id DESC`)

  const ofMailboxes = (mailboxes: readonly MailboxId[], mask: number, wanted: number): MessageId[] => {
    const [only] = mailboxes
    if (only === undefined) return []
    if (mailboxes.length === 1) return ofMailbox(only, mask, wanted)
    return read.column<MessageId>(sql`
      SELECT id FROM messages INDEXED BY messages_everywhere
      WHERE mailbox IN (SELECT value FROM json_each(${jsonList(mailboxes)})) AND (flags & ${mask}) = ${wanted}
      ORDER BY date DESC, id DESC`)
  }

  const ofRole = (role: MailboxRole): MailboxId[] =>
    read.column<MailboxId>(sql`SELECT id FROM mailboxes WHERE role = ${role}`)

  const summaries = (ids: readonly MessageId[]): readonly MessageSummary[] => {
    const rows = read.all<SummaryRow>(sql`
      SELECT m.id, m.mailbox, a.id AS account_id, m.thread, m.message_id, m.sender, m.recipients, m.subject, m.date,
        m.flags, m.keywords, m.size, m.has_attachments, m.snippet, m.body_state,
        EXISTS (SELECT 1 FROM task_messages t WHERE t.message = m.id) AS pending,
        EXISTS (SELECT 1 FROM encrypted_messages e WHERE e.message = m.id) AS encrypted,
        (SELECT count(*) FROM messages o WHERE o.thread = m.thread) AS thread_count
      FROM json_each(${jsonList(ids)}) j CROSS JOIN messages m ON m.id = j.value
        CROSS JOIN accounts a ON a.number = m.account`)
    return rows.map(summaryOf)
  }

  return {
    index: ({ mailboxId, role, unreadOnly, flaggedOnly }) => {
      const mask = (unreadOnly ? 1 : 0) | (flaggedOnly ? 2 : 0)
      const wanted = flaggedOnly ? 2 : 0
      if (mailboxId !== null) return ofMailbox(mailboxId, mask, wanted)
      if (role !== null) return ofMailboxes(ofRole(role), mask, wanted)
      return read.column<MessageId>(sql`
        SELECT id FROM messages INDEXED BY messages_everywhere
        WHERE (flags & ${mask}) = ${wanted} ORDER BY date DESC, id DESC`)
    },
    summaries,
    thread: id => {
      const around = read.column<MessageId>(sql`
        WITH line AS (
          SELECT id, row_number() OVER (ORDER BY date, id) place FROM messages
          WHERE thread = (SELECT thread FROM messages WHERE id = ${id})
        )
        SELECT line.id FROM line, (SELECT place FROM line WHERE id = ${id}) asked
        ORDER BY abs(line.place - asked.place), line.place LIMIT ${conversationMessages}`)
      return summaries(around).toSorted(
        (one, other) => one.dateMs - other.dateMs || (one.id < other.id ? -1 : 1),
      )
    },
    threadId: id => read.value<ThreadId>(sql`SELECT thread FROM messages WHERE id = ${id}`) ?? null,
    location: id => {
      const row = read.get<LocationRow>(
        sql`SELECT id, mailbox, uid, message_id, size FROM messages WHERE id = ${id}`,
      )
      return row === undefined ? null : locationOf(row)
    },
    locations: ids =>
      read
        .all<LocationRow>(sql`
          SELECT m.id, m.mailbox, m.uid, m.message_id, m.size
          FROM json_each(${jsonList(ids)}) j CROSS JOIN messages m ON m.id = j.value`)
        .map(locationOf),
    search: (text, options) => searchMessages(read, searchIndex.words, text, options),
    prepareSearch: text => wantsWords(text) && searchIndex.words.step(read),
    sameDate: id =>
      read
        .all<LocationRow>(sql`
          SELECT o.id, o.mailbox, o.uid, o.message_id, o.size FROM messages m
          JOIN messages o ON o.mailbox = m.mailbox AND o.date = m.date AND o.id <> m.id
          WHERE m.id = ${id} ORDER BY o.id DESC LIMIT 20`)
        .map(locationOf),
    findByMessageId: (accountId, messageIdHeader): readonly MessageLocation[] =>
      messageIdHeader === ''
        ? []
        : read
            .all<LocationRow>(sql`
              SELECT m.id, m.mailbox, m.uid, m.message_id, m.size FROM messages m JOIN accounts a ON a.number = m.account
              WHERE m.message_id = ${messageIdHeader} AND m.message_id <> '' AND a.id = ${accountId} ORDER BY m.id`)
            .map(locationOf),
    suggestAddresses: (prefix, limit) => suggestAddresses(read, prefix, limit, clock.now()),
    exportFlags: id => {
      const row = read.get<{ flags: number; keywords: string | null }>(
        sql`SELECT flags, keywords FROM messages WHERE id = ${id}`,
      )
      return row === undefined ? [] : imapFlagNames(readFlags(row.flags, row.keywords))
    },
    internalDateMs: id => read.value<number>(sql`SELECT internal_date FROM messages WHERE id = ${id}`) ?? 0,
    idsForExport: mailboxId =>
      read.column<MessageId>(
        sql`SELECT id FROM messages WHERE mailbox = ${mailboxId} ORDER BY internal_date, id`,
      ),
  }
}
