import type { Address } from '../../../../../../shared/features/mail/model'
import { wordsOfPerson } from '../../../../kit/people/address-words'
import type { ParsedMessage } from '../../../../ports/mail/mime'
import type { SearchRenewal } from '../../../../ports/store'
import { unpack, unpackJson } from '../../../../store/blobs'
import type { ReadDb, WriteDb } from '../../../../store/db'
import { jsonList, sql } from '../../../../store/sql'
import type { IndexedContext } from '../indexed-context'
import type { IndexedHeader } from './search-index'

/** A step stays some tens of milliseconds: so many messages, or so many bytes of them. */
const messagesPerStep = 40
const bytesPerStep = 1_000_000
const addressesPerStep = 500
/**
 * Steps of merging after each. Without them every step leaves a segment: searches grow slow, and after a thousand FTS5 merges
 * them all at once (measured with 100,000 messages: 3.6 s in which nothing else is done).
 */
const mergesPerStep = 8
/** Rows of the old index, some 4 kB each, that go in one step. */
const rowsPerStep = 100

type Parse = (raw: Uint8Array) => ParsedMessage
type Row = Readonly<{
  id: number
  mailbox: number
  subject: string
  sender: string
  recipients: string
  body_state: number
  opened: number | null
  stored: number | null
}>

/** Which tables of the index before letters were folded can still be asked. */
export const oldTables = (db: ReadDb): readonly string[] =>
  db.column<string>(
    sql`SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('search_headers', 'search_bodies')`,
  )

/** A message of before the renewal of which only the header was here: the new index does not know who got copies. */
export const lacksCopied = (db: ReadDb, id: number): boolean =>
  db.value<number>(sql`SELECT 1 FROM search_renewal WHERE first_new > ${id} AND below <= ${id}`) === 1

/**
 * Reads all messages into the new index, newest first, then takes the old one away: step by step, each a transaction, so that
 * whatever ends the program loses one step at most. Every step can be the last of a session.
 */
export function createSearchRenewal({
  database,
  searchIndex,
  indexCare,
  feed,
}: IndexedContext): SearchRenewal {
  const { read } = database
  let mergesLeft = 0
  const progress = (): { done: number; total: number } | null =>
    read.get<{ done: number; total: number }>(
      sql`SELECT min(done, total) AS done, total FROM search_renewal WHERE below > 0 AND total > 0`,
    ) ?? null
  const percent = (): number => {
    const now = progress()
    return now === null ? 100 : Math.floor((now.done * 100) / now.total)
  }
  return {
    progress,
    step: parse => {
      if (mergesLeft > 0) {
        mergesLeft -= 1
        if (indexCare.step()) return true
        mergesLeft = 0
      }
      const isDone = read.value<number>(sql`SELECT 1 FROM search_renewal`) !== 1
      if (isDone && nextAddresses(read, 1).length === 0) return false
      const before = percent()
      const more = database.write(db => {
        const did = renewAddresses(db) || renewMessages(db, parse)
        if (percent() !== before) feed.note('search', null)
        indexCare.wake()
        return did
      })
      if (more) {
        mergesLeft = mergesPerStep
        return true
      }
      return clearOld()
    },
  }

  function renewMessages(db: WriteDb, parse: Parse): boolean {
    const rows = db.all<Row>(sql`
      SELECT m.id, m.mailbox, m.subject, m.sender, m.recipients, m.body_state, e.state AS opened,
        (SELECT size FROM raw_messages r WHERE r.message = m.id) AS stored
      FROM messages m LEFT JOIN encrypted_messages e ON e.message = m.id
      WHERE m.id < (SELECT below FROM search_renewal) ORDER BY m.id DESC LIMIT ${messagesPerStep}`)
    const taken: Row[] = []
    let bytes = 0
    for (const row of rows) {
      bytes += row.stored ?? 0
      if (taken.length > 0 && bytes > bytesPerStep) break
      taken.push(row)
    }
    const last = taken.at(-1)
    if (last === undefined) {
      db.run(sql`UPDATE search_renewal SET below = 0`)
      return false
    }
    // In the order of ids, for the reason told at `indexBodies`.
    for (const row of taken.reverse()) renewMessage(db, row, parse)
    db.run(sql`UPDATE search_renewal SET below = ${last.id}, done = done + ${taken.length}`)
    return true
  }

  function renewMessage(db: WriteDb, row: Row, parse: Parse): void {
    const shown: IndexedHeader = {
      subject: row.subject,
      from: JSON.parse(row.sender) as Address[],
      to: JSON.parse(row.recipients) as Address[],
      cc: [],
      bcc: [],
    }
    const parsed = row.opened === 1 ? null : storedMessage(db, row, parse)
    // The encrypted inbox keeps the subject that it found in the row.
    const header =
      parsed === null
        ? shown
        : { ...parsed.header, subject: parsed.encrypted ? row.subject : parsed.header.subject }
    const isIndexedOpen = row.opened === 1 || (parsed?.encrypted === true && row.opened === null)
    const text = isIndexedOpen ? originalOf(db, row.id, parse) : parsed
    searchIndex.renewHeader(db, row.id, header)
    if (row.body_state > 0) searchIndex.renewBody(db, row.id, text ?? { text: '', attachments: [] })
    // What was decrypted stands nowhere but in the old index: it is opened again, as mail that has just come.
    if (isIndexedOpen && text === null)
      db.run(sql`
        INSERT INTO encrypted_messages (message) VALUES (${row.id}) ON CONFLICT (message) DO UPDATE SET state = 0`)
    countWritten(db, row.mailbox, header)
  }

  function clearOld(): boolean {
    const left = read.column<string>(
      sql`SELECT name FROM sqlite_schema WHERE name IN ('search_headers_data', 'search_bodies_data')`,
    )
    if (left.includes('search_bodies_data')) return takeAway('search_bodies') || true
    // Of mail of which only the header is here, nothing else knows who got a copy.
    const isNeeded =
      read.value<number>(sql`
        SELECT 1 FROM messages WHERE body_state = 0 AND id < (SELECT first_new FROM search_renewal) LIMIT 1`) ===
      1
    if (isNeeded) return false
    if (left.includes('search_headers_data')) return takeAway('search_headers') || true
    database.write(db => db.run(sql`DELETE FROM search_renewal`))
    return false
  }

  function takeAway(table: 'search_headers' | 'search_bodies'): boolean {
    return database.takeAwayIndex(table, `messages_old_${table.slice('search_'.length)}_delete`, rowsPerStep)
  }
}

