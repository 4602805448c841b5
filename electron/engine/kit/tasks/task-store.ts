import {
  type TaskState,
  type TaskSummary,
  taskKind as taskKindSchema,
} from '../../../../shared/features/writing/model'
import type { AccountId, MessageId, TaskId } from '../../../../shared/kit/ids'
import { SiegelError } from '../../../../shared/kit/result'
import type { TaskRow, TaskStore } from '../../ports/store'
import { accountNumber } from '../../store/account-number'
import type { ChangeFeed } from '../../store/change-feed'
import type { StoreContext } from '../../store/context'
import type { WriteDb } from '../../store/db'
import { jsonList, sql } from '../../store/sql'
import { nextTask } from './next-task'
import type { KnownTask, PathOf, TaskKinds, TaskWords } from './task-kind'
import { Blocked, touchedBy } from './task-order'
import { createUndoJournal } from './undo-journal'

type Row = {
  id: number
  account: number
  account_id: string
  kind: string
  payload: string
  state: TaskState
  attempts: number
  next_attempt_at: number
  created_at: number
  problem: string | null
}

const noWords: TaskWords = { messageCount: 0, mailboxId: null, mailboxName: null }

/** Finished tasks that are kept for whoever still holds their id. */
const finishedKept = 200

/** Takes back what can be of a change that cannot be read: the messages that carry its mark, of that account. */
export type ForgetUnreadable = (
  parts: Readonly<{ db: WriteDb; feed: ChangeFeed }>,
  change: Readonly<{ account: number; messages: readonly MessageId[] }>,
) => void

/** Changes that were applied here and wait for the server, and the undo journal. It knows no kind of them. */
export function createTaskStore(
  context: StoreContext,
  kinds: TaskKinds,
  forgetUnreadable: ForgetUnreadable,
): TaskStore {
  const { database, feed, clock } = context
  const { read } = database
  // A task that ran when the process ended is to be run again; every kind can be repeated.
  database.write(db =>
    db.run(sql`UPDATE tasks SET state = 'queued', next_attempt_at = 0 WHERE state = 'running'`),
  )

  const rowOf = (id: TaskId): Row | undefined =>
    read.get<Row>(
      sql`SELECT t.*, a.id AS account_id FROM tasks t JOIN accounts a ON a.number = t.account WHERE t.id = ${id}`,
    )
  const taskOf = (row: Row): TaskRow => ({
    id: row.id as TaskId,
    accountId: row.account_id as AccountId,
    kind: kindOf(row),
    payload: kinds.read(row)?.payload ?? null,
    state: row.state,
    attempts: row.attempts,
    nextAttemptAtMs: row.next_attempt_at,
    createdAtMs: row.created_at,
  })
  const get = (id: TaskId): TaskRow | null => {
    const row = rowOf(id)
    return row === undefined ? null : taskOf(row)
  }
  const into = (mailboxId: number): TaskId[] =>
    read
      .all<Row>(sql`
        SELECT t.*, a.id AS account_id FROM tasks t JOIN accounts a ON a.number = t.account
        WHERE t.state <> 'done' AND t.kind IN (SELECT value FROM json_each(${kinds.puttingInto})) ORDER BY t.id`)
      .filter(row => kinds.read(row)?.into === mailboxId)
      .map(row => row.id as TaskId)
  const pathOf: PathOf = mailboxId =>
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
          const task = kinds.read(row)
          const touched = touchedBy(task, pathOf)
          const waitsFor = earlier.blockerOf(touched)
          earlier.add(row.id as TaskId, touched)
          return summaryOf(row, task, pathOf, waitsFor)
        })
    },
    add: (accountId, payload) =>
      database.write(db => {
        const task = kinds.of(payload.kind)?.know(payload)
        if (task === undefined) throw new Error(`nobody knows a change of the kind ${payload.kind}`)
        const { lastId } = db.run(sql`
          INSERT INTO tasks (account, kind, payload, state, created_at)
          VALUES (${accountNumber(db, accountId)}, ${payload.kind}, ${JSON.stringify(payload)}, 'queued', ${clock.now()})`)
        const { messages } = task
        db.run(sql`
          INSERT OR IGNORE INTO task_messages (message, task)
          SELECT m.id, ${lastId} FROM json_each(${jsonList(messages)}) j JOIN messages m ON m.id = j.value`)
        feed.note('task', [lastId])
        feed.note('message', messages, 'pending')
        return lastId as TaskId
      }),
    get,
    next: (accountId, nowMs) => {
      const id = nextTask(read, kinds, accountId, nowMs, pathOf)
      return id === null ? null : get(id)
    },
    setState: (id, state, change) =>
      database.write(db => {
        const row = rowOf(id)
        if (row === undefined) throw new SiegelError('not-found', { what: 'task' })
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
        if (state === 'done' && row.state !== 'done') {
          const task = kinds.read(row)
          db.run(sql`DELETE FROM task_messages WHERE task = ${id}`)
          task?.settle(db)
          db.run(sql`DELETE FROM tasks WHERE state = 'done' AND id < ${id - finishedKept}`)
          feed.note('message', task?.messages ?? [], 'pending')
        }
        feed.note('task', [id])
      }),
    remove: id =>
      database.write(db => {
        const row = rowOf(id)
        if (row === undefined) return
        if (row.state === 'running') throw new SiegelError('conflict', { what: 'task' })
        const task = kinds.read(row)
        const messages =
          task?.messages ?? db.column<MessageId>(sql`SELECT message FROM task_messages WHERE task = ${id}`)
        db.run(sql`DELETE FROM tasks WHERE id = ${id}`)
        if (task === null) forgetUnreadable({ db, feed }, { account: row.account, messages })
        else if (row.state !== 'done') task.rollBack({ db, feed })
        feed.note('task', [id])
        feed.note('message', messages, 'pending')
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
            AND json_extract(t.problem, '$.code') IN ('server-unavailable', 'mailbox-missing', 'not-found')`)
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
    into,
    fallsWith: id => {
      const row = rowOf(id)
      const made = row === undefined ? null : (kinds.read(row)?.makes ?? null)
      return made === null ? [] : into(made)
    },
    ...createUndoJournal(context),
  }
}

/** What a kind that this version does not know is listed as. */
const kindOf = (row: Row): TaskSummary['kind'] => taskKindSchema.safeParse(row.kind).data ?? 'unknown'

function summaryOf(row: Row, task: KnownTask | null, pathOf: PathOf, waitsFor: TaskId | null): TaskSummary {
  const { messageCount, mailboxId, mailboxName } = task?.words(pathOf) ?? noWords
  return {
    id: row.id as TaskId,
    accountId: row.account_id as AccountId,
    kind: kindOf(row),
    state: row.state,
    messageCount,
    mailboxId,
    mailboxName: mailboxName?.slice(0, 1000) ?? null,
    createdAtMs: row.created_at,
    attempts: row.attempts,
    nextAttemptAtMs: row.state === 'waiting' && row.next_attempt_at > 0 ? row.next_attempt_at : null,
    waitsFor,
    problem: row.problem === null ? null : (JSON.parse(row.problem) as { code: string; detail: string }),
  }
}
