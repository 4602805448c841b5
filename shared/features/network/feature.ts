import type { SharedFeature } from '../../kit/shared-feature'
import { networkStale } from './stale'

export const network = {
  changes: { connection: ['state'], transport: ['state'] },
  stale: networkStale,
} as const satisfies SharedFeature
