import type { EngineFeature } from '../../kit/feature'
import { keepInStep } from './app/keep-in-step'

export const birthdays = {
  start: keepInStep,
} as const satisfies EngineFeature
