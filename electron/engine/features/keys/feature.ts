import type { EngineFeature } from '../../kit/feature'
import { keyUseCases } from './app/key-use-cases'
import { startRenewalReminder } from './app/own/remind-renewal'
import { keyTables } from './store/tables'

export const keys = {
  tables: keyTables,
  useCases: keyUseCases,
  start: parts => (parts.background ? startRenewalReminder(parts) : () => undefined),
} as const satisfies EngineFeature
