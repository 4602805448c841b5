import { type Failure, SiegelError, toFailure } from '../../../shared/ipc/result'
import type { MailboxId } from '../../../shared/model/ids'
import type { MailSession } from '../ports/mail-backend'
import type { MailboxRow } from '../ports/store'
import { kindOf } from './failures'
import type { SessionPool } from './session-pool'
import { syncBodies, wantsBodies } from './sync-bodies'
import type { SyncContext } from './sync-context'
import { syncFolders } from './sync-folders'
import { syncMailbox } from './sync-mailbox'

/**
 * One complete pass: folders, then the headers of every mailbox, then the bodies of every mailbox, the inbox first
 * in each. A mailbox that fails does not stop the others; what fails with the connection does. Answers what went
 * wrong on the way.
 */
export async function passOverAccount(
  context: SyncContext,
  pool: SessionPool,
  options: { mailboxId: MailboxId | null; lanes: number },
): Promise<readonly Failure[]> {
  const mailboxes = (await pool.use(session => syncFolders(context, session))).filter(
    row => options.mailboxId === null || row.id === options.mailboxId,
  )
  if (options.mailboxId !== null) {
    if (mailboxes.length === 0)
      throw new SiegelError('mailbox-missing', { detail: 'not on the server, or not selectable' })
    context.count.folders = mailboxes.length
  }
  const problems: Failure[] = []
  const healthy = new Map<MailboxRow, MailboxId>()
  await inLanes(mailboxes, options.lanes, pool, problems, async (session, row) => {
    healthy.set(row, (await syncMailbox(context, session, row.id)).id)
  })
  await inLanes(
    mailboxes.filter(row => healthy.has(row)),
    options.lanes,
    pool,
    problems,
    (session, row) => fetchBodies(context, session, healthy.get(row) ?? row.id),
  )
  return problems
}

/** Opens a mailbox for its bodies; only when some are wanted. */
async function fetchBodies(context: SyncContext, session: MailSession, mailboxId: MailboxId): Promise<void> {
  const row = context.store.mailboxes.row(mailboxId)
  if (!row || !wantsBodies(context, row)) return
  const { uidValidity } = await session.open(row.path, { readOnly: true })
  if (uidValidity !== row.uidValidity)
    throw new SiegelError('protocol-violation', {
      detail: 'UIDVALIDITY changed during a pass',
      mailbox: row.path,
    })
  await syncBodies(context, session, row)
}

/** Works through mailboxes in order, a few connections side by side. */
async function inLanes(
  mailboxes: readonly MailboxRow[],
  lanes: number,
  pool: SessionPool,
  problems: Failure[],
  work: (session: MailSession, row: MailboxRow) => Promise<void>,
): Promise<void> {
  const queue = [...mailboxes]
  let broken = false
  const lane = async () => {
    try {
      for (let row = queue.shift(); row && !broken; row = queue.shift()) await one(row)
    } catch (error) {
      broken = true
      throw error
    }
  }
  const one = async (row: MailboxRow) => {
    try {
      await pool.use(session => work(session, row))
    } catch (error) {
      if (kindOf(error) !== 'local') throw error
      problems.push({ ...toFailure(error), params: { ...toFailure(error).params, mailbox: row.path } })
    }
  }
  const ends = await Promise.allSettled(
    Array.from({ length: Math.max(1, Math.min(lanes, mailboxes.length)) }, lane),
  )
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
