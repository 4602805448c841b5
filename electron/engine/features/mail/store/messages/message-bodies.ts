import type { BodyState } from '../../../../../../shared/features/mail/model'
import type { MessageId } from '../../../../../../shared/kit/ids'
import type { ParsedMessage } from '../../../../ports/mail/mime'
import type { MessageStore } from '../../../../ports/store'
import { pack, packJson, unpack, unpackJson } from '../../../../store/blobs'
import type { WriteDb } from '../../../../store/db'
import { sql } from '../../../../store/sql'
import type { IndexedContext } from '../indexed-context'
import type { SearchIndex } from '../search/search-index'
import { lacksCopied } from '../search/search-renewal'
import { noteEncrypted } from './encrypted-messages'
import { bodyStates } from './message-rows'

type Bodies = Pick<MessageStore, 'storeBodies' | 'storeText' | 'bodiesWanted' | 'raw' | 'storedText'>

const snippetCharacters = 400

/** A body that was written and is not indexed yet. `again`: some text of it was indexed before. */
type Unindexed = Readonly<{ id: number; parsed: ParsedMessage; again: boolean }>

/** Writes bytes and state of one message in the caller's transaction; `indexBodies` must follow in the same one. */
export function writeBody(db: WriteDb, id: number, raw: Uint8Array, parsed: ParsedMessage): void {
  const packed = pack(raw)
  db.run(
    sql`INSERT OR REPLACE INTO raw_messages VALUES (${id}, ${packed.encoding}, ${raw.length}, ${packed.bytes})`,
  )
  db.run(sql`
    UPDATE messages SET body_state = 2, has_attachments = ${hasAttachments(parsed)},
      snippet = ${parsed.snippet.slice(0, snippetCharacters)} WHERE id = ${id}`)
  noteEncrypted(db, id, parsed.encrypted)
}

/**
 * Indexes a whole batch after its other writes, in the order of ids. FTS5 keeps what it was given in memory only
 * until a smaller rowid or any statement with a savepoint of its own comes; mixed with the other writes it would
 * write one segment a message (measured: four times the cost).
 */
export function indexBodies(index: SearchIndex, db: WriteDb, bodies: readonly Unindexed[]): void {
  for (const { id, parsed, again } of [...bodies].sort((left, right) => left.id - right.id)) {
    index.body(db, id, parsed, again)
  }
}

const hasAttachments = (parsed: ParsedMessage): number =>
  parsed.attachments.some(attachment => !attachment.inline) ? 1 : 0

/** Bytes and texts of messages. A message is 'whole' in the same transaction that stores its bytes, never before. */
export function createMessageBodies({ database, feed, indexCare, searchIndex }: IndexedContext): Bodies {
  const { read } = database
  const stateOf = (db: WriteDb, id: MessageId): { mailbox: number; body_state: number } | undefined =>
    db.get(sql`SELECT mailbox, body_state FROM messages WHERE id = ${id}`)

  return {
    storeBodies: bodies =>
      database.write(db => {
        const mailboxes = new Set<number>()
        const unindexed: Unindexed[] = []
        for (const { id, raw, parsed } of bodies) {
          // Removed while its bytes were on the way.
          const row = stateOf(db, id)
          if (row === undefined) continue
          if (row.body_state === 1) db.run(sql`DELETE FROM message_texts WHERE message = ${id}`)
          writeBody(db, id, raw, parsed)
          if (row.body_state === 0 && lacksCopied(db, id)) searchIndex.header(db, id, parsed.header, true)
          unindexed.push({ id, parsed, again: row.body_state > 0 })
          mailboxes.add(row.mailbox)
        }
        indexBodies(searchIndex, db, unindexed)
        feed.note(
          'message',
          bodies.map(body => body.id),
          'body',
        )
        feed.note('mailbox', mailboxes, 'progress')
        indexCare.wake()
      }),
    storeText: (id, parsed) =>
      database.write(db => {
        const row = stateOf(db, id)
        if (row === undefined || row.body_state === 2) return
        db.run(sql`INSERT OR REPLACE INTO message_texts VALUES (${id}, ${packJson(parsed)})`)
        db.run(sql`UPDATE messages SET body_state = 1, has_attachments = ${hasAttachments(parsed)},
          snippet = ${parsed.snippet.slice(0, snippetCharacters)} WHERE id = ${id}`)
        if (row.body_state === 0 && lacksCopied(db, id)) searchIndex.header(db, id, parsed.header, true)
        searchIndex.body(db, id, parsed, row.body_state > 0)
        feed.note('message', [id], 'body')
        feed.note('mailbox', [row.mailbox], 'progress')
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
