import type { EngineFeature } from '../../kit/feature'
import { contactUseCases } from './app/use-cases'
import { contactCarryOver } from './store/carry-over'
import { contactTables } from './store/tables'

export const contacts = {
  tables: contactTables,
  carryOver: contactCarryOver,
  useCases: contactUseCases,
} as const satisfies EngineFeature
