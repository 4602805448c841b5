import type { EngineFeature } from '../../kit/feature'
import type { Needs } from '../../ports/parts'
import { meetingUseCases } from './app/meetings'

export const meetings = {
  useCases: (parts: Needs<'network' | 'meetingDoors', 'accounts' | 'settings'>) => meetingUseCases(parts),
} as const satisfies EngineFeature
