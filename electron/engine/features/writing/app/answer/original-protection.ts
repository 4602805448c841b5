import type { MessageId } from '../../../../../../shared/kit/ids'
import type { Needs } from '../../../../ports/parts'
import { wasSentEncrypted } from './original-people'

/**
 * Whether the message that is answered or forwarded came encrypted, by its structure; what follows it stays so. One that was
 * only encrypted on arrival here came in clear, unless that cannot be looked at.
 */
export async function isEncryptedOriginal(
  context: Needs<'protection' | 'reading', 'messages'>,
  id: MessageId,
): Promise<boolean> {
  const raw = context.store.messages.raw(id)
  if (raw === null || !context.protection.outermost(raw).kind.endsWith('encrypted')) return false
  if (!context.protection.isInboxForm(raw)) return true
  const opened = await context.reading.open(id)
  return wasSentEncrypted(opened) || opened.effectiveRaw.length === 0
}

/**
 * Whether the outer header of the answered message hid the names of people (RFC 9788 §3.2.2, `hcp_shy`): then an answer
 * hides them as well (§6.1), whatever the account does of itself. Where no name stands outside, nothing is given away by
 * hiding them once more.
 */
export async function originalHidesNames(
  context: Needs<'mime' | 'protection' | 'reading', 'messages'>,
  id: MessageId,
): Promise<boolean> {
  const raw = context.store.messages.raw(id)
  if (raw === null || !(await isEncryptedOriginal(context, id))) return false
  const { from, to, cc } = context.mime.parseMessage(raw).header
  return [...from, ...to, ...cc].every(({ name }) => name === '')
}

/** The subject that stood only inside the answered message, and the one outside; null when it hid none. */
export async function hiddenSubjectOf(
  context: Needs<'mime' | 'protection' | 'reading', 'messages'>,
  id: MessageId,
): Promise<{ inside: string; outside: string } | null> {
  const raw = context.store.messages.raw(id)
  if (raw === null || !(await isEncryptedOriginal(context, id))) return null
  const outside = context.mime.parseMessage(raw).header.subject
  const inside = (await context.reading.open(id)).parsed?.header.subject ?? outside
  return inside === outside ? null : { inside, outside }
}
