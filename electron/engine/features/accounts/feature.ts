import type { EngineFeature } from '../../kit/feature'
import type { EngineParts } from '../../ports/parts'
import { accountUseCases } from './app/accounts'
import { davUseCases } from './app/dav'
import { accountCarryOver } from './store/carry-over'
import { accountTables } from './store/tables'

export const accounts = {
  tables: accountTables,
  carryOver: accountCarryOver,
  useCases: (parts: EngineParts) => ({ ...accountUseCases(parts), ...davUseCases(parts) }),
} as const satisfies EngineFeature
