import type { MailboxId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import type { MailboxStatus, MailSession, RemoteFlags } from '../../../../ports/mail/mail-backend'
import type { MailboxRow } from '../../../../ports/store'
import { Breather } from '../breather'
import { compareAllUids, isMost } from './compare-uids'
import type { SyncContext } from './sync-context'
import { recogniseRename } from './sync-folders'
import { storeHeaders } from './sync-headers'

/**
 * Brings headers, flags and removals of one mailbox up to date and leaves it open. QRESYNC, then CONDSTORE, then a
 * comparison of all UIDs, each when the server has no more or its answers do not fit together. The state is saved
 * only after what it stands for is stored. Answers the row as it is now.
 */
export async function syncMailbox(
  context: SyncContext,
  session: MailSession,
  mailboxId: MailboxId,
): Promise<MailboxRow> {
  const { store } = context
  let row = rowOf(context, mailboxId)
  context.progress({ mailboxId, phase: 'changes', done: 0, total: 0 })
  const known =
    row.uidValidity !== null && row.highestModseq !== null && row.headersComplete
      ? { uidValidity: row.uidValidity, highestModseq: row.highestModseq }
      : undefined
  const status = await session.open(row.path, { readOnly: true, known })
  row = await recogniseRename(context, session, row, status.uidValidity)
  if (isRenumbered(row, status)) {
    context.log.warn('the mailbox was numbered anew on the server: listing it again', { mailboxId: row.id })
    store.transaction(() => {
      store.mailboxes.forgetUids(row.id)
      save(context, row.id, status, { highestModseq: null, headersComplete: false, uidNext: 1 })
    })
    row = rowOf(context, row.id)
  }
  if (await syncChanges(context, session, row, status))
    save(context, row.id, status, { headersComplete: true })
  else await compareCompletely(context, session, row, status)
  context.count.messages += status.exists
  return rowOf(context, row.id)
}

/**
 * UIDVALIDITY changed, or UIDNEXT went back under the same UIDVALIDITY (RFC 3501 §2.3.1.1 forbids it, a restored
 * backup does it): then a UID may name another message than it did.
 */
function isRenumbered(row: MailboxRow, status: MailboxStatus): boolean {
  if (row.uidValidity === null) return false
  return row.uidValidity !== status.uidValidity || status.uidNext < (row.uidNext ?? 1)
}

/** Only what changed since the last time. False when that cannot be known, or does not add up. */
async function syncChanges(
  context: SyncContext,
  session: MailSession,
  row: MailboxRow,
  status: MailboxStatus,
): Promise<boolean> {
  const { store } = context
  if (
    !row.headersComplete ||
    row.uidNext === null ||
    row.highestModseq === null ||
    status.highestModseq === null
  )
    return false
  if (BigInt(status.highestModseq) < BigInt(row.highestModseq)) return false
  // With a window of months there is less here than there, and numbers say nothing.
  const countable = row.window.kind !== 'months'
  const knownUids = store.messages.knownUids(row.id)
  if (context.withheld.hasDueHeaders(row)) return false
  const isComplete = (known: number) => known + context.withheld.resting(row, 'header') === status.exists
  if (isUnchanged(row, status) && countable && isComplete(knownUids.length)) return true
  if (status.vanished !== null && status.changed !== null) {
    const isKnown = new Set(knownUids)
    const gone = status.vanished.filter(uid => isKnown.has(uid))
    // A server that says most is gone is asked again, by name.
    if (isMost(gone.length, knownUids.length)) return false
    await storeNew(context, session, row, status)
    await applyFlags(context, row.id, status.changed)
    store.messages.removeUids(row.id, gone)
  } else {
    await storeNew(context, session, row, status)
    await applyFlags(context, row.id, session.fetchFlags({ changedSince: row.highestModseq }))
  }
  // CONDSTORE does not tell of removals, and servers forget: when the numbers differ, everything is compared.
  return countable ? isComplete(store.messages.knownUids(row.id).length) : status.vanished !== null
}

const isUnchanged = (row: MailboxRow, status: MailboxStatus) =>
  row.uidNext === status.uidNext && row.highestModseq === status.highestModseq

async function storeNew(
  context: SyncContext,
  session: MailSession,
  row: MailboxRow,
  status: MailboxStatus,
): Promise<void> {
  if (row.uidNext === null || status.uidNext <= row.uidNext) return
  await storeHeaders(context, session, row, await session.searchUids({ fromUid: row.uidNext }))
}

/** Compares all UIDs, fetches the headers that are missing, newest first, and all flags that may have changed. */
async function compareCompletely(
  context: SyncContext,
  session: MailSession,
  row: MailboxRow,
  opened: MailboxStatus,
): Promise<void> {
  const { store } = context
  const { status, newUids, keptUids, goneUids } = await compareAllUids(context, session, row, opened)
  const sameSince =
    row.highestModseq !== null &&
    status.highestModseq !== null &&
    BigInt(status.highestModseq) >= BigInt(row.highestModseq)
      ? row.highestModseq
      : null
  if (!row.headersComplete) save(context, row.id, status, { highestModseq: null, headersComplete: false })
  store.messages.removeUids(row.id, goneUids)
  const listed = rowOf(context, row.id)
  context.withheld.keepOnlyHeaders(listed, newUids)
  await storeHeaders(context, session, listed, newUids)
  if (keptUids.length > 0) {
    await applyFlags(
      context,
      row.id,
      session.fetchFlags(sameSince === null ? { uids: keptUids } : { changedSince: sameSince }),
    )
  }
  if (!row.headersComplete) {
    // After a UIDVALIDITY change every message of the server has found its row again; the rest is gone there.
    store.mailboxes.dropUnmatched(row.id)
  }
  save(context, row.id, status, { headersComplete: true })
}

async function applyFlags(
  context: SyncContext,
  mailboxId: MailboxId,
  flags: readonly RemoteFlags[] | AsyncIterable<RemoteFlags>,
): Promise<void> {
  const breather = new Breather()
  let batch: RemoteFlags[] = []
  for await (const each of flags) {
    batch.push(each)
    if (batch.length < 500) continue
    context.store.messages.applyServerFlags(mailboxId, batch)
    batch = []
    await breather.pause()
  }
  if (batch.length > 0) context.store.messages.applyServerFlags(mailboxId, batch)
}

function save(
  { store, clock }: SyncContext,
  id: MailboxId,
  status: MailboxStatus,
  change: { headersComplete: boolean; highestModseq?: null; uidNext?: number },
): void {
  store.mailboxes.saveSyncState(id, {
    uidValidity: status.uidValidity,
    uidNext: change.uidNext ?? status.uidNext,
    highestModseq: change.highestModseq === null ? null : status.highestModseq,
    headersComplete: change.headersComplete,
    syncedAtMs: clock.now(),
  })
}

function rowOf({ store }: SyncContext, id: MailboxId): MailboxRow {
  const row = store.mailboxes.row(id)
  if (!row) throw new SiegelError('not-found', { what: 'mailbox' })
  return row
}
