import type { EngineFeature } from '../../kit/feature'
import { accountUseCases } from './app/accounts'
import { accountCarryOver } from './store/carry-over'
import { accountTables } from './store/tables'

export const accounts = {
  tables: accountTables,
  carryOver: accountCarryOver,
  useCases: accountUseCases,
} as const satisfies EngineFeature
