import type { AccountId, MailboxId, MessageId } from '../../../../../shared/kit/ids'
import type {
  Direction,
  InboxEncryptionStore,
  ReplacedMessages,
  Replacement,
} from '../../../ports/keys/inbox-encryption'
import { accountNumber } from '../../../store/account-number'
import { pack } from '../../../store/blobs'
import type { StoreContext } from '../../../store/context'
import type { ReadDb, WriteDb } from '../../../store/db'
import { sql } from '../../../store/sql'

type Journal = Pick<
  InboxEncryptionStore,
  'begin' | 'appended' | 'adopt' | 'finish' | 'abandon' | 'lose' | 'open'
>

type Stored = {
  id: number
  account_id: AccountId
  direction: Direction
  message: MessageId | null
  mailbox: MailboxId
  uid_validity: number
  from_uid: number
  to_uid: number | null
  first_uid: number
  token: string
  digest: string
  size: number
  state: Replacement['state']
  started_at: number
}

/** The journal of replacements: what a kill, a cut line or a power cut finds again. */
export function createInboxJournal(
  { database, feed, clock }: StoreContext,
  replaced: ReplacedMessages,
): Journal {
  const one = (db: ReadDb, id: number): Stored | undefined =>
    db.get<Stored>(sql`
      SELECT r.*, a.id AS account_id FROM inbox_replacements r JOIN accounts a ON a.number = r.account WHERE r.id = ${id}`)
  const all = (db: ReadDb, account: number): readonly Replacement[] =>
    db
      .all<Stored>(sql`
        SELECT r.*, a.id AS account_id FROM inbox_replacements r JOIN accounts a ON a.number = r.account
        WHERE r.account = ${account} ORDER BY r.id`)
      .map(replacementOf)
  const change = <T>(work: (db: WriteDb) => T): T => database.write(work, { durable: true })

  return {
    begin: replacements =>
      change(db =>
        replacements.map(each => {
          const account = accountNumber(db, each.accountId)
          const packed = pack(each.original)
          const nowMs = clock.now()
          db.run(sql`
            INSERT OR REPLACE INTO inbox_originals
            VALUES (${each.messageId}, ${account}, ${packed.encoding}, ${each.original.length}, ${packed.bytes}, ${nowMs})`)
          const { lastId } = db.run(sql`
            INSERT INTO inbox_replacements (account, direction, message, mailbox, uid_validity, from_uid, first_uid, token,
              digest, size, state, started_at)
            VALUES (${account}, ${each.direction}, ${each.messageId}, ${each.mailboxId}, ${each.uidValidity}, ${each.fromUid},
              ${each.firstUid}, ${each.token}, ${each.digest}, ${each.sizeBytes}, 'begun', ${nowMs})`)
          const { original: _original, ...facts } = each
          return { ...facts, id: lastId, toUid: null, state: 'begun', startedAtMs: nowMs }
        }),
      ),
    appended: (id, toUid) =>
      database.write(db => {
        db.run(sql`UPDATE inbox_replacements SET state = 'appended', to_uid = ${toUid} WHERE id = ${id}`)
      }),
    adopt: (id, copy) =>
      change(db => {
        const row = one(db, id)
        if (row?.message == null || row.to_uid === null) return false
        const message = db.get<{ mailbox: MailboxId; uid: number | null }>(
          sql`SELECT mailbox, uid FROM messages WHERE id = ${row.message}`,
        )
        if (message?.mailbox !== row.mailbox || message.uid !== row.from_uid) return false
        const twin = db.value<MessageId>(
          sql`SELECT id FROM messages WHERE mailbox = ${row.mailbox} AND uid = ${row.to_uid}`,
        )
        if (twin !== undefined) replaced.removeTwin(twin, row.message)
        db.run(
          sql`UPDATE messages SET uid = ${row.to_uid}, size = ${copy.raw.length}, unmatched = 0 WHERE id = ${row.message}`,
        )
        db.run(sql`INSERT INTO remembered_uids (mailbox, uid) VALUES (${row.mailbox}, ${row.from_uid})`)
        replaced.replaceBody(row.message, copy)
        noteOutcome(db, row, clock.now())
        db.run(sql`UPDATE inbox_replacements SET state = 'adopted' WHERE id = ${id}`)
        feed.note('message', [row.message], 'body')
        feed.note('message', [row.message], 'flags')
        for (const kind of ['progress', 'members', 'unread', 'flagged'] as const)
          feed.note('mailbox', [row.mailbox], kind)
        return true
      }),
    finish: id =>
      database.write(db => {
        const row = one(db, id)
        if (row === undefined) return
        db.run(sql`DELETE FROM remembered_uids WHERE mailbox = ${row.mailbox} AND uid = ${row.from_uid}`)
        if (row.direction === 'decrypt')
          db.run(sql`DELETE FROM inbox_originals WHERE message = ${row.message}`)
        db.run(sql`DELETE FROM inbox_replacements WHERE id = ${id}`)
        feed.note('inbox-encryption', [row.account_id])
      }),
    abandon: id =>
      database.write(db => {
        const row = one(db, id)
        if (row === undefined) return
        // After a change of UIDVALIDITY a UID of before may be remembered for another message.
        if (row.state === 'adopted')
          db.run(sql`
            DELETE FROM remembered_uids WHERE mailbox = ${row.mailbox} AND uid = ${row.from_uid}
              AND EXISTS (SELECT 1 FROM mailboxes m WHERE m.id = ${row.mailbox} AND m.uid_validity = ${row.uid_validity})`)
        db.run(sql`DELETE FROM inbox_replacements WHERE id = ${id}`)
        dropIdleOriginal(db, row.message)
      }),
    lose: id =>
      database.write(db => {
        db.run(sql`UPDATE inbox_replacements SET state = 'lost' WHERE id = ${id}`)
      }),
    open: accountId => all(database.read, accountNumber(database.read, accountId)),
  }
}

function replacementOf(row: Stored): Replacement {
  return {
    id: row.id,
    accountId: row.account_id,
    direction: row.direction,
    messageId: row.message,
    mailboxId: row.mailbox,
    uidValidity: row.uid_validity,
    fromUid: row.from_uid,
    toUid: row.to_uid,
    firstUid: row.first_uid,
    token: row.token,
    digest: row.digest,
    sizeBytes: row.size,
    state: row.state,
    startedAtMs: row.started_at,
  }
}

function noteOutcome(db: WriteDb, row: Stored, nowMs: number): void {
  const [state, reason] = row.direction === 'encrypt' ? ['encrypted', ''] : ['skipped', 'undone']
  db.run(sql`
    INSERT INTO inbox_messages (message, state, reason, first_seen_at) VALUES (${row.message}, ${state}, ${reason}, ${nowMs})
    ON CONFLICT (message) DO UPDATE SET state = ${state}, reason = ${reason}, detail = '', retry_at = NULL`)
}

/** An original that stands for nothing: the message is on the server as it was. */
function dropIdleOriginal(db: WriteDb, message: MessageId | null): void {
  db.run(sql`
    DELETE FROM inbox_originals WHERE message = ${message}
      AND NOT EXISTS (SELECT 1 FROM inbox_messages i WHERE i.message = inbox_originals.message AND i.state = 'encrypted')
      AND NOT EXISTS (SELECT 1 FROM inbox_replacements r WHERE r.message = inbox_originals.message)`)
}
