import type { SharedFeature } from '../../kit/shared-feature'
import { contactStale } from './stale'

export const contacts = {
  changes: {
    /** Ids are of cards; address books change with theirs. */
    contact: ['state'],
  },
  stale: contactStale,
} as const satisfies SharedFeature
