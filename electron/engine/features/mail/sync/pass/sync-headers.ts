import { fetchPiecewise } from '../../../../kit/fetching/fetch-piecewise'
import type { MailSession } from '../../../../ports/mail/mail-backend'
import type { MailboxRow, NewMessage } from '../../../../ports/store'
import { BatchSize, Breather } from '../breather'
import type { SyncContext } from './sync-context'

/**
 * Fetches the headers of these UIDs, newest first, and stores them batch by batch. Resumable at any point: what is
 * stored is a known UID the next time, also when the connection ends in the middle. A header that cannot be parsed at all
 * would be a bug; parsing is total.
 */
export async function storeHeaders(
  context: SyncContext,
  session: MailSession,
  mailbox: MailboxRow,
  uids: readonly number[],
): Promise<void> {
  if (uids.length === 0) return
  const { store, mime, count, progress, withheld } = context
  const mailboxId = mailbox.id
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
  const remotes = fetchPiecewise({
    ...{ session, withheld, row: mailbox, part: 'header', uids },
    ask: some => session.fetchHeaders(some, context.signal),
  })
  try {
    for await (const remote of remotes) {
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
  } finally {
    flush()
  }
}
