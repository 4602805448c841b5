import type { MailboxRole } from '../../../../../../shared/features/mail/model'
import type { AccountId, MailboxId, MessageId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import { localMessage } from '../../../../kit/local-message'
import { roleMailbox } from '../../../../kit/mailboxes/role-mailbox'
import { requireMailbox } from '../../../../kit/require'
import type { Needs } from '../../../../ports/parts'
import type { MailboxRow } from '../../../../ports/store'
import type { UseCases } from '../../../../ports/use-cases'
import { byAccount, isImap } from '../../tasks/here/by-account'

/** `copy`: the message that a move between accounts made. */
type Moved = { messageId: MessageId; fromMailboxId: MailboxId; copy?: MessageId }

/** Moves messages of one account here at once and queues the move. Must run inside a transaction. */
function moveWithin(
  context: Needs<never, 'accounts' | 'messages' | 'tasks'>,
  accountId: AccountId,
  ids: readonly MessageId[],
  toMailboxId: MailboxId,
): readonly Moved[] {
  const { store } = context
  const items = store.messages.moveLocally(ids, toMailboxId)
  if (items.length > 0 && isImap(context, accountId))
    store.tasks.add(accountId, { kind: 'move', items, toMailboxId })
  return items
}

function finishMove(
  context: Needs<never, 'tasks'>,
  moved: readonly Moved[],
): { undoId: number | null; messageCount: number } {
  if (moved.length === 0) return { undoId: null, messageCount: 0 }
  const items = moved.map(each => ({
    id: each.messageId,
    backTo: each.fromMailboxId,
    ...(each.copy === undefined ? {} : { copy: each.copy }),
  }))
  return {
    undoId: context.store.tasks.addUndo({ label: 'move', inverse: { kind: 'move', items } }),
    messageCount: moved.length,
  }
}

/** Copies one message into a mailbox of another account, byte for byte. Must run inside a transaction. */
function copyAcross(
  context: Needs<'mime', 'accounts' | 'messages' | 'tasks'>,
  id: MessageId,
  target: MailboxRow,
): MessageId {
  const { store, mime } = context
  const raw = store.messages.raw(id)
  if (!raw) throw new SiegelError('body-not-here', {})
  const flags = store.messages.exportFlags(id)
  const internalDateMs = store.messages.internalDateMs(id)
  const message = localMessage(raw, mime.parseMessage(raw), { flags, internalDateMs })
  const copy = store.messages.insertLocal(target.id, message)
  if (isImap(context, target.accountId)) {
    const task = { messageId: copy, mailboxId: target.id, flags, replacesUid: null }
    store.tasks.add(target.accountId, { kind: 'append', ...task })
  }
  return copy
}

/** Messages copied to another account in one transaction, each with the removal of its original. */
const acrossAtATime = 50

/**
 * Moves messages out of their account: a copy there, the original to the trash here. Everything is fetched before
 * anything is changed, and copy and removal are one transaction, so nothing is there twice when it is interrupted.
 */
async function moveAcross(
  context: Needs<
    'mime' | 'sync',
    'accounts' | 'mailboxes' | 'messages' | 'servers' | 'tasks' | 'transaction'
  >,
  accountId: AccountId,
  ids: readonly MessageId[],
  target: MailboxRow,
): Promise<readonly Moved[]> {
  const { store, sync } = context
  for (const id of ids) if (!store.messages.raw(id)) await sync.download(id)
  const all: Moved[] = []
  for (let at = 0; at < ids.length; at += acrossAtATime) {
    const some = store.messages.locations(ids.slice(at, at + acrossAtATime)).map(({ id }) => id)
    const moved = store.transaction(() => {
      const copies = new Map(some.map(id => [id, copyAcross(context, id, target)]))
      const trash = roleMailbox(store, accountId, 'trash')
      const removed = trash === null ? [] : moveWithin(context, accountId, some, trash)
      return removed.map(item => {
        const copy = copies.get(item.messageId)
        return copy === undefined ? item : { ...item, copy }
      })
    })
    all.push(...moved)
    await new Promise(resolve => setImmediate(resolve))
  }
  return all
}

/** Moves messages; within an account as a move, between accounts as a checked copy and a move to the trash. */
async function moveMessages(
  context: Needs<
    'mime' | 'sync',
    'accounts' | 'mailboxes' | 'messages' | 'servers' | 'tasks' | 'transaction'
  >,
  ids: readonly MessageId[],
  toMailboxId: MailboxId,
): Promise<{ undoId: number | null; messageCount: number }> {
  const target = requireMailbox(context, toMailboxId)
  if (!target.selectable) throw new SiegelError('unsupported', { reason: 'move-to-unselectable' })
  const groups = byAccount(context, ids)
  const moved: Moved[] = []
  try {
    for (const [accountId, group] of groups)
      if (accountId !== target.accountId) moved.push(...(await moveAcross(context, accountId, group, target)))
  } catch (error) {
    // What was moved before it failed can be taken back like any move.
    finishMove(context, moved)
    throw error
  }
  const result = context.store.transaction(() => {
    const own = groups.get(target.accountId) ?? []
    return finishMove(context, [...moved, ...moveWithin(context, target.accountId, own, toMailboxId)])
  })
  for (const accountId of new Set([...groups.keys(), target.accountId])) context.sync.taskAdded(accountId)
  return result
}

/** Moves messages to the mailbox of a role in their own account; those already there stay. */
export function moveToRole(
  context: Needs<'sync', 'accounts' | 'mailboxes' | 'messages' | 'servers' | 'tasks' | 'transaction'>,
  ids: readonly MessageId[],
  role: MailboxRole,
): { undoId: number | null; messageCount: number } {
  const groups = byAccount(context, ids)
  const result = context.store.transaction(() => {
    const moved: Moved[] = []
    for (const [accountId, group] of groups) {
      const target = roleMailbox(context.store, accountId, role)
      if (target === null) throw new SiegelError('mailbox-missing', { role })
      moved.push(...moveWithin(context, accountId, group, target))
    }
    return finishMove(context, moved)
  })
  for (const accountId of groups.keys()) context.sync.taskAdded(accountId)
  return result
}

export function moveUseCases(
  context: Needs<
    'mime' | 'sync',
    'accounts' | 'mailboxes' | 'messages' | 'servers' | 'tasks' | 'transaction'
  >,
): Pick<UseCases, 'messages.move' | 'messages.archive' | 'messages.junk'> {
  return {
    'messages.move': ({ ids, mailboxId }) => moveMessages(context, ids, mailboxId),
    'messages.archive': ({ ids }) => moveToRole(context, ids, 'archive'),
    'messages.junk': ({ ids, junk }) => moveToRole(context, ids, junk ? 'junk' : 'inbox'),
  }
}
