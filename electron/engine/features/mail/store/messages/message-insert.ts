import type { MailboxId, MessageId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import { keywordsColumn, parseFlags } from '../../../../formats/flags'
import type { ParsedHeader, ParsedMessage } from '../../../../ports/mail/mime'
import type { MessageStore, NewMessage } from '../../../../ports/store'
import type { WriteDb } from '../../../../store/db'
import { sql } from '../../../../store/sql'
import { flagRefresher } from '../../tasks/pending-flags'
import { noteConversations } from '../conversation-feed'
import type { IndexedContext } from '../indexed-context'
import { rememberArrived } from '../mailboxes/remembered-uids'
import { AddressBatch } from '../people/address-book'
import type { Threads } from '../threads'
import { indexBodies, writeBody } from './message-bodies'

type Inserts = Pick<MessageStore, 'insertHeaders' | 'insertLocal' | 'insertLocalMany'>
type Mailbox = { account: number; role: string }

/** As in the contract: a summary carries no more, the message itself does. */
const summaryBounds = { subject: 2000, messageId: 1000, from: 20, to: 50 } as const

const earliestMs = 0
const latestMs = Date.UTC(2100, 0, 1)

/** New rows: headers from a server, and whole messages that exist only here. */
export function createMessageInserts(
  { database, feed, indexCare, searchIndex }: IndexedContext,
  threads: Threads,
): Inserts {
  const mailboxOf = (db: WriteDb, mailboxId: MailboxId): Mailbox => {
    const mailbox = db.get<Mailbox>(sql`SELECT account, role FROM mailboxes WHERE id = ${mailboxId}`)
    if (mailbox === undefined) throw new SiegelError('mailbox-missing', { mailboxId })
    return mailbox
  }

  const insertRow = (
    db: WriteDb,
    mailboxId: MailboxId,
    mailbox: Mailbox,
    message: NewMessage,
    joined: Set<number>,
  ): MessageId => {
    const { header } = message
    const flags = parseFlags(message.flags)
    const keywords = keywordsColumn(flags.keywords)
    const messageIdHeader = header.messageIdHeader.slice(0, summaryBounds.messageId)
    const thread = threads.link(db, mailbox.account, header)
    joined.add(thread)
    const { lastId } = db.run(sql`
      INSERT INTO messages (account, mailbox, uid, thread, message_id, date, internal_date, size, flags, keywords,
        server_flags, server_keywords, subject, sender, recipients)
      VALUES (${mailbox.account}, ${mailboxId}, ${message.uid}, ${thread}, ${messageIdHeader}, ${dateOf(message)},
        ${Math.trunc(message.internalDateMs)}, ${message.sizeBytes}, ${flags.bits}, ${keywords}, ${flags.bits}, ${keywords},
        ${header.subject.slice(0, summaryBounds.subject)}, ${JSON.stringify(header.from.slice(0, summaryBounds.from))},
        ${JSON.stringify(header.to.slice(0, summaryBounds.to))})`)
    return lastId as MessageId
  }

  const insertLocalMany: Inserts['insertLocalMany'] = (mailboxId, messages) =>
    database.write(db => {
      const mailbox = mailboxOf(db, mailboxId)
      const addresses = new AddressBatch()
      const joined = new Set<number>()
      const unindexed: { id: MessageId; header: ParsedHeader; parsed: ParsedMessage; again: boolean }[] = []
      const ids = messages.map(message => {
        const id = insertRow(db, mailboxId, mailbox, message, joined)
        writeBody(db, id, message.raw, message.parsed)
        unindexed.push({ id, header: message.header, parsed: message.parsed, again: false })
        addresses.add(message.header, dateOf(message), mailbox.role === 'sent')
        return id
      })
      for (const { id, header } of unindexed) searchIndex.header(db, id, header)
      indexBodies(searchIndex, db, unindexed)
      addresses.write(db)
      indexCare.wake()
      feed.note('message', ids, 'new')
      noteConversations(db, feed, joined, ids)
      feed.note('mailbox', [mailboxId], 'members')
      return ids
    })

  return {
    insertHeaders: (mailboxId, messages) =>
      database.write(db => {
        const mailbox = mailboxOf(db, mailboxId)
        const addresses = new AddressBatch()
        const anyWithoutUid =
          db.value<number>(
            sql`SELECT 1 FROM messages WHERE mailbox = ${mailboxId} AND uid IS NULL LIMIT 1`,
          ) === 1
        const ids: MessageId[] = []
        const joined = new Set<number>()
        const unindexed: { id: MessageId; header: ParsedHeader }[] = []
        for (const message of messages) {
          const { uid } = message
          if (uid !== null && isKnown(db, mailboxId, uid)) continue
          if (uid !== null && rememberArrived(db, mailboxId, { ...message, uid })) continue
          const adopted = anyWithoutUid && uid !== null ? adopt(db, mailboxId, uid, message) : null
          if (adopted !== null) {
            ids.push(adopted)
            continue
          }
          const id = insertRow(db, mailboxId, mailbox, message, joined)
          unindexed.push({ id, header: message.header })
          addresses.add(message.header, dateOf(message), mailbox.role === 'sent')
          ids.push(id)
        }
        // After the rows, for the reason told at `indexBodies`.
        for (const { id, header } of unindexed) searchIndex.header(db, id, header)
        addresses.write(db)
        indexCare.wake()
        feed.note('message', ids, 'new')
        noteConversations(db, feed, joined, ids)
        if (ids.length > 0) feed.note('mailbox', [mailboxId], 'members')
        return ids
      }),
    insertLocal: (mailboxId, message) => {
      const [id] = insertLocalMany(mailboxId, [message])
      if (id === undefined) throw new Error('insertLocalMany answered no id')
      return id
    },
    insertLocalMany,
  }
}

function isKnown(db: WriteDb, mailboxId: MailboxId, uid: number): boolean {
  if (db.value<number>(sql`SELECT 1 FROM messages WHERE mailbox = ${mailboxId} AND uid = ${uid}`) === 1)
    return true
  return (
    db.value<number>(sql`SELECT 1 FROM remembered_uids WHERE mailbox = ${mailboxId} AND uid = ${uid}`) === 1
  )
}

/**
 * A row that waits here for its UID (finished move or append, UIDVALIDITY change) and is this message: same
 * Message-ID and size; without a Message-ID, same size and arrival time.
 */
function adopt(db: WriteDb, mailboxId: MailboxId, uid: number, message: NewMessage): MessageId | null {
  const name = message.header.messageIdHeader.slice(0, summaryBounds.messageId)
  const id =
    name === ''
      ? db.value<MessageId>(sql`
          SELECT id FROM messages WHERE mailbox = ${mailboxId} AND uid IS NULL AND message_id = ''
            AND size = ${message.sizeBytes} AND internal_date = ${Math.trunc(message.internalDateMs)} ORDER BY id LIMIT 1`)
      : db.value<MessageId>(sql`
          SELECT id FROM messages WHERE mailbox = ${mailboxId} AND uid IS NULL AND message_id = ${name}
            AND size = ${message.sizeBytes} ORDER BY unmatched DESC, id LIMIT 1`)
  if (id === undefined) return null
  db.run(sql`UPDATE messages SET uid = ${uid}, unmatched = 0 WHERE id = ${id}`)
  flagRefresher(db)(id, parseFlags(message.flags))
  return id
}

/** The Date header when it is sane, else the arrival time, else the beginning of time. */
function dateOf(message: NewMessage): number {
  for (const ms of [message.header.dateMs, message.internalDateMs]) {
    if (ms !== null && ms > earliestMs && ms < latestMs) return Math.trunc(ms)
  }
  return earliestMs
}
