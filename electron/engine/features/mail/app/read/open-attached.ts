import { isAttachedMessage } from '../../../../../../shared/features/mail/attached-message'
import type { MessageId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import { limits } from '../../../../ports/limits'
import type { OpenedMessage } from '../../../../ports/mail/opened-mail'
import type { Needs } from '../../../../ports/parts'
import { openBytes, openMessage } from './open-message'
import { readOpenedPart } from './opened-part'

/**
 * A message of a mailbox (`path` empty), or one that came in it as a file: opened by the same door, from the bytes that
 * are shown of what carries it, and by itself. Neither lends the other a signature, a key or a sender.
 * Throws `not-found`, `too-large`, `cancelled`.
 */
export async function openAttached(
  context: Needs<'clock' | 'emit' | 'mime' | 'opened' | 'protection' | 'vault', 'messages' | 'openpgp'>,
  id: MessageId,
  path: readonly string[],
): Promise<OpenedMessage> {
  if (path.length === 0) return openMessage(context, id)
  const raw = await attachedBytes(context, id, path)
  return context.opened.get(id, raw, signal => openBytes(context, raw, signal), path)
}

/** The bytes of a message that came as a file, out of what is shown of what carries it. Throws as `openAttached`. */
export async function attachedBytes(
  context: Needs<'clock' | 'emit' | 'mime' | 'opened' | 'protection' | 'vault', 'messages' | 'openpgp'>,
  id: MessageId,
  path: readonly string[],
): Promise<Uint8Array> {
  const carrier = await openAttached(context, id, path.slice(0, -1))
  const part = readOpenedPart(context, carrier, path.at(-1) ?? '')
  if (part === null || !isAttachedMessage(part.info))
    throw new SiegelError('not-found', { what: 'attached message' })
  if (part.bytes.length > limits.attachedMessageBytes)
    throw new SiegelError('too-large', { limitBytes: limits.attachedMessageBytes })
  // A copy: a small message must not keep the large one in memory that carries it.
  return new Uint8Array(part.bytes)
}
