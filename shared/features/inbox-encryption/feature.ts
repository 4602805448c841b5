import type { SharedFeature } from '../../kit/shared-feature'
import { inboxEncryptionStale } from './stale'

export const inboxEncryption = {
  changes: { 'inbox-encryption': ['state'] },
  stale: inboxEncryptionStale,
} as const satisfies SharedFeature
