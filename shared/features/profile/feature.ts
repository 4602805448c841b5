import type { SharedFeature } from '../../kit/shared-feature'
import { profileStale } from './stale'

export const profile = {
  stale: profileStale,
} as const satisfies SharedFeature
