import type { MessageId } from '../../../../../shared/kit/ids'
import type { InboxEncryptionStore } from '../../../ports/keys/inbox-encryption'
import { accountNumber } from '../../../store/account-number'
import { unpack } from '../../../store/blobs'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'

const dayMs = 86_400_000
/** How long a copy of an interrupted APPEND is still waited for: servers give up a cut connection far sooner. */
const lostForMs = 60 * 60_000
const skipsListed = 1_000

/** What was done with messages, and the originals that are kept. */
export function createInboxOutcomes({
  database,
  feed,
  clock,
}: StoreContext): Pick<
  InboxEncryptionStore,
  'skip' | 'leaseSeenAtMs' | 'skips' | 'madeHere' | 'original' | 'undoable' | 'forgetOld'
> {
  const { read } = database
  return {
    skip: (messageId, { reason, detail, jobNumber, retryAtMs }) =>
      database.write(db => {
        const account = db.value<string>(sql`
          SELECT a.id FROM messages m JOIN accounts a ON a.number = m.account WHERE m.id = ${messageId}`)
        if (account === undefined) return
        db.run(sql`
          INSERT INTO inbox_messages (message, state, reason, detail, job, retry_at, first_seen_at)
          VALUES (${messageId}, 'skipped', ${reason}, ${detail.slice(0, 300)}, ${jobNumber ?? 0}, ${retryAtMs}, ${clock.now()})
          ON CONFLICT (message) DO UPDATE SET reason = excluded.reason, detail = excluded.detail,
            job = max(job, excluded.job), retry_at = excluded.retry_at,
            first_seen_at = CASE WHEN reason = excluded.reason THEN first_seen_at ELSE excluded.first_seen_at END`)
        feed.note('inbox-encryption', [account])
      }),
    leaseSeenAtMs: messageId =>
      read.value<number>(sql`
        SELECT first_seen_at FROM inbox_messages WHERE message = ${messageId} AND reason = 'leased-elsewhere'`) ??
      null,
    skips: accountId =>
      read.all<{ messageId: MessageId; subject: string; reason: string; detail: string }>(sql`
        SELECT m.id AS messageId, m.subject, i.reason, i.detail FROM inbox_messages i JOIN messages m ON m.id = i.message
        WHERE m.account = ${accountNumber(read, accountId)} AND i.state = 'skipped' ORDER BY m.id DESC LIMIT ${skipsListed}`),
    madeHere: messageId =>
      read.value<number>(
        sql`SELECT 1 FROM inbox_messages WHERE message = ${messageId} AND state = 'encrypted'`,
      ) === 1,
    original: messageId => {
      const row = read.get<{ encoding: number; size: number; bytes: Uint8Array }>(
        sql`SELECT encoding, size, bytes FROM inbox_originals WHERE message = ${messageId}`,
      )
      return row === undefined ? null : unpack(row.encoding, row.bytes, row.size)
    },
    undoable: accountId =>
      read.value<number>(sql`
        SELECT count(*) FROM inbox_originals o JOIN inbox_messages i ON i.message = o.message
        WHERE o.account = ${accountNumber(read, accountId)} AND i.state = 'encrypted'`) ?? 0,
    forgetOld: (accountId, days) =>
      database.write(db => {
        const account = accountNumber(db, accountId)
        const nowMs = clock.now()
        db.run(sql`
          DELETE FROM inbox_originals WHERE account = ${account} AND replaced_at <= ${nowMs - days * dayMs}
            AND NOT EXISTS (SELECT 1 FROM inbox_replacements r WHERE r.message = inbox_originals.message)`)
        db.run(
          sql`DELETE FROM inbox_replacements WHERE account = ${account} AND state = 'lost' AND started_at < ${nowMs - lostForMs}`,
        )
      }),
  }
}
