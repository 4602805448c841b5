import type { SharedFeature } from '../../kit/shared-feature'
import { any, type StaleRule } from '../../kit/stale-rule'

/** What makes answers about meetings old (`ipc/stale/stale.ts`). */
const meetingStale = {
  'meetings.look': [any('settings'), any('account')],
} as const satisfies Record<string, readonly StaleRule[]>

export const meetings = {
  errors: {
    /** No provider is set up, and none was named. */
    'meeting-no-place': [],
    /** It is no https address with a host. */
    'meeting-bad-address': [],
    /** Who asks goes through Tor or by a way that cannot be read. */
    'meeting-hidden': ['name'],
  },
  things: { 'meeting provider': true, 'meeting providers': true, meeting: true },
  stale: meetingStale,
} as const satisfies SharedFeature
