import type { TaskKind, TaskState, TaskSummary } from '../../../../shared/features/writing/model'
import type { AccountId, MailboxId, TaskId } from '../../../../shared/kit/ids'
import { SiegelError } from '../../../../shared/kit/result'
import { accountNumber } from '../../features/accounts/store/accounts'
import type { TaskPayload, TaskRow, TaskStore } from '../../ports/store'
import type { StoreContext } from '../../store/context'
import { jsonList, sql } from '../../store/sql'
import { nextTask } from './next-task'
import { Blocked, touchedBy } from './task-order'
import { rollBack, settleDone } from './task-rollback'
import { createUndoJournal } from './undo-journal'

type Row = {
  id: number
  account_id: string
  kind: TaskKind
  payload: string
  state: TaskState
  attempts: number
  next_attempt_at: number
  created_at: number
  problem: string | null
}

const taskOf = (row: Row): TaskRow => ({
  id: row.id as TaskId,
  accountId: row.account_id as AccountId,
  payload: JSON.parse(row.payload) as TaskPayload,
  state: row.state,
  attempts: row.attempts,
  nextAttemptAtMs: row.next_attempt_at,
  createdAtMs: row.created_at,
})

type PathOf = (mailboxId: number) => string | null

const summaryOf = (row: Row, pathOf: PathOf, waitsFor: TaskId | null): TaskSummary => {
  const payload = JSON.parse(row.payload) as TaskPayload
  return {
    id: row.id as TaskId,
    accountId: row.account_id as AccountId,
    kind: row.kind,
    state: row.state,
    messageCount: messageCountOf(payload),
    mailboxId: mailboxOf(payload),
    mailboxName: nameOf(payload, pathOf)?.slice(0, 1000) ?? null,
    createdAtMs: row.created_at,
    attempts: row.attempts,
    nextAttemptAtMs: row.state === 'waiting' && row.next_attempt_at > 0 ? row.next_attempt_at : null,
    waitsFor,
    problem: row.problem === null ? null : (JSON.parse(row.problem) as { code: string; detail: string }),
  }
}

function messageCountOf(payload: TaskPayload): number {
  if (payload.kind === 'set-flags') return payload.messageIds.length
  if (payload.kind === 'move' || payload.kind === 'expunge') return payload.items.length
  return payload.kind === 'append' ? 1 : 0
}

function mailboxOf(payload: TaskPayload): MailboxId | null {
  if (payload.kind === 'move') return payload.toMailboxId
  if (payload.kind === 'expunge') return payload.items[0]?.fromMailboxId ?? null
  return 'mailboxId' in payload ? payload.mailboxId : null
}

function nameOf(payload: TaskPayload, pathOf: PathOf): string | null {
  if (payload.kind === 'rename-mailbox') return payload.newPath
  if (payload.kind === 'delete-mailbox') return payload.path
  const id = mailboxOf(payload)
  return id === null ? null : pathOf(id)
}

function messagesOf(payload: TaskPayload): readonly number[] {
  if (payload.kind === 'set-flags') return payload.messageIds
  if (payload.kind === 'move') return payload.items.map(item => item.messageId)
  return payload.kind === 'append' ? [payload.messageId] : []
}

/** Finished tasks that are kept for whoever still holds their id. */
const finishedKept = 200

