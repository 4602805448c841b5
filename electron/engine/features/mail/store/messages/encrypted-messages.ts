import type { MessageId } from '../../../../../../shared/kit/ids'
import type { MessageStore } from '../../../../ports/store'
import { unpack } from '../../../../store/blobs'
import type { WriteDb } from '../../../../store/db'
import { sql } from '../../../../store/sql'
import type { IndexedContext } from '../indexed-context'

type Encrypted = Pick<
  MessageStore,
  'encryptedWaiting' | 'rememberDecrypted' | 'noteUnopened' | 'retryUnopened' | 'forgetDecrypted'
>

type Row = Readonly<{ subject: string; sender: string; recipients: string; snippet: string }>

const summaryBounds = { subject: 2000, from: 20, to: 50, snippet: 400 } as const

const sameRow = (one: Row, other: Row): boolean =>
  one.subject === other.subject &&
  one.snippet === other.snippet &&
  one.sender === other.sender &&
  one.recipients === other.recipients

/** The bytes of a message were stored: whether they are encrypted is known now, what they say is not. */
export function noteEncrypted(db: WriteDb, id: number, isEncrypted: boolean): void {
  if (isEncrypted)
    db.run(sql`
      INSERT INTO encrypted_messages (message) VALUES (${id}) ON CONFLICT (message) DO UPDATE SET state = 0`)
}

/** What decrypted messages say, in their rows and in the search index, and how it is forgotten again. */
export function createEncryptedMessages({
  database,
  feed,
  indexCare,
  searchIndex,
}: IndexedContext): Encrypted {
  const { read } = database

  const replaceRow = (db: WriteDb, id: number, row: Row, attachments: number | null): void => {
    db.run(sql`
      UPDATE messages SET subject = ${row.subject}, sender = ${row.sender}, recipients = ${row.recipients},
        snippet = ${row.snippet}, has_attachments = coalesce(${attachments}, has_attachments) WHERE id = ${id}`)
  }

  return {
    encryptedWaiting: (accountIds, limit) =>
      read.column<MessageId>(sql`
        SELECT e.message FROM encrypted_messages e
          JOIN messages m ON m.id = e.message JOIN accounts a ON a.number = m.account
        WHERE e.state = 0 AND a.id IN (SELECT value FROM json_each(${JSON.stringify(accountIds)}))
        ORDER BY e.message DESC LIMIT ${limit}`),
    rememberDecrypted: (id, parsed) =>
      database.write(db => {
        const before = db.get<Row>(
          sql`SELECT subject, sender, recipients, snippet FROM messages WHERE id = ${id}`,
        )
        if (before === undefined) return
        const { header } = parsed
        const row = {
          subject: header.subject.slice(0, summaryBounds.subject),
          sender: JSON.stringify(header.from.slice(0, summaryBounds.from)),
          recipients: JSON.stringify(header.to.slice(0, summaryBounds.to)),
          snippet: parsed.snippet.slice(0, summaryBounds.snippet),
        }
        // Opening the same message again changes nothing, and must not look like a change.
        const state = db.value<number>(sql`SELECT state FROM encrypted_messages WHERE message = ${id}`)
        if (state === 1 && sameRow(before, row)) return
        db.run(sql`
          INSERT INTO encrypted_messages (message, state, outer) VALUES (${id}, 1, ${JSON.stringify(before)})
          ON CONFLICT (message) DO UPDATE SET state = 1, outer = coalesce(outer, excluded.outer)`)
        replaceRow(db, id, row, parsed.attachments.some(each => !each.inline) ? 1 : 0)
        searchIndex.header(db, id, header, true)
        searchIndex.body(db, id, parsed, true)
        feed.note('message', [id], 'row')
        indexCare.wake()
      }),
    noteUnopened: id =>
      database.write(db => {
        db.run(sql`UPDATE encrypted_messages SET state = 2 WHERE message = ${id} AND state = 0`)
      }),
    retryUnopened: () =>
      database.write(db => {
        db.run(sql`UPDATE encrypted_messages SET state = 0 WHERE state = 2`)
      }),
    forgetDecrypted: (accountId, outerOf) =>
      database.write(db => {
        const rows = db.all<{ message: MessageId; outer: string }>(sql`
          SELECT e.message, e.outer FROM encrypted_messages e
            JOIN messages m ON m.id = e.message JOIN accounts a ON a.number = m.account
          WHERE e.outer IS NOT NULL AND a.id = ${accountId}`)
        for (const { message, outer } of rows) {
          replaceRow(db, message, JSON.parse(outer) as Row, 1)
          const stored = db.get<{ encoding: number; size: number; bytes: Uint8Array }>(
            sql`SELECT encoding, size, bytes FROM raw_messages WHERE message = ${message}`,
          )
          if (stored === undefined) continue
          const parsed = outerOf(unpack(stored.encoding, stored.bytes, stored.size))
          searchIndex.header(db, message, parsed.header, true)
          searchIndex.body(db, message, parsed, true)
          db.run(sql`UPDATE encrypted_messages SET state = 0, outer = NULL WHERE message = ${message}`)
        }
        feed.note(
          'message',
          rows.map(row => row.message),
          'row',
        )
      }),
  }
}
