import { SiegelError } from '../../../shared/ipc/result'
import type { MailboxId } from '../../../shared/model/ids'
import type { TaskPayload } from '../ports/store'
import { findUnclaimed, identify, intoMailbox, mailboxOf, openForChange } from './remote-messages'
import type { ReplayContext } from './replay-context'
import { isAutomatic } from './sent-copies/take-away-second'

type Payload = Extract<TaskPayload, { kind: 'append' }>

/**
 * Puts a message of this machine into a mailbox of the server, once: its Message-ID is looked for first, since the
 * answer to an earlier APPEND may have been lost. Afterwards the version it replaces is removed.
 */
export async function replayAppend(
  context: ReplayContext,
  payload: Payload,
  begunBefore: boolean,
): Promise<() => void> {
  const { store } = context
  const location = store.messages.location(payload.messageId)
  const row = mailboxOf(context, payload.mailboxId)
  const opened = await intoMailbox(context, row, () => openForChange(context, row))
  const { sameUids } = opened
  // Removed here since: nothing to put there. With a UID: a sync has found it there. One that was moved on here is
  // still put where it was: the move that is queued behind takes it from there.
  const wanted = location !== null && location.uid === null
  if (wanted && payload.sentCopy === true && isAutomatic(store, context.accountId)) {
    const filed = await filedByProvider(context, location.messageIdHeader, begunBefore)
    if (filed !== null) return () => leaveTo(context, payload, filed, opened.sameUids)
  }
  const uid = wanted ? await appendOnce(context, payload, location.messageIdHeader, opened) : null
  if (payload.replacesUid !== null && sameUids) await removeReplaced(context, row.id, payload.replacesUid)
  return () => {
    const now = store.messages.location(payload.messageId)
    if (uid !== null && sameUids && now?.uid === null) store.messages.setUid(payload.messageId, uid)
    // Removed here while it was on its way (a draft that was sent meanwhile): its copy on the server goes too.
    if (uid !== null && sameUids && location !== null && now === null) {
      const { messageIdHeader } = location
      const items = [{ fromMailboxId: payload.mailboxId, fromUid: uid, messageIdHeader }]
      store.tasks.add(context.accountId, { kind: 'expunge', items })
    }
    // Without UIDPLUS the old version is still there, marked: its UID stays remembered.
    if (payload.replacesUid !== null && context.session.capabilities.uidplus)
      store.messages.releaseUids([{ fromMailboxId: payload.mailboxId, fromUid: payload.replacesUid }])
  }
}

/** The UID of a copy in the open mailbox that is there before ours was put there: the provider has filed it. */
async function filedByProvider(
  context: ReplayContext,
  messageIdHeader: string,
  begunBefore: boolean,
): Promise<number | null> {
  const uid = (await context.session.searchMessageId(messageIdHeader)).at(-1)
  if (uid === undefined) return null
  // After an interrupted try it may be ours.
  if (!begunBefore && context.store.sentCopies.learn(context.accountId)) context.onLearned()
  return uid
}

/** Our copy becomes the provider's: it takes its UID, or goes where a sync has brought the provider's already. */
function leaveTo({ store }: ReplayContext, payload: Payload, uid: number, sameUids: boolean): void {
  const location = store.messages.location(payload.messageId)
  store.sentCopies.forget(payload.messageId)
  if (location?.uid !== null) return
  if (sameUids && !store.messages.knownUids(payload.mailboxId).includes(uid))
    store.messages.setUid(payload.messageId, uid)
  else store.messages.removeLocally([payload.messageId])
}

async function appendOnce(
  context: ReplayContext,
  payload: Payload,
  messageIdHeader: string,
  opened: { uidValidity: number; sameUids: boolean },
): Promise<number | null> {
  const { store, session } = context
  const raw = store.messages.raw(payload.messageId)
  if (!raw) throw new SiegelError('body-not-here', { detail: 'the message is not on this machine' })
  const except = new Set(payload.replacesUid === null ? [] : [payload.replacesUid])
  const look = { sameUids: opened.sameUids, except }
  const before = await findUnclaimed(context, payload.mailboxId, messageIdHeader, look)
  for (const [uid, { sizeBytes }] of await identify(context, before)) {
    // Another version of it would have another size.
    if (sizeBytes === raw.length) return uid
    except.add(uid)
  }
  const row = mailboxOf(context, payload.mailboxId)
  const internalDateMs = store.messages.internalDateMs(payload.messageId)
  const appended = await session.append(row.path, raw, { flags: payload.flags, internalDateMs })
  if (appended.uid !== null && appended.uidValidity === opened.uidValidity) return appended.uid
  return (await findUnclaimed(context, payload.mailboxId, messageIdHeader, look)).at(-1) ?? null
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
