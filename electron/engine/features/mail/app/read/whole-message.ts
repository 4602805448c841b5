import type { MessageId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import type { Needs } from '../../../../ports/parts'

/** Every byte of a message, fetched when it is not here. Throws `not-found`, `body-not-here`, network codes. */
export async function wholeMessage(context: Needs<'sync', 'messages'>, id: MessageId): Promise<Uint8Array> {
  const { messages } = context.store
  if (!messages.location(id)) throw new SiegelError('not-found', { what: 'message' })
  const here = messages.raw(id)
  if (here) return here
  await context.sync.download(id)
  const fetched = messages.raw(id)
  if (!fetched) throw new SiegelError('body-not-here', {})
  return fetched
}
