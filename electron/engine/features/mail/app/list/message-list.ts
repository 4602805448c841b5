import { SiegelError } from '../../../../../../shared/kit/result'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'

/** Steps of one call to renew the search index: half a second or so. */
const renewalSteps = 50

const letOthersIn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/** Lists and search: pure questions to the store. */
export function listUseCases(
  context: Needs<'mime', 'messages' | 'searchRenewal'>,
): Pick<
  UseCases,
  'messages.index' | 'messages.summaries' | 'messages.thread' | 'search.query' | 'search.renew'
> {
  const { messages, searchRenewal } = context.store
  return {
    'messages.index': query => {
      if ((query.mailboxId === null) === (query.role === null))
        throw new SiegelError('bad-request', { field: 'mailboxId or role' })
      return { ids: [...messages.index(query)] }
    },
    'messages.summaries': ({ ids }) => [...messages.summaries(ids)],
    'messages.thread': ({ messageId }) => [...messages.thread(messageId)],
    'search.query': async ({ text, mailboxId, limit }) => {
      while (messages.prepareSearch(text)) await letOthersIn()
      const found = messages.search(text, { mailboxId, limit })
      return { ...found, ids: [...found.ids], renewing: searchRenewal.progress() }
    },
    'search.renew': async () => {
      for (let step = 0; step < renewalSteps; step += 1) {
        if (!searchRenewal.step(raw => context.mime.parseMessage(raw))) return null
        await letOthersIn()
      }
      return searchRenewal.progress()
    },
  }
}
