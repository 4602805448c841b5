import { SiegelError } from '../../../shared/ipc/result'
import type { AccountId, MailboxId, MessageId } from '../../../shared/model/ids'
import type { MailboxRole } from '../../../shared/model/mail'
import { localMessage } from '../sync/local-message'
import { byAccount, isImap } from './change-flags'
import type { AppContext, UseCases } from './context'
import { localMailboxes } from './local-mailboxes'
import { requireMailbox } from './mailboxes'

type Moved = { messageId: MessageId; fromMailboxId: MailboxId }

/** Moves messages of one account here at once and queues the move. Must run inside a transaction. */
function moveWithin(
  context: AppContext,
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
  context: AppContext,
  moved: readonly Moved[],
): { undoId: number | null; messageCount: number } {
  if (moved.length === 0) return { undoId: null, messageCount: 0 }
  const items = moved.map(each => ({ id: each.messageId, backTo: each.fromMailboxId }))
  return {
    undoId: context.store.tasks.addUndo({ label: 'move', inverse: { kind: 'move', items } }),
    messageCount: moved.length,
  }
}

/** Copies messages into a mailbox of another account, byte for byte, then removes the originals. */
async function moveAcross(
  context: AppContext,
  ids: readonly MessageId[],
  toMailboxId: MailboxId,
): Promise<void> {
  const { store, mime, sync } = context
  const target = requireMailbox(context, toMailboxId)
  for (const id of ids) {
    if (!store.messages.raw(id)) await sync.download(id)
    const raw = store.messages.raw(id)
    if (!raw) throw new SiegelError('body-not-here', {})
    const flags = store.messages.exportFlags(id)
    store.transaction(() => {
      const parsed = mime.parseMessage(raw)
      const copy = store.messages.insertLocal(
        toMailboxId,
        localMessage(raw, parsed, { flags, internalDateMs: store.messages.internalDateMs(id) }),
      )
      if (isImap(context, target.accountId)) {
        store.tasks.add(target.accountId, {
          kind: 'append',
          messageId: copy,
          mailboxId: toMailboxId,
          flags,
          replacesUid: null,
        })
      }
    })
  }
  sync.taskAdded(target.accountId)
}

/** Moves messages; within an account as a move, between accounts as a checked copy and a move to the trash. */
async function moveMessages(
  context: AppContext,
  ids: readonly MessageId[],
  toMailboxId: MailboxId,
): Promise<{ undoId: number | null; messageCount: number }> {
  const target = requireMailbox(context, toMailboxId)
  if (!target.selectable) throw new SiegelError('unsupported', { what: 'move-to-unselectable' })
  const groups = byAccount(context, ids)
  const foreign = [...groups].filter(([accountId]) => accountId !== target.accountId)
  for (const [, group] of foreign) await moveAcross(context, group, toMailboxId)
  const result = context.store.transaction(() => {
    const moved = [...moveWithin(context, target.accountId, groups.get(target.accountId) ?? [], toMailboxId)]
    for (const [accountId, group] of foreign) {
      const trash = roleMailbox(context, accountId, 'trash')
      if (trash) moved.push(...moveWithin(context, accountId, group, trash))
    }
    return finishMove(context, moved)
  })
  for (const accountId of groups.keys()) context.sync.taskAdded(accountId)
  return result
}

/** The account's mailbox of a role; a local account gets a missing one, an IMAP account gets it as a task. */
export function roleMailbox(context: AppContext, accountId: AccountId, role: MailboxRole): MailboxId | null {
  const { store } = context
  const row = store.mailboxes.byRole(accountId, role)
  if (row) return row.id
  if (!isImap(context, accountId)) return localMailboxes(store, accountId).get(role) ?? null
  const names: Partial<Record<MailboxRole, string>> = {
    archive: 'Archive',
    trash: 'Trash',
    junk: 'Junk',
    sent: 'Sent',
    drafts: 'Drafts',
  }
  const path = names[role]
  if (path === undefined) return null
  const created = store.mailboxes.create({
    accountId,
    path,
    delimiter: store.mailboxes.rows(accountId)[0]?.delimiter || '/',
    role,
  })
  store.tasks.add(accountId, { kind: 'create-mailbox', mailboxId: created.id })
  return created.id
}

/** Moves messages to the mailbox of a role in their own account; those already there stay. */
export function moveToRole(
  context: AppContext,
  ids: readonly MessageId[],
  role: MailboxRole,
): { undoId: number | null; messageCount: number } {
  const groups = byAccount(context, ids)
  const result = context.store.transaction(() => {
    const moved: Moved[] = []
    for (const [accountId, group] of groups) {
      const target = roleMailbox(context, accountId, role)
      if (target === null) throw new SiegelError('mailbox-missing', { role })
      moved.push(...moveWithin(context, accountId, group, target))
    }
    return finishMove(context, moved)
  })
  for (const accountId of groups.keys()) context.sync.taskAdded(accountId)
  return result
}

export function moveUseCases(
  context: AppContext,
): Pick<UseCases, 'messages.move' | 'messages.archive' | 'messages.junk'> {
  return {
    'messages.move': ({ ids, mailboxId }) => moveMessages(context, ids, mailboxId),
    'messages.archive': ({ ids }) => moveToRole(context, ids, 'archive'),
    'messages.junk': ({ ids, junk }) => moveToRole(context, ids, junk ? 'junk' : 'inbox'),
  }
}
