import type { SharedFeature } from '../../kit/shared-feature'
import { collectionEncryptionStale } from './stale'

export const collectionEncryption = {
  stale: collectionEncryptionStale,
} as const satisfies SharedFeature
