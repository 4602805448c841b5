import { z } from 'zod'
import { type MessageId, mailboxId, messageId } from '../../../../../../shared/kit/ids'
import type { ReadDb } from '../../../../store/db'
import { sql } from '../../../../store/sql'
import { storedJson } from '../../../../store/stored-json'
import type { PayloadOf } from '../mail-task'

export type MovePayload = PayloadOf<'move'>

/** `fromUid` null: the message has not come to that mailbox of the server yet, or its UID there is not known. */
export const movePayload: z.ZodType<MovePayload> = z.object({
  kind: z.literal('move'),
  items: z.array(z.object({ messageId, fromMailboxId: mailboxId, fromUid: z.number().nullable() })),
  toMailboxId: mailboxId,
})

/** Open moves that touch a message, oldest first; not those that cannot be read. */
export function openMovesOf(
  db: ReadDb,
  message: MessageId,
): { id: number; state: string; payload: MovePayload }[] {
  return db
    .all<{ id: number; state: string; payload: string }>(sql`
      SELECT t.id, t.state, t.payload FROM task_messages m JOIN tasks t ON t.id = m.task
      WHERE m.message = ${message} AND t.kind = 'move' AND t.state <> 'done' ORDER BY t.id`)
    .flatMap(row => {
      const payload = storedJson(movePayload, row.payload)
      return payload === null ? [] : [{ ...row, payload }]
    })
}

/** Messages that these rows of the queue move. */
export function movingMessages(rows: readonly Readonly<Record<string, unknown>>[]): ReadonlySet<number> {
  return new Set(
    rows
      .filter(row => row['kind'] === 'move')
      .flatMap(row => storedJson(movePayload, String(row['payload']))?.items ?? [])
      .map(item => item.messageId),
  )
}
