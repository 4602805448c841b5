import { isHidden } from '../../../../../../shared/features/mail/withheld'
import type { MailboxId } from '../../../../../../shared/kit/ids'
import { type Failure, SiegelError, toFailure } from '../../../../../../shared/kit/result'
import { isAboutOneMailbox } from '../../../../kit/failures'
import type { ListedStatus, MailSession } from '../../../../ports/mail/mail-backend'
import type { MailboxRow } from '../../../../ports/store'
import type { SessionPool } from '../session-pool'
import { syncBodies, wantsBodies } from './sync-bodies'
import type { SyncContext } from './sync-context'
import { syncFolders } from './sync-folders'
import { syncMailbox } from './sync-mailbox'

/** Connections that may end at a message before a pass gives up on a mailbox: enough to halve a thousand, twice. */
const connectionsPerMailbox = 24

/**
 * One complete pass: folders, then the headers of every mailbox, then the bodies of every mailbox, the inbox first
 * in each. What the listing shows to be unchanged is not opened. A mailbox that fails does not stop the others; what
 * fails with the connection does. Answers what went wrong on the way, and what the server does not give.
 */
export async function passOverAccount(
  context: SyncContext,
  pool: SessionPool,
  options: { mailboxId: MailboxId | null; lanes: number },
): Promise<readonly Failure[]> {
  const all = (await pool.use(session => syncFolders(context, session))).filter(
    ({ row }) => options.mailboxId === null || row.id === options.mailboxId,
  )
  if (options.mailboxId !== null) {
    if (all.length === 0)
      throw new SiegelError('mailbox-missing', { detail: 'not on the server, or not selectable' })
    context.count.folders = all.length
  }
  // A mailbox that is asked for by name is looked at.
  const unchanged = options.mailboxId === null ? all.filter(each => isUnchanged(context, each)) : []
  context.count.messages += unchanged.reduce((sum, { status }) => sum + (status?.exists ?? 0), 0)
  context.store.mailboxes.noteUnchanged(
    unchanged.map(({ row }) => row.id),
    context.clock.now(),
  )
  const skipped = new Set(unchanged)
  const mailboxes = all.filter(each => !skipped.has(each)).map(({ row }) => row)
  const problems: Failure[] = []
  const healthy = new Map<MailboxRow, MailboxId>(unchanged.map(({ row }) => [row, row.id]))
  await inLanes(context, mailboxes, options.lanes, pool, problems, async (session, row) => {
    healthy.set(row, (await syncMailbox(context, session, row.id)).id)
  })
  const wanting = all
    .map(({ row }) => ({ row, id: healthy.get(row) }))
    .filter(({ id }) => {
      const now = id === undefined ? null : context.store.mailboxes.row(id)
      return now !== null && wantsBodies(context, now)
    })
    .map(({ row }) => row)
  await inLanes(context, wanting, options.lanes, pool, problems, (session, row) =>
    fetchBodies(context, session, healthy.get(row) ?? row.id),
  )
  const { withheldHidden } = context.store.settings.get()
  const hidden: Failure[] = []
  for (const { row } of all) {
    const now = context.store.mailboxes.row(healthy.get(row) ?? row.id)
    const problem = now && context.withheld.problemOf(now, context.store)
    if (problem) (isHidden(problem, withheldHidden) ? hidden : problems).push(problem)
  }
  // The first one is shown: what the person has not seen comes before what they hid.
  return [...problems, ...hidden]
}

/** LIST told a state (RFC 5819) that is the one known here: nothing came, went, or changed its flags. */
function isUnchanged(
  { store, withheld }: SyncContext,
  { row, status }: { row: MailboxRow; status: ListedStatus | null },
): boolean {
  // The inbox is what a person waits for: no stale cache of a server may stand before it.
  if (status === null || row.role === 'inbox' || !row.headersComplete) return false
  const isSame =
    row.uidValidity === status.uidValidity &&
    row.uidNext === status.uidNext &&
    row.highestModseq === status.highestModseq
  if (!isSame || withheld.hasDueHeaders(row) || withheld.hasSuspects(row)) return false
  if (row.window.kind === 'months') return true
  return store.messages.knownUids(row.id).length + withheld.resting(row, 'header') === status.exists
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

function brokenFetches({ store, withheld }: SyncContext, { id }: MailboxRow): number {
  const now = store.mailboxes.row(id)
  return now ? withheld.brokenFetches(now) : 0
}

/** Works through mailboxes in order, a few connections side by side. */
async function inLanes(
  context: SyncContext,
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
  const one = async (row: MailboxRow, connections = 1): Promise<void> => {
    const broken = brokenFetches(context, row)
    try {
      await pool.use(session => work(session, row))
    } catch (error) {
      // It ended at a message: what came is stored, and the rest is asked for in smaller parts.
      const isMendable = brokenFetches(context, row) > broken && connections < connectionsPerMailbox
      if (isMendable && !context.signal.aborted) return one(row, connections + 1)
      if (!isAboutOneMailbox(error)) throw error
      problems.push({ ...toFailure(error), params: { ...toFailure(error).params, mailbox: row.path } })
    }
  }
  const ends = await Promise.allSettled(
    Array.from({ length: Math.max(1, Math.min(lanes, mailboxes.length)) }, lane),
  )
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
