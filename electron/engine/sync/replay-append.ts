import { SiegelError } from '../../../shared/ipc/result'
import type { MailboxId } from '../../../shared/model/ids'
import type { TaskPayload } from '../ports'
import { findUnclaimed, identify, mailboxOf, openForChange } from './remote-messages'
import type { ReplayContext } from './replay-tasks'

type Payload = Extract<TaskPayload, { kind: 'append' }>

/**
 * Puts a message of this machine into a mailbox of the server, once: its Message-ID is looked for first, since the
 * answer to an earlier APPEND may have been lost. Afterwards the version it replaces is removed.
 */
export async function replayAppend(context: ReplayContext, payload: Payload): Promise<() => void> {
  const { store } = context
  const location = store.messages.location(payload.messageId)
  const row = mailboxOf(context, payload.mailboxId)
  const { uidValidity, sameUids } = await openForChange(context, row)
  // Gone or moved here since: nothing to put there. Already there: a sync has found it.
  const wanted = location !== null && location.mailboxId === payload.mailboxId && location.uid === null
  const uid = wanted ? await appendOnce(context, payload, location.messageIdHeader, uidValidity) : null
  if (payload.replacesUid !== null && sameUids) await removeReplaced(context, row.id, payload.replacesUid)
  return () => {
    if (uid !== null && sameUids && store.messages.location(payload.messageId)?.uid === null)
      store.messages.setUid(payload.messageId, uid)
    if (payload.replacesUid !== null)
      store.messages.releaseUids([{ fromMailboxId: payload.mailboxId, fromUid: payload.replacesUid }])
  }
}

async function appendOnce(
  context: ReplayContext,
  payload: Payload,
  messageIdHeader: string,
  uidValidity: number,
): Promise<number | null> {
  const { store, session } = context
  const raw = store.messages.raw(payload.messageId)
  if (!raw) throw new SiegelError('body-not-here', { detail: 'the message is not on this machine' })
  const except = new Set(payload.replacesUid === null ? [] : [payload.replacesUid])
  const before = await findUnclaimed(context, payload.mailboxId, messageIdHeader, except)
  // Versions of a draft share their Message-ID: the same version has the same size.
  if (before !== null && (await identify(context, [before])).get(before)?.sizeBytes === raw.length)
    return before
  const row = mailboxOf(context, payload.mailboxId)
  const date = store.messages.summaries([payload.messageId])[0]?.dateMs ?? null
  const appended = await session.append(row.path, raw, { flags: payload.flags, internalDateMs: date })
  if (appended.uid !== null && appended.uidValidity === uidValidity) return appended.uid
  if (before !== null) except.add(before)
  return findUnclaimed(context, payload.mailboxId, messageIdHeader, except)
}

/** The old version, unless that UID is another message's by now (the mailbox was replaced on the server). */
async function removeReplaced(
  { session, store }: ReplayContext,
  mailboxId: MailboxId,
  uid: number,
): Promise<void> {
  const here = store.messages.index({ mailboxId, role: null, unreadOnly: false, flaggedOnly: false })
  if (store.messages.locations(here).some(location => location.uid === uid)) return
  if (session.capabilities.uidplus) await session.expunge([uid])
  else await session.storeFlags([uid], { add: ['\\Deleted'], remove: [] })
}
