import type { EngineFeature } from '../../kit/feature'
import { findUseCases } from './app/find'

/** One search over what several features keep, through their ports. */
export const find = { useCases: findUseCases } as const satisfies EngineFeature
