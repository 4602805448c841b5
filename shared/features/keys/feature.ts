import type { SharedFeature } from '../../kit/shared-feature'
import { keyStale } from './stale'

export const keys = {
  changes: {
    /** Ids are addresses and fingerprints. */
    key: ['state'],
  },
  stale: keyStale,
} as const satisfies SharedFeature
