import type { EngineFeature } from '../../kit/feature'
import type { EngineParts } from '../../ports/parts'
import type { StoreContext } from '../../store/context'
import { chatExportUseCases } from './app/export-history'
import { chatFileUseCases } from './app/files'
import { chatViewUseCases } from './app/look'
import { chatManagingUseCases } from './app/manage'
import { startTelling } from './app/tell'
import { chatWritingUseCases } from './app/write'
import { chatSteps } from './store/0023-chat'
import { spoilerSteps } from './store/0024-spoilers'
import { rosterVersionSteps } from './store/0025-roster-version'
import { becomeNewDevice, chatCarryOver } from './store/carry-over'
import { type ChatStore, createChatStore } from './store/store'
import { chatTables } from './store/tables'

type OwnStores = Readonly<{ chat: ChatStore }>
type Parts = EngineParts & Readonly<{ store: OwnStores }>

export const chat = {
  tables: chatTables,
  migrations: [chatSteps, spoilerSteps, rosterVersionSteps],
  carryOver: chatCarryOver,
  afterRestore: [becomeNewDevice],
  afterCopy: [becomeNewDevice],
  stores: (context: StoreContext): OwnStores => ({ chat: createChatStore(context) }),
  useCases: (parts: Parts) => ({
    ...chatFileUseCases(parts),
    ...chatExportUseCases(parts),
    ...chatViewUseCases(parts),
    ...chatWritingUseCases(parts),
    ...chatManagingUseCases(parts),
  }),
  start: (parts: Parts) => (parts.background ? startTelling(parts) : () => undefined),
} as const satisfies EngineFeature<OwnStores>
