import type { MailboxId, MessageId } from '../../../shared/model/ids'
import type { ParsedHeader, ParsedMessage } from '../ports/mime'
import type { ReadDb, WriteDb } from './db'
import { flagBits } from './flags'
import { parseSearch, type SearchQuery, type SearchTerm } from './search-query'
import { indexedBody, indexedPeople, segmented } from './search-text'
import { jsonList, sql } from './sql'

/** Up to here hits are looked up one by one; above, the list is walked from its newest end. */
const fewHits = 1500

/** Puts the header of a new message into the index: it is found before its body is here. */
export function indexHeader(db: WriteDb, id: number, header: ParsedHeader): void {
  db.run(sql`
    INSERT INTO search_headers (rowid, subject, sender, recipients)
    VALUES (${id}, ${segmented(header.subject)}, ${indexedPeople(header.from)},
      ${indexedPeople([...header.to, ...header.cc, ...header.bcc])})`)
}

/** Puts the text of a message into the index. `again`: an earlier text of it is there and goes. */
export function indexBody(db: WriteDb, id: number, parsed: ParsedMessage, again: boolean): void {
  const names = segmented(parsed.attachments.map(attachment => attachment.fileName).join(' '))
  if (again) db.run(sql`DELETE FROM search_bodies WHERE rowid = ${id}`)
  db.run(sql`
    INSERT INTO search_bodies (rowid, body, attachments) VALUES (${id}, ${indexedBody(parsed.text)}, ${names})`)
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
  if (query.terms.length === 0 && !filtered) return { total: 0, ids: [] }
  const hits = query.terms.some(term => term.wanted) ? allWanted(db, query.terms) : null
  const excluded = unwanted(db, query.terms)
  const filters = filtersOf(query)

  if (hits !== null && hits.ids.length <= fewHits) {
    const fitting = lookUp(db, hits.ids, options.mailboxId, filters)
    const ids = excluded === null ? fitting : fitting.filter(id => excluded[id] !== 1)
    return { total: ids.length, ids: ids.slice(0, options.limit) }
  }

  // Without a filter every hit counts, and the walk may end with the last one that is shown.
  const everyHit = hits !== null && !filtered && excluded === null && options.mailboxId === null
  const ids: MessageId[] = []
  let total = 0
  for (const id of walk(db, options.mailboxId, filters)) {
    if ((hits !== null && hits.count[id] !== hits.terms) || excluded?.[id] === 1) continue
    total += 1
    if (ids.length < options.limit) ids.push(id)
    else if (everyHit) break
  }
  return { total: everyHit ? hits.ids.length : total, ids }
}

/** Rows in which a term occurs, in either index; one that is in both comes twice. */
function rowsWith(db: ReadDb, term: SearchTerm): number[] {
  const inHeaders = (): number[] =>
    db.column<number>(sql`SELECT rowid FROM search_headers WHERE search_headers MATCH ${term.match}`)
  const inBodies = (): number[] =>
    db.column<number>(sql`SELECT rowid FROM search_bodies WHERE search_bodies MATCH ${term.match}`)
  if (term.where === 'header') return inHeaders()
  return term.where === 'body' ? inBodies() : inHeaders().concat(inBodies())
}

/** Rows in which every wanted term occurs: `count[id]` is the number of terms met so far, in their order. */
function allWanted(
  db: ReadDb,
  terms: readonly SearchTerm[],
): { ids: number[]; count: Uint8Array; terms: number } {
  const count = new Uint8Array((db.value<number | null>(sql`SELECT max(id) FROM messages`) ?? 0) + 1)
  let ids: number[] = []
  let met = 0
  for (const term of terms) {
    if (!term.wanted) continue
    ids = []
    for (const id of rowsWith(db, term)) {
      if (count[id] !== met) continue
      count[id] = met + 1
      ids.push(id)
    }
    met += 1
    if (ids.length === 0) break
  }
  return { ids, count, terms: met }
}

function unwanted(db: ReadDb, terms: readonly SearchTerm[]): Uint8Array | null {
  if (terms.every(term => term.wanted)) return null
  const excluded = new Uint8Array((db.value<number | null>(sql`SELECT max(id) FROM messages`) ?? 0) + 1)
  for (const term of terms) if (!term.wanted) for (const id of rowsWith(db, term)) excluded[id] = 1
  return excluded
}

function hasFilter(query: SearchQuery): boolean {
  const { terms: _terms, ...filters } = query
  return Object.values(filters).some(value => value !== null)
}

/** Filters as bounds that always hold for what was not asked. */
type Filters = Readonly<{
  mask: number
  flags: number
  attachments: number
  afterMs: number
  beforeMs: number
}>

function filtersOf(query: SearchQuery): Filters {
  let mask = 0
  let flags = 0
  const demand = (bit: number, wanted: boolean | null): void => {
    if (wanted === null) return
    mask |= bit
    if (wanted) flags |= bit
  }
  demand(flagBits.seen, query.unread === null ? null : !query.unread)
  demand(flagBits.flagged, query.flagged)
  demand(flagBits.answered, query.answered)
  return {
    mask,
    flags,
    attachments: query.attachment === true ? 1 : 0,
    afterMs: query.afterMs ?? Number.MIN_SAFE_INTEGER,
    beforeMs: query.beforeMs ?? Number.MAX_SAFE_INTEGER,
  }
}

function lookUp(
  db: ReadDb,
  hits: readonly number[],
  mailboxId: MailboxId | null,
  filters: Filters,
): MessageId[] {
  if (hits.length === 0) return []
  return db.column<MessageId>(sql`
    SELECT m.id FROM json_each(${jsonList(hits)}) j CROSS JOIN messages m ON m.id = j.value
    WHERE m.mailbox = coalesce(${mailboxId}, m.mailbox) AND (m.flags & ${filters.mask}) = ${filters.flags}
      AND m.has_attachments >= ${filters.attachments} AND m.date >= ${filters.afterMs} AND m.date < ${filters.beforeMs}
    ORDER BY m.date DESC, m.id DESC`)
}

/** Ids from the newest on; the filters are answered by the index alone. */
function walk(db: ReadDb, mailboxId: MailboxId | null, filters: Filters): IterableIterator<MessageId> {
  if (mailboxId === null) {
    return db.eachValue<MessageId>(sql`
      SELECT id FROM messages INDEXED BY messages_everywhere
      WHERE date >= ${filters.afterMs} AND date < ${filters.beforeMs} AND (flags & ${filters.mask}) = ${filters.flags}
        AND has_attachments >= ${filters.attachments}
      ORDER BY date DESC, id DESC`)
  }
  return db.eachValue<MessageId>(sql`
    SELECT id FROM messages INDEXED BY messages_by_date
    WHERE mailbox = ${mailboxId} AND date >= ${filters.afterMs} AND date < ${filters.beforeMs}
      AND (flags & ${filters.mask}) = ${filters.flags} AND has_attachments >= ${filters.attachments}
    ORDER BY date DESC, id DESC`)
}
