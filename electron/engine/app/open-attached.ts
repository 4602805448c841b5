import { SiegelError } from '../../../shared/ipc/result'
import { isAttachedMessage } from '../../../shared/model/attached-message'
import type { MessageId } from '../../../shared/model/ids'
import { limits } from '../mail/limits'
import type { AppContext } from './context'
import { type OpenedMessage, openBytes, openMessage } from './open-message'
import { readOpenedPart } from './opened-part'

/**
 * A message of a mailbox (`path` empty), or one that came in it as a file: opened by the same door, from the bytes that
 * are shown of what carries it, and by itself. Neither lends the other a signature, a key or a sender.
 * Throws `not-found`, `too-large`, `cancelled`.
 */
export async function openAttached(
  context: AppContext,
  id: MessageId,
  path: readonly string[],
): Promise<OpenedMessage> {
  let opened = await openMessage(context, id)
  for (const [at, partId] of path.entries()) {
    const part = readOpenedPart(context, opened, partId)
    if (part === null || !isAttachedMessage(part.info))
      throw new SiegelError('not-found', { what: 'attached message' })
    if (part.bytes.length > limits.attachedMessageBytes)
      throw new SiegelError('too-large', { limitBytes: limits.attachedMessageBytes })
    // A copy: a small message must not keep the large one in memory that carries it.
    const raw = new Uint8Array(part.bytes)
    opened = await context.opened.get(
      id,
      raw,
      signal => openBytes(context, raw, signal),
      path.slice(0, at + 1),
    )
  }
  return opened
}
