import { readFind } from '../../../../../../shared/features/find/read-find'
import { SiegelError } from '../../../../../../shared/kit/result'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'

/** Steps of one call to renew the search index: half a second or so. */
const renewalSteps = 50

/** What of a search is for mail; null where it names other places only. */
const mailText = (typed: string): string | null =>
  /\b(in|im|when|wann):/iu.test(typed) ? readFind(typed, new Date().toISOString().slice(0, 10)).mail : typed

const letOthersIn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/** Lists and search: pure questions to the store. */
export function listUseCases(
  context: Needs<'mime', 'accounts' | 'messages' | 'searchRenewal'>,
): Pick<
  UseCases,
  | 'messages.index'
  | 'messages.named'
  | 'messages.summaries'
  | 'messages.thread'
  | 'search.query'
  | 'search.renew'
> {
  const { accounts, messages, searchRenewal } = context.store
  return {
    'messages.index': query => {
      if ((query.mailboxId === null) === (query.role === null))
        throw new SiegelError('bad-request', { field: 'mailboxId or role' })
      return { ids: [...messages.index(query)] }
    },
    'messages.named': ({ name }) => {
      const bare = name.replace(/^<|>$/g, '')
      const [found] = accounts
        .list()
        .flatMap(({ id }) => messages.findByMessageId(id, bare))
        .sort((left, right) => right.id - left.id)
      return { message: found ? { messageId: found.id, mailboxId: found.mailboxId } : null }
    },
    'messages.summaries': ({ ids }) => [...messages.summaries(ids)],
    'messages.thread': ({ messageId }) => [...messages.thread(messageId)],
    'search.query': async ({ text: typed, mailboxId, limit }) => {
      // What names other places is not for mail.
      const text = mailText(typed)
      if (text === null) return { total: 0, ids: [], isCut: false, leftOut: 0, renewing: null }
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
