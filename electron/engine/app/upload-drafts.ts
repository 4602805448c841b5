import type { Draft } from '../../../shared/model/compose'
import { localMessage } from '../sync/local-message'
import type { AppContext } from './context'
import { deleteForGood } from './delete-messages'
import { roleMailbox } from './move-messages'
import { outgoingMessage } from './outgoing-message'

/** A draft that rested this long goes to the server; every keystroke would be a message there. */
const restMs = 8_000
const checkEveryMs = 3_000

/** Puts the newest revision of a draft into the Drafts mailbox, here at once and on the server as a task. */
function uploadDraft(context: AppContext, draft: Draft): void {
  const { store, mime, builder } = context
  const { accountId } = draft.content
  const account = store.accounts.get(accountId)
  if (account?.config.kind !== 'imap') return
  const previous = store.drafts.uploadedMessage(draft.id)
  const before = previous === null ? null : store.messages.location(previous)
  // The earlier revision is still on its way: wait for its UID, otherwise it could not be replaced.
  if (before && before.uid === null) return
  const { raw } = builder.buildDraft(outgoingMessage(context, draft))
  const parsed = mime.parseMessage(raw)
  const flags = ['\\Draft', '\\Seen']
  store.transaction(() => {
    const mailboxId = roleMailbox(context, accountId, 'drafts')
    if (mailboxId === null) return
    // A UID means something in its own mailbox only: an earlier copy that lies elsewhere (the sender was changed, or
    // somebody moved it) is removed there.
    const here = before?.mailboxId === mailboxId
    if (previous !== null) {
      if (here) store.messages.removeLocally([previous])
      else deleteForGood(context, [previous])
    }
    const messageId = store.messages.insertLocal(
      mailboxId,
      localMessage(raw, parsed, { flags, internalDateMs: context.clock.now() }),
    )
    store.tasks.add(accountId, {
      kind: 'append',
      messageId,
      mailboxId,
      flags,
      replacesUid: here ? (before?.uid ?? null) : null,
    })
    store.drafts.markUploaded(draft.id, draft.revision, messageId)
  })
  context.sync.taskAdded(accountId)
}

/** Files drafts that rested since `beforeMs` and queues them for the server. */
export function uploadDrafts(context: AppContext, beforeMs: number): void {
  for (const draft of context.store.drafts.uploadsWanted(beforeMs)) {
    try {
      uploadDraft(context, draft)
    } catch (error) {
      // An address that is not valid yet stops the upload, not the draft: it is safe on disk.
      context.log.info('draft not uploaded', { code: error instanceof Error ? error.name : 'unknown' })
    }
  }
}

/** Uploads rested drafts in the background. Answers a function that stops it. */
export function startDraftUploads(context: AppContext): () => void {
  const timer = setInterval(() => uploadDrafts(context, context.clock.now() - restMs), checkEveryMs)
  timer.unref()
  return () => clearInterval(timer)
}
