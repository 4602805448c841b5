import type { EngineOptions } from '../engine'
import type { Clock, Random } from '../ports/basics'
import type { Store } from '../ports/store'

/** What every feature is composed of: the host's options, the store, time and chance. */
export type Base = EngineOptions & Readonly<{ store: Store; clock: Clock; random: Random }>
