import type { SharedFeature } from '../../kit/shared-feature'
import { accountStale } from './stale'

export const accounts = {
  changes: { account: ['state'] },
  stale: accountStale,
} as const satisfies SharedFeature
