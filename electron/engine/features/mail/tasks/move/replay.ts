import type { MailboxId, MessageId } from '../../../../../../shared/kit/ids'
import type { MailboxRow } from '../../../../ports/store'
import type { ReplayContext } from '../mail-task'
import {
  findUnclaimed,
  identify,
  intoMailbox,
  isOldListing,
  mailboxOf,
  openForChange,
  openIfThere,
  orUnmarked,
  retryMs,
} from '../remote/remote-messages'
import type { MovePayload } from './payload'

type Item = MovePayload['items'][number] & { messageIdHeader: string }

/**
 * Moves on the server what was moved here. Before anything moves, each remembered UID must still carry the message's
 * Message-ID; what is not in the source any more is looked for in the target and adopted. When the task was begun
 * before, a copy may already be in the target (COPY without the removal): those are not copied again.
 */
export async function replayMove(
  context: ReplayContext,
  payload: MovePayload,
  begunBefore: boolean,
): Promise<() => void> {
  const { store } = context
  const target = mailboxOf(context, payload.toMailboxId)
  const messageIds = new Map(
    store.messages
      .locations(payload.items.map(item => item.messageId))
      .map(each => [each.id, each.messageIdHeader]),
  )
  // A message that was removed here since has its own task; without a row there is nothing to book.
  const items = payload.items.map(item => ({
    ...item,
    messageIdHeader: messageIds.get(item.messageId) ?? '',
  }))
  const newUids = new Map<MessageId, number>()
  const lost: Item[] = []
  for (const [mailboxId, group] of Map.groupBy(items, item => item.fromMailboxId)) {
    const source = store.mailboxes.row(mailboxId)
    if (source && mailboxId !== target.id)
      lost.push(...(await moveFrom(context, source, target, group, begunBefore, newUids)))
    else lost.push(...group)
  }
  const adopted = await adopt(context, target, lost, newUids)
  const gone = lost.filter(({ messageId }) => !adopted.has(messageId))
  return () => {
    for (const [id, uid] of newUids)
      if (store.messages.location(id)?.mailboxId === target.id) store.messages.setUid(id, uid)
    settleGone(context, target.id, gone)
    // Without UIDPLUS the originals are still there, marked: their UIDs stay remembered, or they would be new mail.
    const { move, uidplus } = context.session.capabilities
    if (move || uidplus) store.messages.releaseUids(payload.items)
    // Without Message-ID nothing could join this row and the server's copy; the sync brings the copy.
    const orphans = items.filter(
      item =>
        item.messageIdHeader === '' &&
        !newUids.has(item.messageId) &&
        !gone.includes(item) &&
        isHereWithoutUid(context, item.messageId, target.id),
    )
    if (orphans.length > 0) store.messages.removeLocally(orphans.map(item => item.messageId))
  }
}

/** Returns what is not in the source. */
async function moveFrom(
  context: ReplayContext,
  source: MailboxRow,
  target: MailboxRow,
  items: readonly Item[],
  begunBefore: boolean,
  newUids: Map<MessageId, number>,
): Promise<Item[]> {
  const already =
    begunBefore && !context.session.capabilities.move ? await adopt(context, target, items, newUids) : null
  const opened = await openIfThere(context, source).catch(nullWhenOld)
  if (!opened) return [...items]
  const { sameUids } = opened
  const remembered = sameUids ? items.flatMap(item => item.fromUid ?? []) : []
  const there = await identify(context, remembered)
  const uidOf = new Map<Item, number>()
  const lost: Item[] = []
  for (const item of items) {
    const uid = item.fromUid
    const seen = uid === null ? undefined : there.get(uid)
    if (uid !== null && seen && seen.messageIdHeader === item.messageIdHeader) {
      uidOf.set(item, uid)
      continue
    }
    const found = (await findUnclaimed(context, source.id, item.messageIdHeader, { sameUids })).at(-1)
    if (found === undefined) lost.push(item)
    else uidOf.set(item, found)
  }
  const copied = [...uidOf].filter(([item]) => already?.has(item.messageId))
  const toMove = [...uidOf].filter(([item]) => !already?.has(item.messageId))
  if (toMove.length > 0) {
    const uids = toMove.map(([, uid]) => uid)
    const unmarked = uids.filter(uid => !there.get(uid)?.flags.includes('\\Deleted'))
    const { uidMap, uidValidity } = await intoMailbox(context, target, () =>
      orUnmarked(context.session, unmarked, () => context.session.move(uids, target.path)),
    )
    if (uidMap && (target.uidValidity === null || target.uidValidity === uidValidity)) {
      for (const [item, uid] of toMove) {
        const moved = uidMap.get(uid)
        if (moved !== undefined) newUids.set(item.messageId, moved)
      }
    }
  }
  // Their copy is in the target; what remains is the second half of the move.
  if (copied.length > 0)
    await removeOriginals(
      context,
      copied.map(([, uid]) => uid),
    )
  return lost
}

