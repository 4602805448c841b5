import type { MailboxId, MessageId } from '../../../shared/model/ids'
import type { ParsedHeader, ParsedMessage } from '../ports'
import type { ReadDb, WriteDb } from './db'
import { flagBits } from './flags'
import { parseSearch, type SearchQuery } from './search-query'
import { indexedBody, indexedPeople, segmented } from './search-text'
import { jsonList, sql } from './sql'

/** A message as found, with what filters look at. */
type Row = { id: number; date: number; flags: number; attachments: number }

/** Up to here hits are looked up one by one; above, the list is walked from its newest end. */
const fewHits = 1500

/** Puts the header of a new message into the index: it is found before its body is here. */
export function indexHeader(db: WriteDb, id: number, header: ParsedHeader): void {
  db.run(sql`
    INSERT INTO search_index (rowid, subject, sender, recipients, body, attachments)
    VALUES (${id}, ${segmented(header.subject)}, ${indexedPeople(header.from)},
      ${indexedPeople([...header.to, ...header.cc, ...header.bcc])}, '', '')`)
}

/** Replaces what the index knows of a message by all of it. */
export function indexMessage(db: WriteDb, id: number, parsed: ParsedMessage): void {
  const { header } = parsed
  db.run(sql`
    INSERT OR REPLACE INTO search_index (rowid, subject, sender, recipients, body, attachments)
    VALUES (${id}, ${segmented(header.subject)}, ${indexedPeople(header.from)},
      ${indexedPeople([...header.to, ...header.cc, ...header.bcc])}, ${indexedBody(parsed.text)},
      ${segmented(parsed.attachments.map(attachment => attachment.fileName).join(' '))})`)
}

/**
 * Messages that match, newest first. `total` is exact. Cost grows with the number of hits (about 20 ms for
 * 100,000) and not with the number of messages when there are few.
 */
export function searchMessages(
  db: ReadDb,
  text: string,
  options: { mailboxId: MailboxId | null; limit: number },
): { total: number; ids: readonly MessageId[] } {
  const query = parseSearch(text)
  const filtered = hasFilter(query)
  if (query.match === null && !filtered) return { total: 0, ids: [] }
  const hits =
    query.match === null
      ? null
      : db.column<number>(sql`SELECT rowid FROM search_index WHERE search_index MATCH ${query.match}`)
  const fits = (row: Row): boolean => passes(query, row)

  if (hits !== null && hits.length <= fewHits) {
    const rows = rowsOf(db, hits, options.mailboxId).filter(fits)
    rows.sort((left, right) => right.date - left.date || right.id - left.id)
    return { total: rows.length, ids: rows.slice(0, options.limit).map(row => row.id as MessageId) }
  }

  const isHit = hits === null ? null : membership(hits)
  // Without a filter every hit counts, and the walk may end with the last one that is shown.
  const exactTotal = hits !== null && !filtered && options.mailboxId === null ? hits.length : null
  const ids: MessageId[] = []
  let total = 0
  for (const row of walk(db, options.mailboxId)) {
    if (isHit !== null && isHit[row.id] !== 1) continue
    if (!fits(row)) continue
    total += 1
    if (ids.length < options.limit) ids.push(row.id as MessageId)
    else if (exactTotal !== null) break
  }
  return { total: exactTotal ?? total, ids }
}

function hasFilter(query: SearchQuery): boolean {
  const { match: _match, ...filters } = query
  return Object.values(filters).some(value => value !== null)
}

function passes(query: SearchQuery, row: Row): boolean {
  if (query.unread !== null && ((row.flags & flagBits.seen) === 0) !== query.unread) return false
  if (query.flagged !== null && ((row.flags & flagBits.flagged) !== 0) !== query.flagged) return false
  if (query.answered !== null && ((row.flags & flagBits.answered) !== 0) !== query.answered) return false
  if (query.attachment !== null && (row.attachments === 1) !== query.attachment) return false
  if (query.afterMs !== null && row.date < query.afterMs) return false
  return query.beforeMs === null || row.date < query.beforeMs
}

function rowsOf(db: ReadDb, hits: readonly number[], mailboxId: MailboxId | null): Row[] {
  if (hits.length === 0) return []
  if (mailboxId === null) {
    return db.all<Row>(sql`
      SELECT m.id, m.date, m.flags, m.has_attachments AS attachments
      FROM json_each(${jsonList(hits)}) j CROSS JOIN messages m ON m.id = j.value`)
  }
  return db.all<Row>(sql`
    SELECT m.id, m.date, m.flags, m.has_attachments AS attachments
    FROM json_each(${jsonList(hits)}) j CROSS JOIN messages m ON m.id = j.value WHERE m.mailbox = ${mailboxId}`)
}

function walk(db: ReadDb, mailboxId: MailboxId | null): IterableIterator<Row> {
  if (mailboxId === null) {
    return db.each<Row>(sql`
      SELECT id, date, flags, has_attachments AS attachments FROM messages INDEXED BY messages_everywhere
      ORDER BY date DESC, id DESC`)
  }
  return db.each<Row>(sql`
    SELECT id, date, flags, has_attachments AS attachments FROM messages INDEXED BY messages_by_date
    WHERE mailbox = ${mailboxId} ORDER BY date DESC, id DESC`)
}

function membership(ids: readonly number[]): Uint8Array {
  let largest = 0
  for (const id of ids) if (id > largest) largest = id
  const members = new Uint8Array(largest + 1)
  for (const id of ids) members[id] = 1
  return members
}
