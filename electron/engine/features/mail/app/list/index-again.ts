import { isLocal } from '../../../../../../shared/features/accounts/services'
import type { MessageId } from '../../../../../../shared/kit/ids'
import type { Needs } from '../../../../ports/parts'

/** Small enough that a question from a face is answered in between. */
const batchMessages = 50

/**
 * Reads local mail again after a recovery: its bytes were carried over, its search index was not. Server mail comes
 * back by sync. A kill in between costs nothing but the index, which `doctor` reports.
 */
export async function indexLocalMailAgain(
  context: Needs<'mime', 'accounts' | 'mailboxes' | 'messages'>,
): Promise<void> {
  const { store, mime } = context
  const local = new Set(store.accounts.list().flatMap(each => (isLocal(each) ? [each.id] : [])))
  for (const mailbox of store.mailboxes.list()) {
    if (!local.has(mailbox.accountId)) continue
    const ids = store.messages.idsForExport(mailbox.id)
    for (let at = 0; at < ids.length; at += batchMessages) {
      const bodies = ids.slice(at, at + batchMessages).flatMap((id: MessageId) => {
        const raw = store.messages.raw(id)
        return raw ? [{ id, raw, parsed: mime.parseMessage(raw) }] : []
      })
      store.messages.storeBodies(bodies)
      await new Promise(resolve => setImmediate(resolve))
    }
  }
}