/**
 * What is neither where it was nor where it was to go: somebody else moved or removed it, or its mailbox. Which of the two the next pass
 * tells. What was moved elsewhere is there; what was removed is put where it was moved to here, when it is whole here and
 * not in the trash.
 */
function settleGone(context: ReplayContext, toMailboxId: MailboxId, gone: readonly Item[]): void {
  const { store, accountId, clock, isAfterPass } = context
  const left = gone.filter(({ messageId }) => isHereWithoutUid(context, messageId, toMailboxId))
  if (left.length === 0) return
  if (!isAfterPass) {
    const items = left.map(({ messageId, fromMailboxId, fromUid }) => ({ messageId, fromMailboxId, fromUid }))
    const again = store.tasks.add(accountId, { kind: 'move', items, toMailboxId })
    const problem = { code: 'not-found', detail: '' } as const
    store.tasks.setState(again, 'waiting', { problem, nextAttemptAtMs: clock.now() + retryMs })
    context.onOldListing()
    return
  }
  const isTrash = store.mailboxes.row(toMailboxId)?.role === 'trash'
  for (const { messageId, messageIdHeader } of left) {
    const isElsewhere = store.messages
      .findByMessageId(accountId, messageIdHeader)
      .some(({ id, uid }) => id !== messageId && uid !== null)
    if (isElsewhere || isTrash || !store.messages.raw(messageId)) store.messages.removeLocally([messageId])
    else {
      const flags = store.messages.exportFlags(messageId)
      store.tasks.add(accountId, {
        kind: 'append',
        messageId,
        mailboxId: toMailboxId,
        flags,
        replacesUid: null,
      })
    }
  }
}

const nullWhenOld = (error: unknown): null => {
  if (!isOldListing(error)) throw error
  return null
}

async function removeOriginals({ session }: ReplayContext, uids: readonly number[]): Promise<void> {
  if (session.capabilities.uidplus) await session.expunge(uids)
  else await session.storeFlags(uids, { add: ['\\Deleted'], remove: [] })
}

/** Looks for messages in the target by Message-ID. Returns those that were found. */
async function adopt(
  context: ReplayContext,
  target: MailboxRow,
  items: readonly Item[],
  newUids: Map<MessageId, number>,
): Promise<ReadonlySet<MessageId>> {
  const found = new Set<MessageId>()
  const open = items.filter(item => item.messageIdHeader !== '' && !newUids.has(item.messageId))
  if (open.length === 0) return found
  const { sameUids } = await intoMailbox(context, target, () => openForChange(context, target))
  for (const item of open) {
    const location = context.store.messages.location(item.messageId)
    if (location?.uid != null) {
      found.add(item.messageId)
      continue
    }
    const except = new Set(newUids.values())
    const uid = (await findUnclaimed(context, target.id, item.messageIdHeader, { sameUids, except })).at(-1)
    if (uid === undefined) continue
    found.add(item.messageId)
    if (sameUids) newUids.set(item.messageId, uid)
  }
  return found
}

function isHereWithoutUid({ store }: ReplayContext, id: MessageId, mailboxId: MailboxId): boolean {
  const location = store.messages.location(id)
  return location?.mailboxId === mailboxId && location.uid === null
}
