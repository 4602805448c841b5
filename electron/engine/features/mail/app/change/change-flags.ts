import { hasMailServer } from '../../../../../../shared/features/accounts/services'
import type { SystemFlag } from '../../../../../../shared/features/mail/model'
import type { AccountId, MailboxId, MessageId } from '../../../../../../shared/kit/ids'
import type { Needs } from '../../../../ports/parts'
import { type ChangedFlags, imapNameOfFlag, type UndoEntry } from '../../../../ports/store'
import type { UseCases } from '../../../../ports/use-cases'

/** Messages grouped by the account they belong to; ids that are gone are left out. */
export function byAccount(
  { store }: Needs<never, 'mailboxes' | 'messages'>,
  ids: readonly MessageId[],
): Map<AccountId, MessageId[]> {
  const accountOfMailbox = new Map<MailboxId, AccountId | undefined>()
  const groups = new Map<AccountId, MessageId[]>()
  for (const { id, mailboxId } of store.messages.locations(ids)) {
    if (!accountOfMailbox.has(mailboxId))
      accountOfMailbox.set(mailboxId, store.mailboxes.row(mailboxId)?.accountId)
    const accountId = accountOfMailbox.get(mailboxId)
    if (accountId === undefined) continue
    const group = groups.get(accountId)
    if (group) group.push(id)
    else groups.set(accountId, [id])
  }
  return groups
}

export const isImap = (context: Needs<never, 'accounts'>, accountId: AccountId): boolean =>
  hasMailServer(context.store.accounts.get(accountId))

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

/** What takes a change back: one group for all messages that got and lost the same. */
function inverseOf(changed: readonly ChangedFlags[]): UndoEntry {
  const groups = new Map<string, { ids: MessageId[]; add: readonly string[]; remove: readonly string[] }>()
  for (const { id, added, removed } of changed) {
    const key = JSON.stringify([added, removed])
    const group = groups.get(key)
    if (group) group.ids.push(id)
    else groups.set(key, { ids: [id], add: removed, remove: added })
  }
  return { kind: 'flags', groups: [...groups.values()] }
}

/** Changes flags for the user, who can take it back. */
export function queueFlags(
  context: Needs<'sync', 'accounts' | 'mailboxes' | 'messages' | 'tasks' | 'transaction'>,
  ids: readonly MessageId[],
  change: { add: readonly SystemFlag[]; remove: readonly SystemFlag[] },
  options: { undoable: boolean } = { undoable: true },
): { undoId: number | null; messageCount: number } {
  const { store, sync } = context
  const imapChange = {
    add: change.add.map(flag => imapNameOfFlag[flag]),
    remove: change.remove.map(flag => imapNameOfFlag[flag]),
  }
  const result = store.transaction(() => {
    const changed = changeFlagsEverywhere(context, ids, imapChange)
    const undoId =
      options.undoable && changed.length > 0
        ? store.tasks.addUndo({ label: 'flags', inverse: inverseOf(changed) })
        : null
    return { undoId, messageCount: changed.length }
  })
  for (const accountId of byAccount(context, ids).keys()) sync.taskAdded(accountId)
  return result
}

export function flagUseCases(
  context: Needs<'sync', 'accounts' | 'mailboxes' | 'messages' | 'tasks' | 'transaction'>,
): Pick<UseCases, 'messages.setFlags'> {
  return {
    'messages.setFlags': ({ ids, add, remove }) => queueFlags(context, ids, { add, remove }),
  }
}
