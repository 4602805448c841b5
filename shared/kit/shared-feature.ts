import type { Commands } from './command-spec'
import type { FactsOfCodes } from './errors/facts'
import type { StaleRule } from './stale-rule'

/**
 * What a feature says of itself to every process, beside its calls: facts alone, without schemas, because the page reads them at its
 * start. `shared/features/features.ts` lists them.
 */
export type SharedFeature = Readonly<{
  /** What can change, and in which ways (`ipc/stale/changes.ts`). */
  changes?: Readonly<Record<string, readonly [string, ...string[]]>>
  /** What makes the answers to its queries old (`ipc/stale/stale.ts`, where each rule is checked). */
  stale?: Readonly<Record<string, readonly StaleRule[]>>
  /** Keys of its commands in the window. */
  commands?: Commands
  /** Failures that only it has, with their facts. */
  errors?: FactsOfCodes
  /** Things of its own that errors are about, by the name of each (`what`). */
  things?: Readonly<Record<string, true>>
}>
