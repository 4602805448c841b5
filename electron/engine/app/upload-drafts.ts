import type { Draft } from '../../../shared/model/compose'
import { localMessage } from '../sync/local-message'
import type { AppContext } from './context'
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
    if (previous !== null) store.messages.removeLocally([previous])
    const messageId = store.messages.insertLocal(
      mailboxId,
      localMessage(raw, parsed, { flags, internalDateMs: context.clock.now() }),
    )
    store.tasks.add(accountId, {
      kind: 'append',
      messageId,
      mailboxId,
      flags,
      replacesUid: before?.uid ?? null,
    })
    store.drafts.markUploaded(draft.id, draft.revision, messageId)
  })
  context.sync.taskAdded(accountId)
}

/** Uploads rested drafts in the background. Answers a function that stops it. */
export function startDraftUploads(context: AppContext): () => void {
  const timer = setInterval(() => {
    for (const draft of context.store.drafts.uploadsWanted(context.clock.now() - restMs)) {
      try {
        uploadDraft(context, draft)
      } catch (error) {
        // An address that is not valid yet stops the upload, not the draft: it is safe on disk.
        context.log.info('draft not uploaded', { code: error instanceof Error ? error.name : 'unknown' })
      }
    }
  }, checkEveryMs)
  timer.unref()
  return () => clearInterval(timer)
}
