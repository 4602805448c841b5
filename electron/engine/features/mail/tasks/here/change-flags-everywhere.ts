import type { MessageId } from '../../../../../../shared/kit/ids'
import type { Needs } from '../../../../ports/parts'
import type { ChangedFlags } from '../../../../ports/store'
import { byAccount, isImap } from './by-account'

/** Flags to set and to take away, as IMAP names. */
type FlagChange = Readonly<{ add: readonly string[]; remove: readonly string[] }>

/**
 * Changes flags here at once and queues the same change for the server, as one task an account. Must run inside a
 * transaction; answers what really changed.
 */
export function changeFlagsEverywhere(
  context: Needs<never, 'accounts' | 'mailboxes' | 'messages' | 'tasks'>,
  ids: readonly MessageId[],
  change: FlagChange,
): readonly ChangedFlags[] {
  const { store } = context
  return [...byAccount(context, ids)].flatMap(([accountId, group]) => {
    const changed = store.messages.changeFlags(group, change)
    if (changed.length > 0 && isImap(context, accountId)) {
      const messageIds = changed.map(({ id }) => id)
      store.tasks.add(accountId, { kind: 'set-flags', messageIds, ...change })
    }
    return changed
  })
}
