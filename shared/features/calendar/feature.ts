import type { SharedFeature } from '../../kit/shared-feature'
import { calendarCommands } from './commands'
import { calendarStale } from './stale'

export const calendar = {
  changes: {
    calendar: ['state'],
    /** Ids are of calendar objects. */
    event: ['state'],
    /** What is remembered of invitations, and what I answered; without ids. */
    invitation: ['state'],
  },
  errors: {
    /** The mail asks nothing that can be answered. `reason`: see `InvitationRefusal`, and `method-differs`, `called-off`, `no-question`. */
    'invitation-unusable': ['reason'],
    /** `reason`: see `AddressRefusal`. */
    'subscription-address': ['reason'],
    'subscription-there-already': ['name'],
    /** The address leads to another place, which somebody has to agree to. */
    'subscription-moved': ['target'],
    /** Nothing is at the address any more. */
    'subscription-gone': [],
    /** The place wants to know who asks. */
    'subscription-login': [],
    /** A page stands where a calendar should be. */
    'subscription-page': [],
  },
  things: { invitation: true },
  stale: calendarStale,
  commands: calendarCommands,
} as const satisfies SharedFeature
