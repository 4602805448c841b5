import type { MessageId } from '../../../shared/model/ids'
import type { ParsedMessage } from '../ports'
import type { AppContext } from './context'

/** What is here of a message: whole, its text parts, or null when only the header is. */
export function readable(context: AppContext, id: MessageId): ParsedMessage | null {
  const raw = context.store.messages.raw(id)
  return raw ? context.mime.parseMessage(raw) : context.store.messages.storedText(id)
}
