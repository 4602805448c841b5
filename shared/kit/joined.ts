/** All types of a union at once. */
export type Intersection<U> = (U extends unknown ? (all: U) => void : never) extends (all: infer I) => void
  ? I
  : never

type PartsOf<F, P extends string> = F extends Readonly<Record<P, infer V>> ? V : never

/** The part of that name of every feature that has one, in one record. */
export type Joined<L extends Readonly<Record<string, object>>, P extends string> = [
  PartsOf<L[keyof L], P>,
] extends [never]
  ? Readonly<Record<never, never>>
  : Intersection<PartsOf<L[keyof L], P>>

/** Puts records together. Throws when two of them name the same: one of the two would be lost. */
export function mergeOnce(records: readonly object[], what: string): Readonly<Record<string, unknown>> {
  const all: Record<string, unknown> = {}
  for (const record of records)
    for (const [name, value] of Object.entries(record)) {
      if (Object.hasOwn(all, name)) throw new Error(`Two features have ${what} of the name ${name}`)
      all[name] = value
    }
  return all
}

function partOf(feature: object, part: string): object {
  const parts: Readonly<Record<string, object>> = { ...feature }
  return parts[part] ?? {}
}

/** Joins what features have under one name. Throws when two of them name the same. */
export const joined = <const L extends Readonly<Record<string, object>>, const P extends string>(
  features: L,
  part: P,
): Joined<L, P> =>
  // The types say for each part what is put together here by name.
  mergeOnce(
    Object.values(features).map(feature => partOf(feature, part)),
    part,
  ) as Joined<L, P>
