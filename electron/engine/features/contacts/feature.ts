import type { EngineFeature } from '../../kit/feature'
import { takeBackContacts } from './app/context'
import { contactUseCases } from './app/use-cases'
import { contacts as contactSchema } from './store/0013-contacts'
import { contactCarryOver } from './store/carry-over'
import { contactTables } from './store/tables'

export const contacts = {
  tables: contactTables,
  migrations: [contactSchema],
  carryOver: contactCarryOver,
  takeBack: takeBackContacts,
  useCases: contactUseCases,
} as const satisfies EngineFeature
