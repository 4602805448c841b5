/**
 * One reason for which an answer is old: a change of one of these kinds. `about`: only of what this field of the question names
 * (null names all). `when`: only for such questions. Names are checked where the rules of all features are joined
 * (`ipc/stale/stale.ts`), because a rule may name what another feature changes.
 */
export type StaleRule = Readonly<{
  entity: string
  kinds: readonly string[] | 'any'
  about?: string
  when?: (input: never) => boolean
}>

/** Asked anew whenever it is wanted: nothing that changes is told of, or an event of its own brings the answer. */
export const asked: readonly [] = []

/** Any change of an entity. */
export const any = <E extends string>(entity: E) => ({ entity, kinds: 'any' }) as const
