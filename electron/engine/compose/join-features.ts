import type { Undone } from '../../../shared/features/writing/model'
import { type Intersection, mergeOnce } from '../../../shared/kit/joined'
import type { FeatureFor, Stop } from '../kit/feature'
import type { EngineParts } from '../ports/parts'
import type { UndoEntry } from '../ports/store'
import type { StoreContext } from '../store/context'

type Made<L, Name extends string> = {
  [F in keyof L]: L[F] extends Readonly<Record<Name, (given: never) => infer T>> ? T : never
}[keyof L]

type All<T> = [T] extends [never] ? object : Intersection<T>

/** Stores that are in no port, each seen by its own feature. */
export type OwnStores<L> = All<Made<L, 'stores'>>

/** Parts of the engine with the stores of these features. */
type PartsFor<L> = EngineParts & Readonly<{ store: OwnStores<L> }>

/** Features that ask for no more than there is. */
type Features<Parts> = Readonly<Record<string, FeatureFor<Parts>>>

/** Makes the stores that are in no port. Throws when two have one name. */
export const joinStores = <L extends Features<never>>(features: L, context: StoreContext): OwnStores<L> =>
  mergeOnce(
    Object.values(features).map(({ stores }) => stores?.(context) ?? {}),
    'stores',
  ) as OwnStores<L>

/** The use cases of all features. Throws when two answer one call. */
export const joinUseCases = <L extends Features<PartsFor<L>>>(
  features: L,
  parts: PartsFor<L>,
): All<Made<L, 'useCases'>> =>
  mergeOnce(
    Object.values(features).map(({ useCases }) => useCases?.(parts) ?? {}),
    'calls',
  ) as All<Made<L, 'useCases'>>

/** Takes back what one of the features did: what and how much changed, null where it was none of them. */
export function takeBack<L extends Features<PartsFor<L>>>(
  features: L,
  parts: PartsFor<L>,
  entry: UndoEntry,
): Undone | null {
  for (const feature of Object.values(features)) {
    const changed = feature.takeBack?.(parts, entry) ?? null
    if (changed !== null) return changed
  }
  return null
}

/** Starts what goes on without being asked. The result ends it. */
export function startAll<L extends Features<PartsFor<L>>>(
  features: L,
  parts: PartsFor<L>,
): () => Promise<void> {
  const stops: Stop[] = Object.values(features).flatMap(({ start }) => start?.(parts) ?? [])
  return async () => {
    for (const stop of stops) await stop()
  }
}
