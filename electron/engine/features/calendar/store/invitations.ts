import type { OutboxId } from '../../../../../shared/kit/ids'
import type { InvitationStore } from '../../../ports/calendar/invitation-store'
import type { GuestAnswer, Received } from '../../../ports/calendar/invitations'
import { accountNumber } from '../../../store/account-number'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'

type VersionRow = {
  instance: number | null
  sequence: number
  stamp: number
  cancelled: number
  stored: number
  waiting: Uint8Array | null
  said: string | null
}
type AnswerRow = { instance: number | null; attendee: string; sequence: number; stamp: number }
type MineRow = AnswerRow & { status: string; comment: string; outbox: number | null }

/** What is remembered of invitations beside the events. */
export function createInvitationStore({ database, feed }: StoreContext): InvitationStore {
  const { read } = database
  return {
    known: (accountId, uid) => {
      const account = accountNumber(read, accountId)
      return {
        received: read
          .all<VersionRow>(sql`
            SELECT instance, sequence, stamp, cancelled, stored, waiting, said FROM invitation_versions
            WHERE account = ${account} AND uid = ${uid} ORDER BY instance`)
          .map(
            (row): Received => ({
              instance: row.instance,
              sequence: row.sequence,
              stampMs: row.stamp,
              isCancelled: row.cancelled === 1,
              isStored: row.stored === 1,
              waiting: row.waiting && new Uint8Array(row.waiting),
              said: row.said,
            }),
          ),
        answers: read
          .all<AnswerRow>(sql`
            SELECT instance, attendee, sequence, stamp FROM invitation_answers
            WHERE account = ${account} AND uid = ${uid} AND is_mine = 0 ORDER BY attendee, instance`)
          .map(({ stamp, ...row }): GuestAnswer => ({ ...row, stampMs: stamp })),
      }
    },
    keep: (accountId, uid, { received, answers }) =>
      database.write(
        db => {
          const account = accountNumber(db, accountId)
          db.run(sql`DELETE FROM invitation_versions WHERE account = ${account} AND uid = ${uid}`)
          for (const each of received)
            db.run(sql`
              INSERT INTO invitation_versions (account, uid, instance, sequence, stamp, cancelled, stored, waiting, said)
              VALUES (${account}, ${uid}, ${each.instance}, ${each.sequence}, ${each.stampMs},
                ${each.isCancelled ? 1 : 0}, ${each.isStored ? 1 : 0}, ${each.waiting}, ${each.said ?? null})`)
          db.run(
            sql`DELETE FROM invitation_answers WHERE account = ${account} AND uid = ${uid} AND is_mine = 0`,
          )
          for (const each of answers)
            db.run(sql`
              INSERT INTO invitation_answers (account, uid, instance, attendee, sequence, stamp)
              VALUES (${account}, ${uid}, ${each.instance}, ${each.attendee}, ${each.sequence}, ${each.stampMs})`)
          feed.note('invitation', null)
        },
        { durable: true },
      ),
    mine: (accountId, uid) =>
      read
        .all<MineRow>(sql`
          SELECT instance, attendee, sequence, stamp, status, comment, outbox FROM invitation_answers
          WHERE account = ${accountNumber(read, accountId)} AND uid = ${uid} AND is_mine = 1 ORDER BY stamp`)
        .map(({ stamp, outbox, ...row }) => ({
          ...row,
          stampMs: stamp,
          outboxId: outbox as OutboxId | null,
        })),
    answered: (accountId, uid, answer) =>
      database.write(
        db => {
          const account = accountNumber(db, accountId)
          db.run(sql`
            DELETE FROM invitation_answers WHERE account = ${account} AND uid = ${uid} AND is_mine = 1
              AND instance IS ${answer.instance} AND attendee = ${answer.attendee}`)
          db.run(sql`
            INSERT INTO invitation_answers (account, uid, instance, attendee, sequence, stamp, is_mine, status, comment, outbox)
            VALUES (${account}, ${uid}, ${answer.instance}, ${answer.attendee}, ${answer.sequence}, ${answer.stampMs},
              1, ${answer.status}, ${answer.comment}, ${answer.outboxId})`)
          feed.note('invitation', null)
        },
        { durable: true },
      ),
  }
}
