import type { MessageId } from '../../../shared/model/ids'
import type { BodyState } from '../../../shared/model/mail'
import type { MessageStore, ParsedMessage } from '../ports'
import { pack, packJson, unpack, unpackJson } from './blobs'
import type { StoreContext } from './context'
import type { WriteDb } from './db'
import { bodyStates } from './message-rows'
import { indexMessage } from './search'
import { sql } from './sql'

type Bodies = Pick<MessageStore, 'storeBodies' | 'storeText' | 'bodiesWanted' | 'raw' | 'storedText'>

const snippetCharacters = 400

/** Writes bytes, index and state of one message; the caller holds the transaction. */
export function writeBody(db: WriteDb, id: number, raw: Uint8Array, parsed: ParsedMessage): void {
  const packed = pack(raw)
  db.run(
    sql`INSERT OR REPLACE INTO raw_messages VALUES (${id}, ${packed.encoding}, ${raw.length}, ${packed.bytes})`,
  )
  db.run(sql`UPDATE messages SET body_state = 2, has_attachments = ${hasAttachments(parsed)},
    snippet = ${parsed.snippet.slice(0, snippetCharacters)} WHERE id = ${id}`)
  indexMessage(db, id, parsed)
}

const hasAttachments = (parsed: ParsedMessage): number =>
  parsed.attachments.some(attachment => !attachment.inline) ? 1 : 0

/** Bytes and texts of messages. A message is 'whole' in the same transaction that stores its bytes, never before. */
export function createMessageBodies({ database, feed }: StoreContext): Bodies {
  const { read } = database
  const stateOf = (db: WriteDb, id: MessageId): { mailbox: number; body_state: number } | undefined =>
    db.get(sql`SELECT mailbox, body_state FROM messages WHERE id = ${id}`)

  return {
    storeBodies: bodies =>
      database.write(db => {
        const mailboxes = new Set<number>()
        for (const { id, raw, parsed } of bodies) {
          // Removed while its bytes were on the way.
          const row = stateOf(db, id)
          if (row === undefined) continue
          if (row.body_state === 1) db.run(sql`DELETE FROM message_texts WHERE message = ${id}`)
          writeBody(db, id, raw, parsed)
          mailboxes.add(row.mailbox)
        }
        feed.note(
          'message',
          bodies.map(body => body.id),
        )
        feed.note('mailbox', mailboxes)
      }),
    storeText: (id, parsed) =>
      database.write(db => {
        const row = stateOf(db, id)
        if (row === undefined || row.body_state === 2) return
        db.run(sql`INSERT OR REPLACE INTO message_texts VALUES (${id}, ${packJson(parsed)})`)
        db.run(sql`UPDATE messages SET body_state = 1, has_attachments = ${hasAttachments(parsed)},
          snippet = ${parsed.snippet.slice(0, snippetCharacters)} WHERE id = ${id}`)
        indexMessage(db, id, parsed)
        feed.note('message', [id])
        feed.note('mailbox', [row.mailbox])
      }),
    bodiesWanted: (mailboxId, { limit, maxBytes, sinceMs }) =>
      read
        .all<{ id: number; uid: number; size: number; body_state: number }>(sql`
          SELECT id, uid, size, body_state FROM messages INDEXED BY messages_without_body
          WHERE mailbox = ${mailboxId} AND body_state < 2 AND internal_date >= ${sinceMs ?? Number.MIN_SAFE_INTEGER}
            AND size <= ${maxBytes} AND uid IS NOT NULL
          ORDER BY internal_date DESC, id DESC LIMIT ${limit}`)
        .map(row => ({
          id: row.id as MessageId,
          uid: row.uid,
          sizeBytes: row.size,
          bodyState: (bodyStates[row.body_state] ?? 'header') satisfies BodyState,
        })),
    raw: id => {
      const row = read.get<{ encoding: number; size: number; bytes: Uint8Array }>(
        sql`SELECT encoding, size, bytes FROM raw_messages WHERE message = ${id}`,
      )
      return row === undefined ? null : unpack(row.encoding, row.bytes, row.size)
    },
    storedText: id => {
      const bytes = read.value<Uint8Array>(sql`SELECT parsed FROM message_texts WHERE message = ${id}`)
      return bytes === undefined ? null : unpackJson<ParsedMessage>(bytes)
    },
  }
}
