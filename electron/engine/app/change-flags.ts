import type { AccountId, MessageId } from '../../../shared/model/ids'
import type { SystemFlag } from '../../../shared/model/mail'
import { imapNameOfFlag } from '../ports/store'
import type { AppContext, UseCases } from './context'

/** Messages grouped by the account they belong to; ids that are gone are left out. */
export function byAccount(context: AppContext, ids: readonly MessageId[]): Map<AccountId, MessageId[]> {
  const accountOfMailbox = new Map(context.store.mailboxes.list().map(each => [each.id, each.accountId]))
  const groups = new Map<AccountId, MessageId[]>()
  for (const { id, mailboxId } of context.store.messages.locations(ids)) {
    const accountId = accountOfMailbox.get(mailboxId)
    if (accountId === undefined) continue
    const group = groups.get(accountId)
    if (group) group.push(id)
    else groups.set(accountId, [id])
  }
  return groups
}

export const isImap = (context: AppContext, accountId: AccountId): boolean =>
  context.store.accounts.get(accountId)?.config.kind === 'imap'

/** Changes flags here at once and queues the same change for the server. */
export function queueFlags(
  context: AppContext,
  ids: readonly MessageId[],
  change: { add: readonly SystemFlag[]; remove: readonly SystemFlag[] },
  options: { undoable: boolean } = { undoable: true },
): { undoId: number | null; messageCount: number } {
  const { store, sync } = context
  const groups = byAccount(context, ids)
  const add = change.add.map(flag => imapNameOfFlag[flag])
  const remove = change.remove.map(flag => imapNameOfFlag[flag])
  const result = store.transaction(() => {
    const changed = [...groups.values()].flatMap(group => [
      ...store.messages.changeFlags(group, { add, remove }),
    ])
    if (changed.length === 0) return { undoId: null, messageCount: 0 }
    const changedIds = new Set(changed.map(each => each.id))
    for (const [accountId, group] of groups) {
      const messageIds = group.filter(id => changedIds.has(id))
      if (messageIds.length > 0 && isImap(context, accountId))
        store.tasks.add(accountId, { kind: 'set-flags', messageIds, add, remove })
    }
    const undoId = options.undoable
      ? store.tasks.addUndo({
          label: 'flags',
          inverse: { kind: 'flags', items: changed, changed: [...add, ...remove] },
        })
      : null
    return { undoId, messageCount: changed.length }
  })
  for (const accountId of groups.keys()) sync.taskAdded(accountId)
  return result
}

export function flagUseCases(context: AppContext): Pick<UseCases, 'messages.setFlags'> {
  return {
    'messages.setFlags': ({ ids, add, remove }) => queueFlags(context, ids, { add, remove }),
  }
}
