import type { SharedFeature } from '../../kit/shared-feature'
import { writingCommands } from './commands'
import { writingStale } from './stale'

export const writing = {
  changes: { draft: ['state'], outbox: ['state'] },
  stale: writingStale,
  commands: writingCommands,
} as const satisfies SharedFeature
