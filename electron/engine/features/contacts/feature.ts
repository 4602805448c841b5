import type { EngineFeature } from '../../kit/feature'
import type { EngineParts } from '../../ports/parts'
import { takeBackContacts } from './app/context'
import { contactSyncUseCases } from './app/sync'
import { contactUseCases } from './app/use-cases'
import { contactWaitUseCases } from './app/waits'
import { contacts as contactSchema } from './store/0013-contacts'
import { contactSync } from './store/0015-contact-sync'
import { contactCarryOver } from './store/carry-over'
import { contactTables } from './store/tables'

export const contacts = {
  tables: contactTables,
  migrations: [contactSchema, contactSync],
  carryOver: contactCarryOver,
  takeBack: takeBackContacts,
  useCases: (parts: EngineParts) => ({
    ...contactUseCases(parts),
    ...contactSyncUseCases(parts),
    ...contactWaitUseCases(parts),
  }),
} as const satisfies EngineFeature
