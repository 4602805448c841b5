import type { EngineFeature } from '../../kit/feature'
import { notYet } from './app/not-yet'

export const chat = { useCases: () => notYet } as const satisfies EngineFeature
