import type { MessageStore } from '../../../../ports/store'
import type { IndexedContext } from '../indexed-context'
import { Threads } from '../threads'
import { createEncryptedMessages } from './encrypted-messages'
import { createMessageBodies } from './message-bodies'
import { createMessageInserts } from './message-insert'
import { createMessageLists } from './message-lists'
import { createMessageLocal } from './message-local'
import { createMessageSync } from './message-sync'

/** Messages, each concern in a file of its own. */
export function createMessageStore(context: IndexedContext): MessageStore {
  return {
    ...createMessageInserts(context, new Threads(context.database.read)),
    ...createMessageBodies(context),
    ...createMessageSync(context),
    ...createEncryptedMessages(context),
    ...createMessageLocal(context),
    ...createMessageLists(context),
  }
}
