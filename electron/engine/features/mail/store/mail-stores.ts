import type { ReplacedMessages } from '../../../ports/keys/inbox-encryption'
import type { ServerFactStore } from '../../../ports/net/server-facts'
import type { SettingsStore, Store } from '../../../ports/store'
import type { StoreContext } from '../../../store/context'
import { createMailboxStore } from './mailboxes/mailboxes'
import { createMessageStore } from './messages/messages'
import { createRemoveTwin } from './messages/remove-twin'
import { createReplaceBody } from './messages/replace-body'
import { createRemoteSenderStore } from './remote-senders'
import { IndexCare } from './search/index-care'
import { SearchIndex } from './search/search-index'
import { createSearchRenewal } from './search/search-renewal'
import { SearchWords } from './search/search-words'

/** What mail keeps, over one full-text index. `stop` before the store is closed. */
export function createMailStores(
  context: StoreContext,
  { get: settings }: Pick<SettingsStore, 'get'>,
  { namespaces }: Pick<ServerFactStore, 'namespaces'>,
): {
  stores: Pick<Store, 'mailboxes' | 'messages' | 'remoteSenders' | 'searchRenewal'>
  replaced: ReplacedMessages
  stop(): void
} {
  const indexCare = new IndexCare(context.database)
  const searchIndex = new SearchIndex(new SearchWords())
  const indexed = { ...context, indexCare, searchIndex }
  return {
    stores: {
      mailboxes: createMailboxStore(context, settings, namespaces),
      messages: createMessageStore(indexed),
      remoteSenders: createRemoteSenderStore(context),
      searchRenewal: createSearchRenewal(indexed),
    },
    replaced: { replaceBody: createReplaceBody(indexed), removeTwin: createRemoveTwin(context) },
    stop: () => indexCare.stop(),
  }
}
