import type { ChatMessageId, ConversationId } from '../../../../../shared/features/chat/model'
import type { AccountId } from '../../../../../shared/kit/ids'
import type { Saying } from '../../../ports/chat/saying'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'
import type { ConversationRows } from './conversations'
import type { MessageRows } from './messages'
import { type StoredFailure, unsentPlace } from './rows'

/** `upload`: a file that has to be at the server before its address can be told. */
export type OutgoingState = 'upload' | 'held' | 'ready' | 'handed' | 'unknown' | 'failed'

export type OutgoingRow = {
  id: number
  conversation: ConversationId
  message: ChatMessageId | null
  stanza: string
  content: string
  bytes: Uint8Array | null
  encryption: 'none' | 'omemo' | 'omemo2'
  in_clear: number
  devices: string
  state: OutgoingState
  not_before: number
  attempts: number
}

type OwnText = Readonly<{
  conversation: ConversationId
  own: string
  stanza: string
  text: string
  saying: Saying
  inClear: boolean
  undoUntilMs: number
  isEncrypted: boolean
  /** A file that is to be sent; `text` is empty until it has an address. */
  file?: Readonly<{ name: string; type: string; bytes: Uint8Array }>
}>

/** The queue of what is to be sent. Every row is on the disk before its caller is told, with an id that never changes. */
export function createOutgoing(
  { database, feed, clock }: StoreContext,
  conversations: ConversationRows,
  messages: MessageRows,
) {
  const { read } = database
  const note = (id: ConversationId) => feed.note('chat', [id], 'messages')
  const get = (id: number): OutgoingRow | null =>
    read.get<OutgoingRow>(sql`SELECT * FROM chat_outgoing WHERE id = ${id}`) ?? null
  const byStanza = (stanza: string): OutgoingRow | null =>
    read.get<OutgoingRow>(sql`SELECT * FROM chat_outgoing WHERE stanza = ${stanza}`) ?? null
  return {
    get,
    byStanza,
    /** A text of mine, shown at once and behind everything. */
    write: ({
      conversation,
      own,
      stanza,
      text,
      saying,
      inClear,
      undoUntilMs,
      isEncrypted,
      file,
    }: OwnText): ChatMessageId =>
      database.write(
        db => {
          const nowMs = clock.now()
          const reply = saying.kind === 'text' ? saying.reply : null
          const spoiler = saying.kind === 'text' ? (saying.spoiler ?? null) : null
          const { lastId } = db.run(sql`
            INSERT INTO chat_messages (conversation, place, is_own, sender, sender_full, origin_id, at, text, encryption, state,
              waits, undo_until, reply_id, reply_to, spoiler)
            VALUES (${conversation}, ${unsentPlace}, 1, ${own}, ${own}, ${stanza}, ${nowMs}, ${text},
              ${isEncrypted ? 'omemo' : 'none'}, 'queued', ${file === undefined ? 'undo' : 'upload'}, ${undoUntilMs}, ${reply?.id ?? null}, ${reply?.to ?? null}, ${spoiler})`)
          const id = lastId as ChatMessageId
          if (file !== undefined)
            db.run(sql`
              INSERT INTO chat_files (message, position, name, type, size, url, is_encrypted, state, bytes)
              VALUES (${id}, 0, ${file.name}, ${file.type}, ${file.bytes.byteLength}, '', ${isEncrypted ? 1 : 0}, 'here', ${file.bytes})`)
          messages.index(db, id)
          db.run(sql`
            INSERT INTO chat_outgoing (conversation, message, stanza, content, in_clear, state, not_before)
            VALUES (${conversation}, ${id}, ${stanza}, ${JSON.stringify(saying)}, ${inClear ? 1 : 0},
              ${file === undefined ? 'held' : 'upload'}, ${undoUntilMs})`)
          conversations.change(conversation, {
            wroteAtMs: nowMs,
            lastAtMs: nowMs,
            isRequest: false,
            isHidden: false,
          })
          note(conversation)
          return id
        },
        { durable: true },
      ),
    /** What is said about a message, and is none itself. */
    say: (conversation: ConversationId, stanza: string, saying: Saying, inClear: boolean): void =>
      database.write(
        db => {
          db.run(sql`
            INSERT INTO chat_outgoing (conversation, message, stanza, content, in_clear, state)
            VALUES (${conversation}, NULL, ${stanza}, ${JSON.stringify(saying)}, ${inClear ? 1 : 0}, 'held')`)
          note(conversation)
        },
        { durable: true },
      ),
    /** All of an account that are not with its connection, in the order in which they were written. */
    waiting: (accountId: AccountId): OutgoingRow[] =>
      read.all<OutgoingRow>(sql`
        SELECT o.* FROM chat_outgoing o JOIN chat_conversations c ON c.id = o.conversation JOIN accounts a ON a.number = c.account
        WHERE a.id = ${accountId} AND o.state IN ('held', 'ready') ORDER BY o.id`),
    /** Messages of an account whose file is not at the server yet, in the order in which they were written. */
    uploads: (accountId: AccountId): (OutgoingRow & { message: ChatMessageId })[] =>
      read.all<OutgoingRow & { message: ChatMessageId }>(sql`
        SELECT o.* FROM chat_outgoing o JOIN chat_conversations c ON c.id = o.conversation JOIN accounts a ON a.number = c.account
        WHERE a.id = ${accountId} AND o.state = 'upload' AND o.message IS NOT NULL ORDER BY o.id`),
    /** The file of a message is at the server: its address is what is sent. Nothing where it was taken back meanwhile. */
    uploaded: (id: number, { url, isEncrypted }: Readonly<{ url: string; isEncrypted: boolean }>): void =>
      database.write(
        db => {
          const row = get(id)
          if (row?.message == null || row.state !== 'upload') return
          const saying: Saying = { kind: 'text', text: url, reply: null, isFile: true }
          const waits = row.not_before > clock.now() ? 'undo' : 'connection'
          db.run(
            sql`UPDATE chat_outgoing SET state = 'held', content = ${JSON.stringify(saying)} WHERE id = ${id}`,
          )
          db.run(sql`UPDATE chat_messages SET text = ${url}, waits = ${waits} WHERE id = ${row.message}`)
          db.run(sql`
            UPDATE chat_files SET url = ${url}, is_encrypted = ${isEncrypted ? 1 : 0} WHERE message = ${row.message}`)
          note(row.conversation)
        },
        { durable: true },
      ),
    /** Nothing waits that could leave now: the rest is held until later, or by a decision, or by a room that is not there. */
    isIdle: (accountId: AccountId, joinedRooms: readonly string[], nowMs: number): boolean =>
      read.value<number>(sql`
        SELECT 1 FROM chat_outgoing o JOIN chat_conversations c ON c.id = o.conversation JOIN accounts a ON a.number = c.account
        LEFT JOIN chat_messages m ON m.id = o.message
        WHERE a.id = ${accountId} AND o.state IN ('upload', 'held', 'ready', 'handed', 'unknown') AND o.not_before <= ${nowMs}
          AND c.hold IS NULL AND (m.id IS NULL OR m.waits IS NULL OR m.waits <> 'decision') AND (c.kind = 'person' OR c.jid IN (SELECT value FROM json_each(${JSON.stringify(joinedRooms)}))) LIMIT 1`) !==
      1,
    count: (accountId: AccountId): number =>
      read.value<number>(sql`
        SELECT count(*) FROM chat_outgoing o JOIN chat_conversations c ON c.id = o.conversation
          JOIN accounts a ON a.number = c.account
        WHERE a.id = ${accountId} AND o.state <> 'failed' AND o.message IS NOT NULL`) ?? 0,
    /** The stanza is made: its bytes are what is sent, whatever happens. Beside new states of keys, in one transaction. */
    made: (
      id: number,
      bytes: Uint8Array,
      encryption: OutgoingRow['encryption'],
      devices: string,
      withIt: () => void,
    ): void =>
      database.write(
        db => {
          const row = get(id)
          if (row === null) return
          db.run(sql`
            UPDATE chat_outgoing SET bytes = ${bytes}, encryption = ${encryption}, devices = ${devices}, state = 'ready'
            WHERE id = ${id}`)
          if (row.message !== null)
            db.run(sql`
              UPDATE chat_messages SET encryption = ${encryption}, waits = 'connection', undo_until = NULL
              WHERE id = ${row.message}`)
          withIt()
          note(row.conversation)
        },
        { durable: true },
      ),
    setState: (id: number, state: OutgoingState): void =>
      database.write(
        db => {
          db.run(sql`UPDATE chat_outgoing SET state = ${state} WHERE id = ${id}`)
        },
        { durable: true },
      ),
    /** Why it is not sent now. */
    waitsFor: (id: number, waits: 'undo' | 'connection' | 'decision'): void =>
      database.write(db => {
        const row = get(id)
        if (row?.message == null) return
        const { changes } = db.run(
          sql`UPDATE chat_messages SET waits = ${waits} WHERE id = ${row.message} AND waits IS NOT ${waits} AND state = 'queued'`,
        )
        if (changes > 0) note(row.conversation)
      }),
    /** The server has it. Its place is where it stands now in the order of the stream. */
    acked: (accountId: AccountId, stanza: string): void =>
      database.write(db => {
        const row = byStanza(stanza)
        if (row === null) return
        if (row.message !== null) {
          const { state } = messages.require(row.message)
          if (state === 'queued' || state === 'failed') {
            const place = conversations.nextPlace(accountId)
            db.run(sql`
              UPDATE chat_messages SET state = 'sent', waits = NULL, failure = NULL, undo_until = NULL, place = ${place}
              WHERE id = ${row.message}`)
            messages.see(row.conversation, place)
          }
        }
        db.run(sql`DELETE FROM chat_outgoing WHERE id = ${row.id}`)
        note(row.conversation)
      }),
    /** Nobody knows whether the server has it: the archive tells. */
    unsure: (stanza: string): void =>
      database.write(db => {
        db.run(sql`UPDATE chat_outgoing SET state = 'unknown' WHERE stanza = ${stanza} AND state <> 'failed'`)
      }),
    /** The archive was read up to its end, and what is still not known to be there is sent again, as the same bytes. */
    sendUnknownAgain: (accountId: AccountId, kind: 'person' | 'room', jid: string | null): void =>
      database.write(db => {
        db.run(sql`
          UPDATE chat_outgoing SET state = 'ready' WHERE state = 'unknown' AND conversation IN (
            SELECT c.id FROM chat_conversations c JOIN accounts a ON a.number = c.account
            WHERE a.id = ${accountId} AND c.kind = ${kind} AND (${jid} IS NULL OR c.jid = ${jid}))`)
      }),
    fail: (id: number, failure: StoredFailure): void =>
      database.write(
        db => {
          const row = get(id)
          if (row === null) return
          // What was said about another message and failed is not shown anywhere, and is let go of.
          if (row.message === null) db.run(sql`DELETE FROM chat_outgoing WHERE id = ${id}`)
          else {
            db.run(sql`UPDATE chat_outgoing SET state = 'failed' WHERE id = ${id}`)
            db.run(sql`
              UPDATE chat_messages SET state = 'failed', waits = NULL, failure = ${JSON.stringify(failure)} WHERE id = ${row.message}`)
          }
          note(row.conversation)
        },
        { durable: true },
      ),
    ofMessage: (message: ChatMessageId): OutgoingRow | null =>
      read.get<OutgoingRow>(
        sql`SELECT * FROM chat_outgoing WHERE message = ${message} ORDER BY id LIMIT 1`,
      ) ?? null,
    /** Once more, under its own id. `saying`: where its row is gone since the server had taken it. A file without an address is put to the server anew. */
    again: (message: ChatMessageId, saying: Saying, inClear: boolean): void =>
      database.write(
        db => {
          const { conversation, origin_id } = messages.require(message)
          const isUpload = saying.kind === 'text' && saying.isFile === true && saying.text === ''
          db.run(sql`DELETE FROM chat_outgoing WHERE message = ${message}`)
          db.run(sql`
            INSERT INTO chat_outgoing (conversation, message, stanza, content, in_clear, state, attempts)
            VALUES (${conversation}, ${message}, ${origin_id}, ${JSON.stringify(saying)}, ${inClear ? 1 : 0},
              ${isUpload ? 'upload' : 'held'}, 1)`)
          db.run(sql`
            UPDATE chat_messages SET state = 'queued', waits = ${isUpload ? 'upload' : 'connection'}, failure = NULL, place = ${unsentPlace} WHERE id = ${message}`)
          note(conversation)
        },
        { durable: true },
      ),
    /** Another text for what never left; false where it may have. */
    rewrite: (message: ChatMessageId, text: string): boolean =>
      database.write(
        db => {
          const row = read.get<OutgoingRow>(sql`SELECT * FROM chat_outgoing WHERE message = ${message}`)
          if (row === undefined || row.state !== 'held') return false
          const saying = { ...(JSON.parse(row.content) as Saying), text }
          db.run(sql`UPDATE chat_outgoing SET content = ${JSON.stringify(saying)} WHERE id = ${row.id}`)
          db.run(sql`UPDATE chat_messages SET text = ${text} WHERE id = ${message}`)
          messages.index(db, message)
          note(row.conversation)
          return true
        },
        { durable: true },
      ),
    /** Takes back what never left; null when the connection had it already. */
    takeBack: (message: ChatMessageId): string | null =>
      database.write(
        db => {
          const row = read.get<OutgoingRow>(sql`SELECT * FROM chat_outgoing WHERE message = ${message}`)
          const { text, state, conversation } = messages.require(message)
          const isFree = row !== undefined && ['upload', 'held', 'failed', 'ready'].includes(row.state)
          if (!isFree || (state !== 'queued' && state !== 'failed')) return null
          // Bytes that were made may have been handed over by a process that was killed just then.
          if (row.state === 'ready') return null
          db.run(sql`DELETE FROM chat_messages WHERE id = ${message}`)
          note(conversation)
          return text
        },
        { durable: true },
      ),
  }
}
