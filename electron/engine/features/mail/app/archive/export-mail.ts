import type { MailboxId } from '../../../../../../shared/kit/ids'
import { requireMailbox } from '../../../../kit/require'
import type { ArchivedMessage } from '../../../../ports/files'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { wholeMessage } from '../read/whole-message'

/** Every message of a mailbox in arrival order, whole; what is not here yet is fetched. */
async function* wholeMailbox(
  context: Needs<'emit' | 'sync', 'messages'>,
  mailboxId: MailboxId,
): AsyncGenerator<ArchivedMessage> {
  const { messages } = context.store
  const ids = messages.idsForExport(mailboxId)
  let done = 0
  for (const id of ids) {
    const raw = await wholeMessage(context, id)
    const summary = messages.summaries([id])[0]
    if (!summary) continue
    yield {
      raw,
      flags: messages.exportFlags(id),
      internalDateMs: messages.internalDateMs(id),
      from: summary.from[0]?.address ?? '',
    }
    done += 1
    if (done % 100 === 0) context.emit('progress', { job: 'export', done, total: ids.length })
  }
}

export function exportUseCases(
  context: Needs<'archive' | 'emit' | 'sync', 'mailboxes' | 'messages'>,
): Pick<UseCases, 'mail.export'> {
  return {
    'mail.export': async ({ mailboxId, path, format }) => {
      requireMailbox(context, mailboxId)
      let exported = 0
      async function* counted() {
        for await (const message of wholeMailbox(context, mailboxId)) {
          exported += 1
          yield message
        }
      }
      const { archive } = context
      if (format === 'mbox') await archive.writeMbox(path, counted())
      else if (format === 'eml') await archive.writeEmlDirectory(path, counted())
      else await archive.writeMaildir(path, counted())
      return { exported }
    },
  }
}