/** Changes that were applied here and wait for the server, and the undo journal. */
export function createTaskStore(context: StoreContext): TaskStore {
  const { database, feed, clock } = context
  const { read } = database
  // A task that ran when the process ended is to be run again; every kind can be repeated.
  database.write(db =>
    db.run(sql`UPDATE tasks SET state = 'queued', next_attempt_at = 0 WHERE state = 'running'`),
  )

  const get = (id: TaskId): TaskRow | null => {
    const row = read.get<Row>(
      sql`SELECT t.*, a.id AS account_id FROM tasks t JOIN accounts a ON a.number = t.account WHERE t.id = ${id}`,
    )
    return row === undefined ? null : taskOf(row)
  }
  const demand = (id: TaskId): TaskRow => {
    const task = get(id)
    if (task === null) throw new SiegelError('not-found', { entity: 'task' })
    return task
  }
  const pathOf = (mailboxId: number): string | null =>
    read.value<string>(sql`SELECT path FROM mailboxes WHERE id = ${mailboxId}`) ?? null

  return {
    list: () => {
      const blocked = new Map<string, Blocked>()
      return read
        .all<Row>(sql`
          SELECT t.*, a.id AS account_id FROM tasks t JOIN accounts a ON a.number = t.account
          WHERE t.state <> 'done' ORDER BY t.id`)
        .map(row => {
          const earlier = blocked.get(row.account_id) ?? new Blocked()
          blocked.set(row.account_id, earlier)
          const touched = touchedBy(JSON.parse(row.payload) as TaskPayload, pathOf)
          const waitsFor = earlier.blockerOf(touched)
          earlier.add(row.id as TaskId, touched)
          return summaryOf(row, pathOf, waitsFor)
        })
    },
    add: (accountId, payload) =>
      database.write(db => {
        const { lastId } = db.run(sql`
          INSERT INTO tasks (account, kind, payload, state, created_at)
          VALUES (${accountNumber(db, accountId)}, ${payload.kind}, ${JSON.stringify(payload)}, 'queued', ${clock.now()})`)
        const messages = messagesOf(payload)
        db.run(sql`
          INSERT OR IGNORE INTO task_messages (message, task)
          SELECT m.id, ${lastId} FROM json_each(${jsonList(messages)}) j JOIN messages m ON m.id = j.value`)
        feed.note('task', [lastId])
        feed.note('message', messages)
        return lastId as TaskId
      }),
    get,
    next: (accountId, nowMs) => {
      const id = nextTask(read, accountId, nowMs, pathOf)
      return id === null ? null : get(id)
    },
    setState: (id, state, change) =>
      database.write(db => {
        const task = demand(id)
        db.run(
          sql`UPDATE tasks SET state = ${state}, attempts = attempts + ${change.countAttempt === true ? 1 : 0} WHERE id = ${id}`,
        )
        if (change.problem !== undefined) {
          db.run(
            sql`UPDATE tasks SET problem = ${change.problem === null ? null : JSON.stringify(change.problem)} WHERE id = ${id}`,
          )
        }
        if (change.nextAttemptAtMs !== undefined) {
          db.run(sql`UPDATE tasks SET next_attempt_at = ${change.nextAttemptAtMs} WHERE id = ${id}`)
        }
        if (state === 'done' && task.state !== 'done') {
          db.run(sql`DELETE FROM task_messages WHERE task = ${id}`)
          settleDone(db, task.payload)
          db.run(sql`DELETE FROM tasks WHERE state = 'done' AND id < ${id - finishedKept}`)
          feed.note('message', messagesOf(task.payload))
        }
        feed.note('task', [id])
      }),
    remove: id =>
      database.write(db => {
        const task = get(id)
        if (task === null) return
        if (task.state === 'running') throw new SiegelError('conflict', { entity: 'task' })
        db.run(sql`DELETE FROM tasks WHERE id = ${id}`)
        if (task.state !== 'done') rollBack(context, db, task.payload)
        feed.note('task', [id])
        feed.note('message', messagesOf(task.payload))
      }),
    countOpen: accountId =>
      read.value<number>(sql`
        SELECT count(*) FROM tasks t JOIN accounts a ON a.number = t.account WHERE a.id = ${accountId} AND t.state <> 'done'`) ??
      0,
    wake: accountId =>
      database.write(db => {
        const ids = db.column<TaskId>(sql`
          SELECT t.id FROM tasks t JOIN accounts a ON a.number = t.account
          WHERE a.id = ${accountId} AND t.state = 'waiting' AND t.next_attempt_at > 0
            AND json_extract(t.problem, '$.code') = 'server-unavailable'`)
        for (const id of ids) db.run(sql`UPDATE tasks SET next_attempt_at = 0 WHERE id = ${id}`)
        if (ids.length > 0) feed.note('task', ids)
      }),
    nextDueMs: accountId =>
      read.value<number | null>(sql`
        SELECT min(t.next_attempt_at) FROM tasks t JOIN accounts a ON a.number = t.account
        WHERE a.id = ${accountId} AND t.state = 'waiting' AND t.next_attempt_at > 0`) ?? null,
    isOpen: (kind, messageId) =>
      read.value<number>(sql`
        SELECT 1 FROM task_messages m JOIN tasks t ON t.id = m.task
        WHERE m.message = ${messageId} AND t.kind = ${kind} AND t.state <> 'done' LIMIT 1`) === 1,
    into: mailboxId =>
      read
        .all<Row>(sql`
          SELECT t.*, a.id AS account_id FROM tasks t JOIN accounts a ON a.number = t.account
          WHERE t.state <> 'done' AND t.kind IN ('move', 'append') ORDER BY t.id`)
        .map(taskOf)
        .filter(({ payload }) => mailboxOf(payload) === mailboxId)
        .map(task => task.id),
    ...createUndoJournal(context),
  }
}
