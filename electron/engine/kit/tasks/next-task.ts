import type { AccountId, TaskId } from '../../../../shared/kit/ids'
import type { ReadDb } from '../../store/db'
import { sql } from '../../store/sql'
import type { PathOf, TaskKinds } from './task-kind'
import { Blocked, touchedBy } from './task-order'

type Candidate = Readonly<{ id: TaskId; kind: string; payload: string }>

/**
 * The first task of an account that may run now: due, and after no open one that touches the same messages (an index
 * knows those) or shapes a mailbox that it needs. Changes to mailboxes are few, so only those are weighed one by one;
 * thousands of waiting tasks are not read to find the next.
 */
export function nextTask(
  read: ReadDb,
  kinds: TaskKinds,
  accountId: AccountId,
  nowMs: number,
  pathOf: PathOf,
): TaskId | null {
  const account = read.value<number>(sql`SELECT number FROM accounts WHERE id = ${accountId}`)
  if (account === undefined) return null
  const shapes = read.all<Candidate>(sql`
    SELECT id, kind, payload FROM tasks WHERE account = ${account} AND state <> 'done'
      AND kind IN (SELECT value FROM json_each(${kinds.reshaping})) ORDER BY id`)
  const mayFollow = (candidate: Candidate): boolean => {
    const isShape = kinds.of(candidate.kind)?.reshapesMailboxes === true
    if (!isShape && shapes.every(({ id }) => id > candidate.id)) return true
    // A change to a mailbox waits for whatever uses the mailbox; anything else only for such changes.
    const earlier = isShape
      ? read.all<Candidate>(sql`
          SELECT id, kind, payload FROM tasks WHERE account = ${account} AND state <> 'done' AND id < ${candidate.id} ORDER BY id`)
      : shapes.filter(({ id }) => id < candidate.id)
    const touched = (each: Candidate) => touchedBy(kinds.read(each), pathOf)
    const blocked = new Blocked()
    for (const each of earlier) blocked.add(each.id, touched(each))
    return blocked.blockerOf(touched(candidate)) === null
  }

  let after = 0
  for (;;) {
    const candidate = read.get<Candidate>(sql`
      SELECT id, kind, payload FROM tasks t
      WHERE account = ${account} AND state IN ('queued', 'waiting') AND state <> 'done' AND next_attempt_at <= ${nowMs} AND id > ${after}
        AND NOT EXISTS (
          SELECT 1 FROM task_messages mine JOIN task_messages other ON other.message = mine.message AND other.task < mine.task
          WHERE mine.task = t.id)
      ORDER BY id LIMIT 1`)
    if (candidate === undefined) return null
    if (mayFollow(candidate)) return candidate.id
    after = candidate.id
  }
}
