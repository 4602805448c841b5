import type { MessageId } from '../../../shared/model/ids'
import type { AppContext } from './context'

/** Header and the first text: where encryption shows. */
const lookedAtBytes = 1_000_000

/** Whether the message that is answered or forwarded came encrypted, by its structure; what follows it stays so. */
export function isEncryptedOriginal(context: AppContext, id: MessageId): boolean {
  const raw = context.store.messages.raw(id)
  if (raw === null) return false
  const text = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, lookedAtBytes)).toString(
    'latin1',
  )
  const header = text.slice(0, text.search(/\r?\n\r?\n/))
  return (
    /^content-type:\s*multipart\/encrypted\b/im.test(header) || text.includes('-----BEGIN PGP MESSAGE-----')
  )
}

/**
 * Whether the outer header of the answered message hid the names of people (RFC 9788 §3.2.2, `hcp_shy`): then an answer
 * hides them as well (§6.1), whatever the account does of itself. Without display names outside, nothing is given away by
 * hiding them once more.
 */
export function originalHidesNames(context: AppContext, id: MessageId): boolean {
  if (!isEncryptedOriginal(context, id)) return false
  const raw = context.store.messages.raw(id)
  if (raw === null) return false
  const { from, to, cc } = context.mime.parseMessage(raw).header
  return [...from, ...to, ...cc].every(({ name }) => name === '')
}
