import type { EngineFeature } from '../../kit/feature'
import type { EngineParts } from '../../ports/parts'
import { todoChangeUseCases } from './app/change'
import { todoViewUseCases } from './app/look'

/** To-dos lie in the calendars' store, beside events: a collection of a server holds both. */
export const todos = {
  useCases: (parts: EngineParts) => ({ ...todoViewUseCases(parts), ...todoChangeUseCases(parts) }),
} as const satisfies EngineFeature
