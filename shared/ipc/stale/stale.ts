import { features } from '../../features/features'
import { joined } from '../../kit/joined'
import { asked, type StaleRule } from '../../kit/stale-rule'
import type { CallInput, CallName, Contract } from '../contract'
import type { ChangedEntity, ChangedIds, ChangeKind } from './changes'

/** Calls that only ask. */
type QueryName = { [N in CallName]: Contract[N]['kind'] extends 'query' ? N : never }[CallName]

/** A rule (`kit/stale-rule.ts`) that names an entity, kinds of its changes, and a field that the question has. */
type StaleByFor<N extends QueryName> = {
  [E in ChangedEntity]: Readonly<{
    entity: E
    kinds: readonly ChangeKind<E>[] | 'any'
    about?: keyof CallInput<N>
    when?: (input: CallInput<N>) => boolean
  }>
}[ChangedEntity]

/**
 * What makes the answer of each query old. It belongs to the contract and stands beside it, without schemas, because the page
 * reads it and shall not have to make all of them at its start. A query without an entry, and an entry without a query, do not compile.
 */
const rules = {
  ...joined(features, 'stale'),
  'app.status': asked,
  'prefs.get': asked,
  'page.waiting': asked,
} as const

type Rules<Names extends QueryName> = { readonly [N in Names]: readonly StaleByFor<N>[] }

export const staleBy: Rules<QueryName> = rules satisfies Rules<keyof typeof rules>

/** Whether this change makes the answer to this question old. */
export function isStaleBy(
  name: QueryName,
  input: unknown,
  change: Readonly<{ entity: ChangedEntity; kind: ChangeKind; ids: ChangedIds }>,
): boolean {
  return (staleBy[name] as readonly StaleRule[]).some(rule => {
    if (rule.entity !== change.entity) return false
    if (rule.kinds !== 'any' && !rule.kinds.includes(change.kind)) return false
    if (rule.when?.(input as never) === false) return false
    if (rule.about === undefined || change.ids === null) return true
    const subject = (input as Readonly<Record<string, number | string | null>>)[rule.about] ?? null
    return subject === null || change.ids.includes(subject)
  })
}
