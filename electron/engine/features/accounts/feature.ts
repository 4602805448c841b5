import type { EngineFeature } from '../../kit/feature'
import type { EngineParts } from '../../ports/parts'
import { accountUseCases } from './app/accounts'
import { davUseCases } from './app/dav'
import { xmppUseCases } from './app/xmpp'
import { chatStreams } from './store/0022-chat-streams'
import { accountCarryOver } from './store/carry-over'
import { forgetStreams } from './store/streams'
import { accountTables } from './store/tables'

export const accounts = {
  tables: accountTables,
  carryOver: accountCarryOver,
  migrations: [chatStreams],
  afterRestore: [forgetStreams],
  afterCopy: [forgetStreams],
  useCases: (parts: EngineParts) => ({
    ...accountUseCases(parts),
    ...davUseCases(parts),
    ...xmppUseCases(parts),
  }),
} as const satisfies EngineFeature
