import type { ChatAnchor, ChatMessageId, ConversationId } from '../../../../../shared/features/chat/model'
import type { FindTerm } from '../../../../../shared/features/find/read-find'
import { SiegelError } from '../../../../../shared/kit/result'
import type { StoreContext } from '../../../store/context'
import type { WriteDb } from '../../../store/db'
import { jsonList, sql } from '../../../store/sql'
import type { MessageRow } from './rows'
import { indexedText, wordQuery } from './word-query'

export type FileRow = {
  id: number
  message: ChatMessageId
  position: number
  name: string
  type: string
  size: number | null
  width: number | null
  height: number | null
  url: string
  is_encrypted: number
  state: 'there' | 'fetching' | 'here' | 'uploading' | 'refused' | 'gone'
}

export type ReactionRow = { message: ChatMessageId; sender: string; sender_name: string; emoji: string }

/** So many are put into the index at once where it was lost. */
const indexedAtOnce = 2_000

export function createMessageRows({ database, feed }: StoreContext) {
  const { read } = database
  const get = (id: ChatMessageId): MessageRow | null =>
    read.get<MessageRow>(sql`SELECT * FROM chat_messages WHERE id = ${id}`) ?? null
  const require = (id: ChatMessageId): MessageRow => {
    const row = get(id)
    if (row === null) throw new SiegelError('not-found', { what: 'chat message' })
    return row
  }
  const index = (db: WriteDb, id: ChatMessageId): void => {
    const text =
      db.value<string>(sql`
        SELECT trim(m.text || ' ' || coalesce(
          CASE WHEN m.retracted IS NULL THEN (SELECT group_concat(name, ' ') FROM chat_files WHERE message = m.id) END, ''))
        FROM chat_messages m WHERE m.id = ${id}`) ?? ''
    db.run(sql`DELETE FROM chat_words WHERE rowid = ${id}`)
    if (text !== '') db.run(sql`INSERT INTO chat_words (rowid, text) VALUES (${id}, ${indexedText(text)})`)
    db.run(sql`UPDATE chat_messages SET is_indexed = 1 WHERE id = ${id}`)
  }
  /** What a salvaged store, or one of an older folding, has not in its index yet. */
  const completeIndex = (): void => {
    for (;;) {
      const left = read.column<ChatMessageId>(
        sql`SELECT id FROM chat_messages WHERE is_indexed = 0 LIMIT ${indexedAtOnce}`,
      )
      if (left.length === 0) return
      database.write(db => {
        for (const id of left) index(db, id)
      })
    }
  }
  const before = (conversation: ConversationId, place: number, id: number, limit: number): MessageRow[] =>
    read
      .all<MessageRow>(sql`
        SELECT * FROM chat_messages WHERE conversation = ${conversation} AND (place, id) < (${place}, ${id})
        ORDER BY place DESC, id DESC LIMIT ${limit}`)
      .reverse()
  const after = (conversation: ConversationId, place: number, id: number, limit: number): MessageRow[] =>
    read.all<MessageRow>(sql`
      SELECT * FROM chat_messages WHERE conversation = ${conversation} AND (place, id) > (${place}, ${id})
      ORDER BY place, id LIMIT ${limit}`)

  return {
    get,
    require,
    index,
    /** Rows of a page, oldest first, and whether more are on each side. */
    page: (
      conversation: ConversationId,
      anchor: ChatAnchor,
      limit: number,
      seen: number,
    ): { rows: MessageRow[]; isStart: boolean; isEnd: boolean } => {
      const far = Number.MAX_SAFE_INTEGER
      const older = (place: number, id: number, most: number) => before(conversation, place, id, most + 1)
      const newer = (place: number, id: number, most: number) => after(conversation, place, id, most + 1)
      const cutOld = (rows: MessageRow[], most: number) => rows.slice(Math.max(0, rows.length - most))
      const around = (
        place: number,
        id: number,
      ): { rows: MessageRow[]; isStart: boolean; isEnd: boolean } => {
        const half = Math.max(1, Math.floor(limit / 2))
        const [left, right] = [older(place, id, half), newer(place, id - 1, limit - half)]
        return {
          rows: [...cutOld(left, half), ...right.slice(0, limit - half)],
          isStart: left.length <= half,
          isEnd: right.length <= limit - half,
        }
      }
      switch (anchor.at) {
        case 'end': {
          const rows = older(far, far, limit)
          return { rows: cutOld(rows, limit), isStart: rows.length <= limit, isEnd: true }
        }
        case 'unread':
          return around(seen, far)
        case 'before': {
          const { place, id } = require(anchor.id)
          const rows = older(place, id, limit)
          return { rows: cutOld(rows, limit), isStart: rows.length <= limit, isEnd: false }
        }
        case 'after': {
          const { place, id } = require(anchor.id)
          const rows = newer(place, id, limit)
          return { rows: rows.slice(0, limit), isStart: false, isEnd: rows.length <= limit }
        }
        case 'around': {
          const { place, id } = require(anchor.id)
          return around(place, id)
        }
      }
    },
    /** What stands behind a message, or from the start on, oldest first. */
    behind: (
      conversation: ConversationId,
      from: Pick<MessageRow, 'place' | 'id'> | null,
      limit: number,
    ): MessageRow[] =>
      after(conversation, from?.place ?? Number.MIN_SAFE_INTEGER, from?.id ?? 0, limit).filter(
        ({ note }) => note === null,
      ),
    last: (conversation: ConversationId): MessageRow | null =>
      read.get<MessageRow>(sql`
        SELECT * FROM chat_messages WHERE conversation = ${conversation} AND note IS NULL
        ORDER BY place DESC, id DESC LIMIT 1`) ?? null,
    /** The last message of somebody else up to a place. */
    lastOfOthers: (conversation: ConversationId, place: number): MessageRow | null =>
      read.get<MessageRow>(sql`
        SELECT * FROM chat_messages WHERE conversation = ${conversation} AND place <= ${place} AND is_own = 0
          AND note IS NULL ORDER BY place DESC, id DESC LIMIT 1`) ?? null,
    unread: (
      conversation: ConversationId,
      seen: number,
    ): { count: number; first: ChatMessageId | null; isMentioned: boolean } => {
      const { count, mentions } = read.get<{ count: number; mentions: number }>(sql`
        SELECT count(*) AS count, coalesce(sum(is_mention), 0) AS mentions FROM chat_messages
        WHERE conversation = ${conversation} AND place > ${seen} AND is_own = 0 AND note IS NULL`) ?? {
        count: 0,
        mentions: 0,
      }
      const first = read.value<ChatMessageId>(sql`
        SELECT id FROM chat_messages WHERE conversation = ${conversation} AND place > ${seen} AND is_own = 0
          AND note IS NULL ORDER BY place, id LIMIT 1`)
      return { count, first: first ?? null, isMentioned: mentions > 0 }
    },
    newestId: (): number => read.value<number>(sql`SELECT max(id) FROM chat_messages`) ?? 0,
    /** What others wrote since a row and nobody has seen, by conversation: of those that are shown, and of muted ones only what names the reader. */
    unseenSince: (id: number): { conversation: ConversationId; count: number }[] =>
      read.all(sql`
        SELECT m.conversation, count(*) AS count FROM chat_messages m JOIN chat_conversations c ON c.id = m.conversation
        WHERE m.id > ${id} AND m.is_own = 0 AND m.note IS NULL AND m.place > c.seen AND m.retracted IS NULL
          AND c.is_request = 0 AND (c.is_muted = 0 OR m.is_mention = 1)
          AND NOT EXISTS (SELECT 1 FROM chat_blocked b WHERE b.account = c.account AND b.jid = c.jid)
        GROUP BY m.conversation ORDER BY max(m.id)`),
    failed: (conversation: ConversationId): number =>
      read.value<number>(
        sql`SELECT count(*) FROM chat_messages WHERE conversation = ${conversation} AND state = 'failed'`,
      ) ?? 0,
    /** Everything up to a place was seen; true when that is news. */
    see: (conversation: ConversationId, place: number): boolean =>
      database.write(db => {
        const { changes } = db.run(
          sql`UPDATE chat_conversations SET seen = ${place} WHERE id = ${conversation} AND seen < ${place}`,
        )
        if (changes > 0) feed.note('chat', [conversation], 'state')
        return changes > 0
      }),
    versions: (id: ChatMessageId): { text: string; at: number; encryption: string }[] =>
      read.all(sql`SELECT text, at, encryption FROM chat_edits WHERE message = ${id} ORDER BY at, id`),
    reactions: (ids: readonly ChatMessageId[]): ReactionRow[] =>
      read.all<ReactionRow>(sql`
        SELECT message, sender, sender_name, emoji FROM chat_reactions
        WHERE message IN (SELECT value FROM json_each(${JSON.stringify(ids)})) ORDER BY at, id`),
    files: (ids: readonly ChatMessageId[]): FileRow[] =>
      read.all<FileRow>(sql`
        SELECT id, message, position, name, type, size, width, height, url, is_encrypted, state FROM chat_files
        WHERE message IN (SELECT value FROM json_each(${JSON.stringify(ids)})) ORDER BY message, position`),
    file: (id: ChatMessageId, position: number): FileRow | null =>
      read.get<FileRow>(sql`
        SELECT id, message, position, name, type, size, width, height, url, is_encrypted, state FROM chat_files
        WHERE message = ${id} AND position = ${position}`) ?? null,
    fileBytes: (file: number): Uint8Array | null =>
      read.value<Uint8Array | null>(
        sql`SELECT bytes FROM chat_files WHERE id = ${file} AND state = 'here'`,
      ) ?? null,
    /** What came of a file before it broke off, as it came over the wire. */
    filePart: (file: number): Uint8Array | null =>
      read.value<Uint8Array | null>(
        sql`SELECT bytes FROM chat_files WHERE id = ${file} AND state <> 'here'`,
      ) ?? null,
    keepFilePart: (file: number, bytes: Uint8Array): void =>
      database.write(db => {
        db.run(sql`UPDATE chat_files SET bytes = ${bytes} WHERE id = ${file} AND state = 'there'`)
      }),
    /** What a file is by now; with its bytes when it is here. */
    setFile: (file: number, state: FileRow['state'], bytes: Uint8Array | null): void =>
      database.write(db => {
        db.run(sql`
          UPDATE chat_files SET state = ${state}, bytes = ${bytes}, size = coalesce(${bytes?.byteLength ?? null}, size)
          WHERE id = ${file}`)
        const conversation = db.value<number>(
          sql`SELECT m.conversation FROM chat_files f JOIN chat_messages m ON m.id = f.message WHERE f.id = ${file}`,
        )
        if (conversation !== undefined) feed.note('chat', [conversation], 'messages')
      }),
    edits: (ids: readonly ChatMessageId[]): { message: ChatMessageId; count: number; unlocked: number }[] =>
      read.all(sql`
        SELECT e.message, count(*) - 1 AS count, sum(e.encryption = 'none' AND m.encryption <> 'none') AS unlocked
        FROM chat_edits e JOIN chat_messages m ON m.id = e.message
        WHERE e.message IN (SELECT value FROM json_each(${JSON.stringify(ids)})) GROUP BY e.message`),
    byStanza: (conversation: ConversationId, id: string): MessageRow | null =>
      read.get<MessageRow>(
        sql`SELECT * FROM chat_messages WHERE conversation = ${conversation} AND stanza_id = ${id}`,
      ) ?? null,
    byOrigin: (conversation: ConversationId, sender: string | null, id: string): MessageRow | null =>
      read.get<MessageRow>(sql`
        SELECT * FROM chat_messages WHERE conversation = ${conversation} AND origin_id = ${id}
          AND (${sender} IS NULL OR sender = ${sender}) AND note IS NULL ORDER BY id LIMIT 1`) ?? null,
    /** A message of mine, by the id that it was given here or on another own device. */
    ownByOrigin: (conversation: ConversationId, id: string): MessageRow | null =>
      read.get<MessageRow>(sql`
        SELECT * FROM chat_messages WHERE conversation = ${conversation} AND origin_id = ${id} AND is_own = 1
          AND note IS NULL ORDER BY id LIMIT 1`) ?? null,
    ownByCorrection: (conversation: ConversationId, id: string): MessageRow | null =>
      read.get<MessageRow>(sql`
        SELECT m.* FROM chat_edits e JOIN chat_messages m ON m.id = e.message
        WHERE e.by_id = ${id} AND m.conversation = ${conversation} AND m.is_own = 1 LIMIT 1`) ?? null,
    byCorrection: (conversation: ConversationId, sender: string, id: string): MessageRow | null =>
      read.get<MessageRow>(sql`
        SELECT m.* FROM chat_edits e JOIN chat_messages m ON m.id = e.message
        WHERE e.by_id = ${id} AND m.conversation = ${conversation} AND m.sender = ${sender} LIMIT 1`) ?? null,
    /** Messages that hold what is asked for, newest first; of a time from `fromMs` to before `toMs`. */
    find: (
      terms: readonly FindTerm[],
      {
        conversation = null,
        fromMs = null,
        toMs = null,
      }: Readonly<{ conversation?: ConversationId | null; fromMs?: number | null; toMs?: number | null }>,
      limit: number,
    ): MessageRow[] => {
      completeIndex()
      const { match, not, signs, noSigns } = wordQuery(terms)
      if (match !== null)
        return read.all<MessageRow>(sql`
          SELECT m.* FROM chat_messages m WHERE m.id IN (SELECT rowid FROM chat_words WHERE chat_words MATCH ${match})
            AND (${conversation} IS NULL OR m.conversation = ${conversation})
            AND m.at >= coalesce(${fromMs}, m.at) AND m.at <= coalesce(${toMs}, m.at)
            AND NOT EXISTS (SELECT 1 FROM json_each(${jsonList(signs)}) s WHERE instr(m.text, s.value) = 0)
            AND NOT EXISTS (SELECT 1 FROM json_each(${jsonList(noSigns)}) s WHERE instr(m.text, s.value) > 0)
          ORDER BY m.at DESC, m.id DESC LIMIT ${limit}`)
      const without =
        not === null
          ? []
          : read.column<number>(sql`SELECT rowid FROM chat_words WHERE chat_words MATCH ${not}`)
      return read.all<MessageRow>(sql`
        SELECT m.* FROM chat_messages m WHERE m.note IS NULL AND m.retracted IS NULL
          AND m.id NOT IN (SELECT value FROM json_each(${jsonList(without)}))
          AND (${conversation} IS NULL OR m.conversation = ${conversation})
          AND m.at >= coalesce(${fromMs}, m.at) AND m.at <= coalesce(${toMs}, m.at)
          AND NOT EXISTS (SELECT 1 FROM json_each(${jsonList(signs)}) s WHERE instr(m.text, s.value) = 0)
          AND NOT EXISTS (SELECT 1 FROM json_each(${jsonList(noSigns)}) s WHERE instr(m.text, s.value) > 0)
        ORDER BY m.at DESC, m.id DESC LIMIT ${limit}`)
    },
    remove: (id: ChatMessageId): void =>
      database.write(db => {
        const row = require(id)
        db.run(sql`DELETE FROM chat_messages WHERE id = ${id}`)
        feed.note('chat', [row.conversation], 'messages')
      }),
  }
}
export type MessageRows = ReturnType<typeof createMessageRows>
