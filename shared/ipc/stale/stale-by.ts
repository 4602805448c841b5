import { type ChangedEntity, type ChangeKind, changeKinds } from './changes'

/**
 * One reason for which an answer is old: a change of one of these kinds. `about`: only of what this field of the question names
 * (null names all). `when`: only for such questions.
 */
export type StaleBy = {
  [E in ChangedEntity]: Readonly<{
    entity: E
    kinds: readonly ChangeKind<E>[]
    about?: string
    when?: (input: never) => boolean
  }>
}[ChangedEntity]

/** Asked anew whenever it is wanted: nothing that changes is told of, or an event of its own brings the answer. */
export const asked: readonly [] = []

/** Any change of an entity. */
export const any = <E extends ChangedEntity>(entity: E) =>
  ({ entity, kinds: changeKinds[entity] as readonly ChangeKind<E>[] }) as const
