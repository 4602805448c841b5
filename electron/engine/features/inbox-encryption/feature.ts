import type { EngineFeature } from '../../kit/feature'
import { inboxEncryptionUseCases } from './app/inbox-encryption'
import { inboxCarryOver } from './store/carry-over'
import { inboxTables } from './store/tables'

export const inboxEncryption = {
  tables: inboxTables,
  carryOver: inboxCarryOver,
  useCases: inboxEncryptionUseCases,
} as const satisfies EngineFeature
