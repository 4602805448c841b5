import type { EngineFeature } from '../../kit/feature'
import { notYet } from './app/not-yet'
import { chatSteps } from './store/0024-chat'
import { becomeNewDevice, chatCarryOver } from './store/carry-over'
import { createChatStore } from './store/store'
import { chatTables } from './store/tables'

export const chat = {
  tables: chatTables,
  migrations: [chatSteps],
  carryOver: chatCarryOver,
  afterRestore: [becomeNewDevice],
  stores: context => ({ chat: createChatStore(context) }),
  useCases: () => notYet,
} as const satisfies EngineFeature
