import { accountStale } from '../../features/accounts/stale'
import { calendarStale } from '../../features/calendar/stale'
import { inboxEncryptionStale } from '../../features/inbox-encryption/stale'
import { keyStale } from '../../features/keys/stale'
import { mailStale } from '../../features/mail/stale'
import { networkStale } from '../../features/network/stale'
import { profileStale } from '../../features/profile/stale'
import { writingStale } from '../../features/writing/stale'
import type { CallInput, CallName, Contract } from '../contract'
import type { ChangedEntity, ChangedIds, ChangeKind } from './changes'
import { asked, type StaleBy } from './stale-by'

/** Calls that only ask. */
type QueryName = { [N in CallName]: Contract[N]['kind'] extends 'query' ? N : never }[CallName]

/** A rule about a field that the question has. */
type StaleByFor<N extends QueryName> = StaleBy &
  Readonly<{ about?: keyof CallInput<N>; when?: (input: CallInput<N>) => boolean }>

/**
 * What makes the answer of each query old. It belongs to the contract and stands beside it, without schemas, because the page
 * reads it and shall not have to make all of them at its start. A query without an entry, and an entry without a query, do not compile.
 */
export const staleBy: { readonly [N in QueryName]: readonly StaleByFor<N>[] } = {
  ...accountStale,
  ...calendarStale,
  ...inboxEncryptionStale,
  ...keyStale,
  ...mailStale,
  ...networkStale,
  ...profileStale,
  ...writingStale,
  'app.status': asked,
  'prefs.get': asked,
  'page.waiting': asked,
}

/** Whether this change makes the answer to this question old. */
export function isStaleBy(
  name: QueryName,
  input: unknown,
  change: Readonly<{ entity: ChangedEntity; kind: ChangeKind; ids: ChangedIds }>,
): boolean {
  return (staleBy[name] as readonly StaleBy[]).some(rule => {
    if (rule.entity !== change.entity || !(rule.kinds as readonly ChangeKind[]).includes(change.kind))
      return false
    if (rule.when?.(input as never) === false) return false
    if (rule.about === undefined || change.ids === null) return true
    const subject = (input as Readonly<Record<string, number | string | null>>)[rule.about] ?? null
    return subject === null || change.ids.includes(subject)
  })
}
