import { SiegelError } from '../../../../../../shared/kit/result'
import type { MailboxStatus, MailSession } from '../../../../ports/mail/mail-backend'
import type { MailboxRow } from '../../../../ports/store'
import type { SyncContext } from './sync-context'
import { windowStart } from './sync-window'

/** What a comparison of all UIDs says. `status` is that of the last opening; UIDs to fetch are newest first. */
export type Comparison = Readonly<{
  status: MailboxStatus
  newUids: readonly number[]
  keptUids: readonly number[]
  goneUids: readonly number[]
}>

/**
 * Compares the UIDs here with all UIDs there. A listing counts only when it is as long as EXISTS says; when it does
 * not, or when most would go, the mailbox is opened and asked once more, and only what is missing both times is
 * gone. Throws `protocol-violation` when the server keeps contradicting itself. The mailbox must be open.
 */
export async function compareAllUids(
  context: SyncContext,
  session: MailSession,
  row: MailboxRow,
  opened: MailboxStatus,
): Promise<Comparison> {
  // Before the server is asked: what gets its UID meanwhile must not look as if it were gone.
  const knownUids = context.store.messages.knownUids(row.id)
  let { status, serverUids } = await listing(session, row, opened)
  let goneUids = missing(knownUids, serverUids)
  if (isMost(goneUids.length, knownUids.length)) {
    const again = await listing(session, row, null)
    const goneBefore = new Set(goneUids)
    status = again.status
    serverUids = again.serverUids
    goneUids = missing(knownUids, serverUids).filter(uid => goneBefore.has(uid))
  }
  if (status.uidValidity !== row.uidValidity && row.uidValidity !== null) {
    throw new SiegelError('protocol-violation', {
      detail: 'UIDVALIDITY changed while comparing',
      mailbox: row.path,
    })
  }
  const sinceMs = windowStart(row.window, context.clock.now())
  const inWindow = sinceMs === null ? [...serverUids] : await session.searchUids({ sinceMs })
  const isKnown = new Set(knownUids)
  return {
    status,
    newUids: inWindow.filter(uid => !isKnown.has(uid)).reverse(),
    keptUids: knownUids.filter(uid => serverUids.has(uid)),
    goneUids,
  }
}

/** Lists the open mailbox; opens it again when the length does not fit. Mail that came since makes it longer. */
async function listing(
  session: MailSession,
  row: MailboxRow,
  opened: MailboxStatus | null,
): Promise<{ status: MailboxStatus; serverUids: ReadonlySet<number> }> {
  for (let attempt = 0; attempt < 2; attempt++) {
    const status = attempt === 0 && opened ? opened : await session.open(row.path, { readOnly: true })
    const uids = await session.searchUids({})
    const old = uids.filter(uid => uid < status.uidNext)
    if (old.length === status.exists || uids.length === status.exists)
      return { status, serverUids: new Set(uids) }
  }
  throw new SiegelError('protocol-violation', {
    detail: 'EXISTS and the list of UIDs disagree',
    mailbox: row.path,
  })
}

/** Removing this many of that many needs a second, independent answer. */
export function isMost(gone: number, known: number): boolean {
  return gone > 0 && (gone === known || (gone > 20 && gone * 2 > known))
}

function missing(knownUids: readonly number[], serverUids: ReadonlySet<number>): number[] {
  return knownUids.filter(uid => !serverUids.has(uid))
}
