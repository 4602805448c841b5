import type { EngineFeature } from '../../kit/feature'
import { backUpUseCases } from './app/back-up'

export const profile = { useCases: backUpUseCases } as const satisfies EngineFeature
