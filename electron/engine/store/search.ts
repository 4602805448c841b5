import type { MailboxId, MessageId } from '../../../shared/model/ids'
import type { ReadDb } from './db'
import { flagBits } from './flags'
import { quoted } from './search-phrases'
import { parseSearch, type SearchPlace, type SearchQuery, type SearchTerm } from './search-query'
import { oldTables } from './search-renewal'
import type { SearchWords } from './search-words'
import { jsonList, sql } from './sql'

/** Up to here hits are looked up one by one; above, the list is walked from its newest end. */
const fewHits = 1500

/** What a search found, newest first. `isCut`: a piece of a word stood for more words than are asked for. `leftOut`: words
 * that were not looked for. */
export type Found = Readonly<{ total: number; ids: readonly MessageId[]; isCut: boolean; leftOut: number }>

/** True when what is asked wants the words of the index in memory first (`SearchWords.step`). */
export const wantsWords = (text: string): boolean =>
  text.includes('*') && parseSearch(text).terms.some(term => term.pattern !== null)

/**
 * Messages that match, newest first. `total` is exact. Cost grows with the number of hits (about 20 ms for
 * 100,000) and not with the number of messages when there are few.
 */
export function searchMessages(
  db: ReadDb,
  searchWords: SearchWords,
  text: string,
  options: { mailboxId: MailboxId | null; limit: number },
): Found {
  const query = parseSearch(text)
  const { leftOut } = query
  const filtered = hasFilter(query)
  if (query.terms.length === 0 && !filtered) return { total: 0, ids: [], isCut: false, leftOut }
  if (wantsWords(text)) while (searchWords.step(db));
  const rows = new TermRows(db, searchWords)
  const hits = query.terms.some(term => term.wanted) ? allWanted(db, rows, query.terms) : null
  const excluded = unwanted(db, rows, query.terms)
  const filters = filtersOf(query)

  if (hits !== null && hits.ids.length <= fewHits) {
    const fitting = lookUp(db, hits.ids, options.mailboxId, filters)
    const ids = excluded === null ? fitting : fitting.filter(id => excluded[id] !== 1)
    return { total: ids.length, ids: ids.slice(0, options.limit), isCut: rows.isCut, leftOut }
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
  return { total: everyHit ? hits.ids.length : total, ids, isCut: rows.isCut, leftOut }
}

/** Asks the indexes for single terms. */
class TermRows {
  isCut = false
  readonly #db: ReadDb
  readonly #words: SearchWords
  readonly #old: readonly string[]
  readonly #below: number

  constructor(db: ReadDb, words: SearchWords) {
    this.#db = db
    this.#words = words
    this.#old = oldTables(db)
    this.#below = db.value<number>(sql`SELECT below FROM search_renewal`) ?? 0
  }

  /** Rows in which a term occurs; one that is in both indexes comes twice. */
  of(term: SearchTerm): number[] {
    const { place } = term
    const phrases = term.pattern === null ? term.phrases : this.#phrasesOf(term)
    const old = term.pattern === null ? this.#inOld(term) : []
    if (term.pattern !== null) return this.#each(phrases, place)
    return old.concat(this.#inNew(inColumns(phrases, place?.columns ?? null), place))
  }

  /** One after the other: FTS5 goes through an OR of hundreds of words many times slower (measured: 130 words, six times). */
  #each(phrases: readonly string[], place: SearchPlace): number[] {
    const found = new Set<number>()
    for (const phrase of phrases)
      for (const id of this.#inNew(inColumns([phrase], place?.columns ?? null), place)) found.add(id)
    return [...found]
  }

  #inNew(match: string, place: SearchPlace): number[] {
    const inHeaders = (): number[] =>
      this.#db.column<number>(sql`SELECT rowid FROM find_headers WHERE find_headers MATCH ${match}`)
    const inBodies = (): number[] =>
      this.#db.column<number>(sql`SELECT rowid FROM find_bodies WHERE find_bodies MATCH ${match}`)
    if (place !== null) return place.index === 'header' ? inHeaders() : inBodies()
    return inHeaders().concat(inBodies())
  }

  #phrasesOf({ pattern, place }: SearchTerm): string[] {
    if (pattern === null) return []
    const { words, isCut } = this.#words.matching(place?.index ?? null, pattern)
    this.isCut ||= isCut
    return words.map(word => quoted(`${pattern.before} ${word} ${pattern.after}`, pattern.mayGoOn))
  }

  /** What the index of before says of rows that are not renewed, and of copies of mail of which only the header is here. */
  #inOld({ before, place }: SearchTerm): number[] {
    if (this.#old.length === 0 || before.length === 0) return []
    const db = this.#db
    const found: number[] = []
    const columns = place === null ? null : [...new Set(place.columns.map(oldColumn))]
    const match = inColumns(before, columns)
    if (place?.index !== 'body' && this.#old.includes('search_headers')) {
      const rows = sql`SELECT rowid FROM search_headers WHERE search_headers MATCH ${match} AND rowid < ${this.#below}`
      if (this.#below > 0) found.push(...db.column<number>(rows))
      if (mayBeCopied(place)) found.push(...this.#copiedBefore(before))
    }
    if (place?.index !== 'header' && this.#below > 0 && this.#old.includes('search_bodies'))
      for (const id of db.column<number>(
        sql`SELECT rowid FROM search_bodies WHERE search_bodies MATCH ${match} AND rowid < ${this.#below}`,
      ))
        found.push(id)
    return found
  }

  #copiedBefore(before: readonly string[]): number[] {
    return this.#db.column<number>(sql`
      SELECT rowid FROM search_headers WHERE search_headers MATCH ${inColumns(before, ['recipients'])}
        AND rowid IN (SELECT id FROM messages WHERE body_state = 0 AND id < (SELECT first_new FROM search_renewal))`)
  }
}

const mayBeCopied = (place: SearchPlace): boolean => place === null || place.columns.includes('copied')

const oldColumn = (column: string): string =>
  ['addressed', 'copied', 'blind'].includes(column) ? 'recipients' : column

/** Any of the phrases, in these columns; null: in all. */
const inColumns = (phrases: readonly string[], columns: readonly string[] | null): string =>
  `${columns === null ? '' : `{${columns.join(' ')}} : `}(${phrases.join(' OR ')})`

/** Rows in which every wanted term occurs: `count[id]` is the number of terms met so far, in their order. */
function allWanted(
  db: ReadDb,
  rows: TermRows,
  terms: readonly SearchTerm[],
): { ids: number[]; count: Uint8Array; terms: number } {
  const count = new Uint8Array((db.value<number | null>(sql`SELECT max(id) FROM messages`) ?? 0) + 1)
  let ids: number[] = []
  let met = 0
  for (const term of terms) {
    if (!term.wanted) continue
    ids = []
    for (const id of rows.of(term)) {
      if (count[id] !== met) continue
      count[id] = met + 1
      ids.push(id)
    }
    met += 1
    if (ids.length === 0) break
  }
  return { ids, count, terms: met }
}

function unwanted(db: ReadDb, rows: TermRows, terms: readonly SearchTerm[]): Uint8Array | null {
  if (terms.every(term => term.wanted)) return null
  const excluded = new Uint8Array((db.value<number | null>(sql`SELECT max(id) FROM messages`) ?? 0) + 1)
  for (const term of terms) if (!term.wanted) for (const id of rows.of(term)) excluded[id] = 1
  return excluded
}
function hasFilter(query: SearchQuery): boolean {
  const { terms: _terms, leftOut: _leftOut, ...filters } = query
  return Object.values(filters).some(value => value !== null)
}

/** Filters as bounds that always hold for what was not asked. */
type Filters = Readonly<{
  mask: number
  flags: number
  attachmentsFrom: number
  attachmentsTo: number
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
  demand(flagBits.forwarded, query.forwarded)
  return {
    mask,
    flags,
    attachmentsFrom: query.attachment === true ? 1 : 0,
    attachmentsTo: query.attachment === false ? 0 : 1,
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
      AND m.has_attachments BETWEEN ${filters.attachmentsFrom} AND ${filters.attachmentsTo} AND m.date >= ${filters.afterMs} AND m.date < ${filters.beforeMs}
    ORDER BY m.date DESC, m.id DESC`)
}

/** Ids from the newest on; the filters are answered by the index alone. */
function walk(db: ReadDb, mailboxId: MailboxId | null, filters: Filters): IterableIterator<MessageId> {
  if (mailboxId === null) {
    return db.eachValue<MessageId>(sql`
      SELECT id FROM messages INDEXED BY messages_everywhere
      WHERE date >= ${filters.afterMs} AND date < ${filters.beforeMs} AND (flags & ${filters.mask}) = ${filters.flags}
        AND has_attachments BETWEEN ${filters.attachmentsFrom} AND ${filters.attachmentsTo}
      ORDER BY date DESC, id DESC`)
  }
  return db.eachValue<MessageId>(sql`
    SELECT id FROM messages INDEXED BY messages_by_date
    WHERE mailbox = ${mailboxId} AND date >= ${filters.afterMs} AND date < ${filters.beforeMs}
      AND (flags & ${filters.mask}) = ${filters.flags} AND has_attachments BETWEEN ${filters.attachmentsFrom} AND ${filters.attachmentsTo}
    ORDER BY date DESC, id DESC`)
}
