import { SiegelError } from '../../../shared/ipc/result'
import type { AppContext, UseCases } from './context'

const suggestions = 8

/** Lists and search: pure questions to the store. */
export function listUseCases(
  context: AppContext,
): Pick<
  UseCases,
  'messages.index' | 'messages.summaries' | 'messages.thread' | 'search.query' | 'addresses.suggest'
> {
  const { messages } = context.store
  return {
    'messages.index': query => {
      if ((query.mailboxId === null) === (query.role === null))
        throw new SiegelError('bad-request', { what: 'mailboxId or role' })
      return { ids: [...messages.index(query)] }
    },
    'messages.summaries': ({ ids }) => [...messages.summaries(ids)],
    'messages.thread': ({ messageId }) => [...messages.thread(messageId)],
    'search.query': ({ text, mailboxId, limit }) => {
      const found = messages.search(text, { mailboxId, limit })
      return { total: found.total, ids: [...found.ids] }
    },
    'addresses.suggest': ({ prefix }) => [...messages.suggestAddresses(prefix, suggestions)],
  }
}
