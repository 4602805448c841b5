import { hasMailServer } from '../../../../../../shared/features/accounts/services'
import type { Draft } from '../../../../../../shared/features/writing/model'
import { localMessage } from '../../../../kit/local-message'
import { roleMailbox } from '../../../../kit/mailboxes/role-mailbox'
import type { ParsedMessage } from '../../../../ports/mail/mime'
import type { Needs } from '../../../../ports/parts'
import { outgoingMessage } from '../send/outgoing-message'
import { ownKeyOf } from '../send/recipient-keys'

/** A draft that rested this long goes to the server; every keystroke would be a message there. */
const restMs = 8_000
const checkEveryMs = 3_000

/** The bytes for the server and how they read here: encrypted to the writer where the account has a key. */
async function draftBytes(
  context: Needs<
    'builder' | 'clock' | 'mime' | 'protectedBuilder' | 'random',
    'accounts' | 'drafts' | 'messages' | 'openpgp'
  >,
  draft: Draft,
): Promise<{ raw: Uint8Array; parsed: ParsedMessage }> {
  const { mime, builder, protectedBuilder, store } = context
  const { accountId, protection } = draft.content
  const message = outgoingMessage(context, draft)
  const own = ownKeyOf(context, accountId)
  if (store.openpgp.settings(accountId).key === null || own === null) {
    const { raw } = builder.buildDraft(message)
    return { raw, parsed: mime.parseMessage(raw) }
  }
  const { raw, plain } = await protectedBuilder.buildDraft(message, {
    own: own.publicKey,
    state: protection,
  })
  const parsed = mime.parseMessage(plain)
  return {
    raw,
    parsed: store.openpgp.settings(accountId).indexDecrypted
      ? parsed
      : { ...mime.parseMessage(raw), header: parsed.header },
  }
}

/** Puts the newest revision of a draft into the Drafts mailbox, here at once and on the server as a task. */
async function uploadDraft(
  context: Needs<
    'builder' | 'changes' | 'clock' | 'mime' | 'protectedBuilder' | 'random' | 'sync',
    'accounts' | 'drafts' | 'mailboxes' | 'messages' | 'openpgp' | 'servers' | 'tasks' | 'transaction'
  >,
  draft: Draft,
): Promise<void> {
  const { store } = context
  const { accountId } = draft.content
  if (!hasMailServer(store.accounts.get(accountId))) return
  if (isOnItsWay(context, draft)) return
  const { raw, parsed } = await draftBytes(context, draft)
  // While it was encrypted the writer went on, sent it, or threw it away.
  const now = store.drafts.get(draft.id)
  if (now?.revision !== draft.revision || now.updatedAtMs !== draft.updatedAtMs) return
  if (isOnItsWay(context, draft)) return
  fileDraft(context, draft, raw, parsed)
  context.sync.taskAdded(accountId)
}

/**
 * The earlier revision has no UID yet: wait for it, otherwise it could not be replaced. One whose upload was given up
 * is only here, and the new one takes its place.
 */
function isOnItsWay({ store }: Needs<never, 'drafts' | 'messages' | 'tasks'>, draft: Draft): boolean {
  const previous = store.drafts.uploadedMessage(draft.id)
  return (
    previous !== null &&
    store.messages.location(previous)?.uid === null &&
    store.tasks.isOpen('append', previous)
  )
}

function fileDraft(
  context: Needs<
    'changes' | 'clock',
    'accounts' | 'drafts' | 'mailboxes' | 'messages' | 'servers' | 'tasks' | 'transaction'
  >,
  draft: Draft,
  raw: Uint8Array,
  parsed: ParsedMessage,
): void {
  const { store } = context
  const { accountId } = draft.content
  const flags = ['\\Draft', '\\Seen']
  store.transaction(() => {
    const mailboxId = roleMailbox(store, accountId, 'drafts')
    if (mailboxId === null) return
    const previous = store.drafts.uploadedMessage(draft.id)
    const before = previous === null ? null : store.messages.location(previous)
    // A UID means something in its own mailbox only: an earlier copy that lies elsewhere (the sender was changed, or
    // somebody moved it) is removed there.
    const here = before?.mailboxId === mailboxId
    if (previous !== null) {
      if (here) store.messages.removeLocally([previous])
      else context.changes.deleteForGood([previous])
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
}

/** Files drafts that rested since `beforeMs` and queues them for the server. */
export async function uploadDrafts(
  context: Needs<
    'builder' | 'changes' | 'clock' | 'log' | 'mime' | 'protectedBuilder' | 'random' | 'sync',
    'accounts' | 'drafts' | 'mailboxes' | 'messages' | 'openpgp' | 'servers' | 'tasks' | 'transaction'
  >,
  beforeMs: number,
): Promise<void> {
  for (const draft of context.store.drafts.uploadsWanted(beforeMs)) {
    try {
      await uploadDraft(context, draft)
    } catch (error) {
      // An address that is not valid yet stops the upload, not the draft: it is safe on disk.
      context.log.info('draft not uploaded', { code: error instanceof Error ? error.name : 'unknown' })
    }
  }
}

/** Uploads rested drafts in the background. Answers a function that stops it. */
export function startDraftUploads(
  context: Needs<
    'builder' | 'changes' | 'clock' | 'log' | 'mime' | 'protectedBuilder' | 'random' | 'sync',
    'accounts' | 'drafts' | 'mailboxes' | 'messages' | 'openpgp' | 'servers' | 'tasks' | 'transaction'
  >,
): () => void {
  let isUploading = false
  const upload = async () => {
    if (isUploading) return
    isUploading = true
    try {
      await uploadDrafts(context, context.clock.now() - restMs)
    } finally {
      isUploading = false
    }
  }
  const timer = setInterval(() => void upload(), checkEveryMs)
  timer.unref()
  return () => clearInterval(timer)
}
