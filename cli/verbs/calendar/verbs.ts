import type { Verb } from '../../kit/verb'
import { calendarVerbs } from './calendars'
import { calendarEncryptionVerbs } from './encryption'
import { eventVerbs } from './events'
import { freeBusyVerbs } from './free-busy'
import { invitationVerbs } from './invitations'
import { quickVerbs } from './quick'
import { subscriptionVerbs } from './subscriptions'
import { calendarSyncVerbs } from './sync'
import { calendarWaitVerbs } from './waits'

/** In the order of the help text. */
export const calendar: readonly Verb[] = [
  ...calendarVerbs,
  ...calendarSyncVerbs,
  ...subscriptionVerbs,
  ...calendarEncryptionVerbs,
  ...calendarWaitVerbs,
  ...eventVerbs,
  ...quickVerbs,
  ...invitationVerbs,
  ...freeBusyVerbs,
]