function storedMessage(db: ReadDb, row: Row, parse: Parse): ParsedMessage | null {
  if (row.body_state === 2) {
    const raw = db.get<{ encoding: number; size: number; bytes: Uint8Array }>(
      sql`SELECT encoding, size, bytes FROM raw_messages WHERE message = ${row.id}`,
    )
    return raw === undefined ? null : parse(unpack(raw.encoding, raw.bytes, raw.size))
  }
  if (row.body_state === 0) return null
  const text = db.value<Uint8Array>(sql`SELECT parsed FROM message_texts WHERE message = ${row.id}`)
  return text === undefined ? null : unpackJson<ParsedMessage>(text)
}

/** What the encrypted inbox replaced, while it is kept: it was indexed from these bytes. */
function originalOf(db: ReadDb, id: number, parse: Parse): ParsedMessage | null {
  const kept = db.get<{ encoding: number; size: number; bytes: Uint8Array }>(
    sql`SELECT encoding, size, bytes FROM inbox_originals WHERE message = ${id}`,
  )
  return kept === undefined ? null : parse(unpack(kept.encoding, kept.bytes, kept.size))
}

/** Who was written to was not counted by itself before. */
function countWritten(db: WriteDb, mailbox: number, header: IndexedHeader): void {
  if (db.value<string>(sql`SELECT role FROM mailboxes WHERE id = ${mailbox}`) !== 'sent') return
  const people = [...header.to, ...header.cc].slice(0, 50).map(each => each.address)
  db.run(sql`
    UPDATE address_book SET written = written + 1
    WHERE address IN (SELECT value COLLATE NOCASE FROM json_each(${jsonList(people)}))`)
}

const nextAddresses = (db: ReadDb, limit: number): { address: string; name: string }[] =>
  db.all(sql`SELECT address, name FROM address_book WHERE words = '' ORDER BY address LIMIT ${limit}`)

function renewAddresses(db: WriteDb): boolean {
  const people = nextAddresses(db, addressesPerStep)
  for (const person of people)
    db.run(sql`UPDATE address_book SET words = ${wordsOfPerson(person)} WHERE address = ${person.address}`)
  return people.length > 0
}
