import type { EngineFeature } from '../../kit/feature'
import type { EngineParts } from '../../ports/parts'
import { calendarUseCases } from './app/calendars'
import { eventChangeUseCases } from './app/change-events'
import { eventViewUseCases } from './app/look'
import { calendarSyncUseCases } from './app/sync'
import { calendarTransferUseCases } from './app/transfer'
import { takeBackEvents } from './app/undo'
import { calendarWaitUseCases } from './app/waits'
import { calendars } from './store/0012-calendars'
import { calendarSync } from './store/0014-calendar-sync'
import { calendarCarryOver } from './store/carry-over'
import { calendarChecks } from './store/checks'
import { calendarTables } from './store/tables'

export const calendar = {
  tables: calendarTables,
  migrations: [calendars, calendarSync],
  carryOver: calendarCarryOver,
  checks: calendarChecks,
  takeBack: takeBackEvents,
  useCases: (parts: EngineParts) => ({
    ...calendarUseCases(parts),
    ...eventViewUseCases(parts),
    ...eventChangeUseCases(parts),
    ...calendarTransferUseCases(parts),
    ...calendarSyncUseCases(parts),
    ...calendarWaitUseCases(parts),
  }),
} as const satisfies EngineFeature
