import type { MailboxId, MessageId } from '../../../../../../shared/kit/ids'
import type { Needs } from '../../../../ports/parts'

const keyOf = (messageIdHeader: string, sizeBytes: number) => `${messageIdHeader}\n${sizeBytes}`

/**
 * The messages a mailbox holds before an import, to be crossed off one by one: `take` answers whether the same bytes
 * are there and not yet crossed off. So importing an archive again adds nothing, two equal messages in one archive
 * are both kept, and two different messages that share a Message-ID are never taken for one.
 */
export function messagesHere(context: Needs<never, 'messages'>, mailboxId: MailboxId) {
  const { messages } = context.store
  const byKey = new Map<string, MessageId[]>()
  const all = messages.index({ mailboxId, role: null, unreadOnly: false, flaggedOnly: false })
  for (const { id, messageIdHeader, sizeBytes } of messages.locations(all)) {
    const key = keyOf(messageIdHeader, sizeBytes)
    const known = byKey.get(key)
    if (known) known.push(id)
    else byKey.set(key, [id])
  }
  return {
    take(messageIdHeader: string, raw: Uint8Array): boolean {
      const candidates = byKey.get(keyOf(messageIdHeader, raw.length)) ?? []
      const at = candidates.findIndex(id => {
        const here = messages.raw(id)
        return here !== null && Buffer.compare(here, raw) === 0
      })
      if (at < 0) return false
      candidates.splice(at, 1)
      return true
    },
  }
}
