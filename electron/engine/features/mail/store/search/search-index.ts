import type { ParsedHeader, ParsedMessage } from '../../../../ports/mail/mime'
import type { ReadDb, WriteDb } from '../../../../store/db'
import { sql } from '../../../../store/sql'
import { indexed, indexedBody, indexedPeople } from './search-text'
import type { SearchWords } from './search-words'

/** What the index reads of a header. */
export type IndexedHeader = Pick<ParsedHeader, 'subject' | 'from' | 'to' | 'cc' | 'bcc'>

/** Only in the old index, until the renewal comes to it and reads everything that is stored of it. */
const waits = (db: ReadDb, id: number): boolean =>
  db.value<number>(sql`SELECT 1 FROM search_renewal WHERE below > ${id}`) === 1

/** Writes the full-text index, and tells its words to whoever keeps them. */
export class SearchIndex {
  readonly words: SearchWords

  constructor(words: SearchWords) {
    this.words = words
  }

  /** Puts the header of a message into the index: it is found before its body is here. `again`: an earlier one goes. */
  header(db: WriteDb, id: number, header: IndexedHeader, again = false): void {
    if (!waits(db, id)) this.renewHeader(db, id, header, again)
  }

  /** Puts the text of a message into the index. `again`: an earlier text of it is there and goes. */
  body(db: WriteDb, id: number, parsed: Pick<ParsedMessage, 'text' | 'attachments'>, again: boolean): void {
    if (!waits(db, id)) this.renewBody(db, id, parsed, again)
  }

  /** As `header`, for the renewal itself. */
  renewHeader(db: WriteDb, id: number, header: IndexedHeader, again = false): void {
    const subject = indexed(header.subject)
    const [sender, addressed, copied, blind] = [header.from, header.to, header.cc, header.bcc].map(
      indexedPeople,
    )
    if (again) db.run(sql`DELETE FROM find_headers WHERE rowid = ${id}`)
    db.run(sql`
      INSERT INTO find_headers (rowid, subject, sender, addressed, copied, blind)
      VALUES (${id}, ${subject}, ${sender ?? ''}, ${addressed ?? ''}, ${copied ?? ''}, ${blind ?? ''})`)
    this.words.note('header', `${subject} ${sender} ${addressed} ${copied} ${blind}`)
  }

  /** As `body`, for the renewal itself. */
  renewBody(
    db: WriteDb,
    id: number,
    parsed: Pick<ParsedMessage, 'text' | 'attachments'>,
    again = false,
  ): void {
    const body = indexedBody(parsed.text)
    const names = indexed(parsed.attachments.map(attachment => attachment.fileName).join(' '))
    if (again) db.run(sql`DELETE FROM find_bodies WHERE rowid = ${id}`)
    db.run(sql`INSERT INTO find_bodies (rowid, body, attachments) VALUES (${id}, ${body}, ${names})`)
    this.words.note('body', `${body} ${names}`)
  }
}
