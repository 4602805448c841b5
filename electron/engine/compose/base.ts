import type { EngineOptions } from '../engine'
import type { Clock, Random } from '../ports/basics'
import type { Statuses } from '../ports/status-board'
import type { WholeStore } from './open-store'

/** What every feature is composed of: the host's options, the store, time and chance. */
export type Base = EngineOptions &
  Readonly<{ store: WholeStore; clock: Clock; random: Random; statuses: Statuses }>
