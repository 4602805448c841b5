import type { MailboxId } from '../../../shared/model/ids'
import type { MailSession } from '../ports/mail-backend'
import type { NewMessage } from '../ports/store'
import { BatchSize, Breather } from './breather'
import type { SyncContext } from './sync-context'

/**
 * Fetches the headers of these UIDs, newest first, and stores them batch by batch. Resumable at any point: what is
 * stored is a known UID the next time. A header that cannot be parsed at all would be a bug; parsing is total.
 */
export async function storeHeaders(
  context: SyncContext,
  session: MailSession,
  mailboxId: MailboxId,
  uids: readonly number[],
): Promise<void> {
  if (uids.length === 0) return
  const { store, mime, count, progress } = context
  const breather = new Breather()
  const size = new BatchSize()
  let batch: NewMessage[] = []
  let done = 0
  const flush = () => {
    if (batch.length === 0) return
    const messages = batch
    batch = []
    size.measure(messages.length, () => {
      const before = count.new
      count.new = before + store.messages.insertHeaders(mailboxId, messages).length
    })
    done += messages.length
    progress({ mailboxId, phase: 'headers', done, total: uids.length })
  }
  progress({ mailboxId, phase: 'headers', done: 0, total: uids.length })
  for await (const remote of session.fetchHeaders(uids, context.signal)) {
    batch.push({
      uid: remote.uid,
      flags: remote.flags,
      modseq: remote.modseq,
      internalDateMs: remote.internalDateMs,
      sizeBytes: remote.sizeBytes,
      header: mime.parseHeader(remote.header),
    })
    if (batch.length >= size.count) flush()
    await breather.pause()
  }
  flush()
}
