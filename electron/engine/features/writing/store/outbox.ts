import type { OutboxItem, OutboxState } from '../../../../../shared/features/writing/model'
import type { AccountId, DraftId, OutboxId } from '../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../shared/kit/result'
import type { OutgoingEnvelope } from '../../../ports/writing/outgoing'
import type { OutboxRow, OutboxStore } from '../../../ports/writing/writing-store'
import { accountNumber } from '../../../store/account-number'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'

type Row = {
  id: number
  account_id: string
  draft: string | null
  message_id: string
  subject: string
  envelope: string
  state: OutboxState
  problem: string | null
  attempts: number
  next_attempt_at: number | null
  queued_at: number
  sent_at: number | null
}

/** The copy in the Sent mailbox is the user's own: they have seen it. */
const sentCopyFlags = ['\\Seen'] as const

const itemOf = (row: Row): OutboxItem => ({
  id: row.id as OutboxId,
  accountId: row.account_id as AccountId,
  draftId: row.draft as DraftId | null,
  messageIdHeader: row.message_id,
  subject: row.subject,
  recipients: [...(JSON.parse(row.envelope) as OutgoingEnvelope).to],
  state: row.state,
  problem: row.problem === null ? null : (JSON.parse(row.problem) as OutboxItem['problem']),
  attempts: row.attempts,
  nextAttemptAtMs: row.next_attempt_at,
  queuedAtMs: row.queued_at,
  sentAtMs: row.sent_at,
})

/** Messages handed over for sending. Every change is on the disk before the call returns. */
export function createOutboxStore({ database, feed, clock }: StoreContext): OutboxStore {
  const { read } = database
  const interruptedAtStart = read.column<OutboxId>(
    sql`SELECT id FROM outbox WHERE state = 'sending' ORDER BY id`,
  )

  const rowOf = (id: OutboxId): Row => {
    const row = read.get<Row>(sql`
      SELECT o.id, a.id AS account_id, o.draft, o.message_id, o.subject, o.envelope, o.state, o.problem, o.attempts,
        o.next_attempt_at, o.queued_at, o.sent_at
      FROM outbox o JOIN accounts a ON a.number = o.account WHERE o.id = ${id}`)
    if (row === undefined) throw new SiegelError('not-found', { what: 'outbox message' })
    return row
  }
  const exists = (id: OutboxId): boolean =>
    read.value<number>(sql`SELECT 1 FROM outbox WHERE id = ${id}`) === 1

  return {
    list: () =>
      read
        .all<Row>(sql`
          SELECT o.id, a.id AS account_id, o.draft, o.message_id, o.subject, o.envelope, o.state, o.problem, o.attempts,
            o.next_attempt_at, o.queued_at, o.sent_at
          FROM outbox o JOIN accounts a ON a.number = o.account ORDER BY o.id DESC`)
        .map(itemOf),
    get: id => {
      if (!exists(id)) return null
      const row = rowOf(id)
      const raw =
        read.value<Uint8Array | null>(sql`SELECT raw FROM outbox WHERE id = ${id}`) ?? new Uint8Array()
      return {
        ...itemOf(row),
        raw,
        envelope: JSON.parse(row.envelope) as OutgoingEnvelope,
        sentCopyFlags,
      } satisfies OutboxRow
    },
    enqueue: item =>
      database.write(
        db => {
          const { lastId } = db.run(sql`
            INSERT INTO outbox (account, draft, message_id, subject, envelope, state, next_attempt_at, queued_at, raw, sent_copy)
            VALUES (${accountNumber(db, item.accountId)}, ${item.draftId}, ${item.messageIdHeader}, ${item.subject},
              ${JSON.stringify(item.envelope)}, 'queued', ${item.notBeforeMs}, ${clock.now()}, ${item.raw}, ${item.sentCopy})`)
          feed.note('outbox', [lastId])
          return itemOf(rowOf(lastId as OutboxId))
        },
        { durable: true },
      ),
    sentCopy: id => read.value<Uint8Array | null>(sql`SELECT sent_copy FROM outbox WHERE id = ${id}`) ?? null,
    due: nowMs =>
      read.column<OutboxId>(sql`
        SELECT id FROM outbox WHERE state = 'queued' AND coalesce(next_attempt_at, 0) <= ${nowMs} ORDER BY id`),
    interrupted: () => interruptedAtStart.filter(id => exists(id) && rowOf(id).state === 'sending'),
    setState: (id, state, change) =>
      database.write(
        db => {
          rowOf(id)
          db.run(
            sql`UPDATE outbox SET state = ${state}, attempts = attempts + ${change.countAttempt === true ? 1 : 0} WHERE id = ${id}`,
          )
          if (change.problem !== undefined) {
            db.run(
              sql`UPDATE outbox SET problem = ${change.problem === null ? null : JSON.stringify(change.problem)} WHERE id = ${id}`,
            )
          }
          if (change.nextAttemptAtMs !== undefined) {
            db.run(sql`UPDATE outbox SET next_attempt_at = ${change.nextAttemptAtMs} WHERE id = ${id}`)
          }
          if (change.sentAtMs !== undefined)
            db.run(sql`UPDATE outbox SET sent_at = ${change.sentAtMs} WHERE id = ${id}`)
          feed.note('outbox', [id])
          return itemOf(rowOf(id))
        },
        { durable: true },
      ),
    finish: id =>
      database.write(
        db => {
          const { draft } = rowOf(id)
          db.run(sql`UPDATE outbox SET raw = NULL, sent_copy = NULL WHERE id = ${id}`)
          if (draft !== null) {
            db.run(sql`DELETE FROM drafts WHERE id = ${draft}`)
            feed.note('draft', [draft])
          }
          feed.note('outbox', [id])
        },
        { durable: true },
      ),
    remove: id =>
      database.write(
        db => {
          db.run(sql`DELETE FROM outbox WHERE id = ${id}`)
          feed.note('outbox', [id])
        },
        { durable: true },
      ),
  }
}
