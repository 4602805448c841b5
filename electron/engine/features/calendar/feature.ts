import type { EngineFeature } from '../../kit/feature'
import type { EngineParts } from '../../ports/parts'
import { calendarUseCases } from './app/calendars'
import { eventChangeUseCases } from './app/change-events'
import { answerUseCases } from './app/invitations/answer'
import { lookUseCases } from './app/invitations/look'
import { scheduledUseCases } from './app/invitations/scheduled'
import { takeInUseCases } from './app/invitations/take-in'
import { eventViewUseCases } from './app/look'
import { keepSubscriptionsFresh } from './app/subscriptions/keep-fresh'
import { subscriptionUseCases } from './app/subscriptions/subscriptions'
import { calendarSyncUseCases } from './app/sync'
import { calendarTransferUseCases } from './app/transfer'
import { takeBackEvents } from './app/undo'
import { calendarWaitUseCases } from './app/waits'
import { calendars } from './store/0012-calendars'
import { calendarSync } from './store/0014-calendar-sync'
import { invitationSteps } from './store/0017-invitations'
import { calendarWaiting } from './store/0020-calendar-waiting'
import { subscriptionSteps } from './store/0021-subscriptions'
import { calendarCarryOver } from './store/carry-over'
import { calendarChecks } from './store/checks'
import { calendarTables } from './store/tables'

export const calendar = {
  tables: calendarTables,
  migrations: [calendars, calendarSync, invitationSteps, calendarWaiting, subscriptionSteps],
  carryOver: calendarCarryOver,
  checks: calendarChecks,
  takeBack: takeBackEvents,
  useCases: (parts: EngineParts) => ({
    ...calendarUseCases(parts),
    ...eventViewUseCases(parts),
    ...eventChangeUseCases(parts),
    ...calendarTransferUseCases(parts),
    ...calendarSyncUseCases(parts),
    ...lookUseCases(parts),
    ...answerUseCases(parts),
    ...takeInUseCases(parts),
    ...scheduledUseCases(parts),
    ...calendarWaitUseCases(parts),
    ...subscriptionUseCases(parts),
  }),
  start: (parts: EngineParts) => (parts.background ? keepSubscriptionsFresh(parts) : () => undefined),
} as const satisfies EngineFeature
