import type { NotTaken } from '../../../../../../shared/features/mail/archive'
import { localMessage } from '../../../../kit/local-message'
import { requireMailbox } from '../../../../kit/require'
import type { EngineParts, Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { isImap } from '../../tasks/here/by-account'
import { messagesHere } from '../list/messages-here'

/** One transaction each: a kill loses at most the batch that was being written, and the next import skips what is here. */
const batchMessages = 200
const batchBytes = 8_000_000
/** A report names so many; it counts all. */
const mostNamed = 1000

type Incoming = Parameters<EngineParts['store']['messages']['insertLocalMany']>[1][number]

/** Imports mbox, Maildir or .eml byte for byte with flags. Messages that are already in the mailbox are skipped. */
export function importUseCases(
  context: Needs<
    'archive' | 'clock' | 'emit' | 'mime' | 'sync',
    'accounts' | 'mailboxes' | 'messages' | 'tasks' | 'transaction'
  >,
): Pick<UseCases, 'mail.import'> {
  const { store, mime, archive, sync, clock } = context
  return {
    'mail.import': async ({ path, mailboxId }) => {
      const mailbox = requireMailbox(context, mailboxId)
      const imap = isImap(context, mailbox.accountId)
      let imported = 0
      /** Already in the mailbox. */
      let skipped = 0
      const notTaken: NotTaken[] = []
      let notTakenCount = 0
      let batch: Incoming[] = []
      let bytes = 0
      const flush = async () => {
        if (batch.length === 0) return
        const messages = batch
        batch = []
        bytes = 0
        store.transaction(() => {
          const ids = store.messages.insertLocalMany(mailboxId, messages)
          if (!imap) return
          ids.forEach((messageId, at) => {
            store.tasks.add(mailbox.accountId, {
              kind: 'append',
              messageId,
              mailboxId,
              flags: messages[at]?.flags ?? [],
              replacesUid: null,
            })
          })
        })
        imported += messages.length
        context.emit('progress', { job: 'import', done: imported + skipped, total: null })
        await new Promise(resolve => setImmediate(resolve))
      }
      const here = messagesHere(context, mailboxId)
      const onNotTaken = (what: NotTaken) => {
        notTakenCount += 1
        if (notTaken.length < mostNamed) notTaken.push({ ...what, name: what.name.slice(0, 1000) })
      }
      for await (const { raw, flags, internalDateMs } of archive.read(path, onNotTaken)) {
        const parsed = mime.parseMessage(raw)
        if (here.take(parsed.header.messageIdHeader, raw)) {
          skipped += 1
          continue
        }
        batch.push(
          localMessage(raw, parsed, {
            flags,
            internalDateMs: internalDateMs ?? parsed.header.dateMs ?? clock.now(),
          }),
        )
        bytes += raw.length
        if (batch.length >= batchMessages || bytes >= batchBytes) await flush()
      }
      await flush()
      sync.taskAdded(mailbox.accountId)
      return { imported, skipped, notTaken, notTakenCount }
    },
  }
}
