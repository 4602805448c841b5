import { basename } from 'node:path'
import { SiegelError } from '../../../shared/ipc/result'
import type { Draft } from '../../../shared/model/compose'
import type { DraftId } from '../../../shared/model/ids'
import { limits } from '../mail/limits'
import { contentTypeOf } from './content-type-of'
import type { AppContext, UseCases } from './context'
import { deleteForGood } from './delete-messages'
import { finishedMessage, lockedWithPassphrase } from './finished-message'
import { outgoingMessage } from './outgoing-message'
import { requireDraft, requireEditable } from './require-draft'

/** Removes the copy of a draft from the Drafts mailbox, here and on the server. */
export function removeServerCopy(context: AppContext, id: DraftId): void {
  const messageId = context.store.drafts.uploadedMessage(id)
  if (messageId !== null) deleteForGood(context, [messageId])
}

/**
 * Drops a draft that nobody touched. A copy that lay there before it was opened for writing on is another program's and
 * stays; one that was uploaded from here, with words that were taken back since, goes.
 */
function forgetUntouched(context: AppContext, id: DraftId): void {
  const { drafts } = context.store
  const isOwn = drafts.origin(id).start !== null
  context.store.transaction(() => {
    if (isOwn) removeServerCopy(context, id)
    drafts.discard(id)
  })
}

/** Drops what was opened and never touched when the program ended the last time. */
export function forgetUntouchedDrafts(context: AppContext): void {
  for (const id of context.store.drafts.untouched()) forgetUntouched(context, id)
}

function checkRoom(draft: Draft, sizeBytes: number): void {
  const total = draft.attachments.reduce((sum, each) => sum + each.sizeBytes, sizeBytes)
  if (total > limits.outgoingBytes) throw new SiegelError('too-large', { limitBytes: limits.outgoingBytes })
}

/** What SMTP would carry; while nobody is addressed yet, the same message as a draft in clear. */
async function previewBytes(
  context: AppContext,
  draft: Draft,
  passphrase: string | null,
): Promise<Uint8Array> {
  if (passphrase !== null) return (await lockedWithPassphrase(context, draft, passphrase)).raw
  const { to, cc, bcc } = draft.content
  return to.length + cc.length + bcc.length > 0
    ? (await finishedMessage(context, draft)).raw
    : context.builder.buildDraft(outgoingMessage(context, draft)).raw
}

/** Drafts: every save is durable before it answers. */
export function draftUseCases(
  context: AppContext,
): Pick<
  UseCases,
  | 'drafts.get'
  | 'drafts.list'
  | 'drafts.save'
  | 'drafts.discard'
  | 'drafts.leave'
  | 'drafts.readAttachment'
  | 'drafts.addAttachment'
  | 'drafts.addAttachmentFiles'
  | 'drafts.removeAttachment'
  | 'drafts.preview'
> {
  const { drafts, outbox } = context.store
  return {
    'drafts.get': ({ draftId }) => requireDraft(context, draftId),
    'drafts.list': () => [...drafts.list()],
    'drafts.save': ({ draftId, content, revision, as }) => {
      requireEditable(context, draftId)
      return drafts.save(draftId, content, revision, as)
    },
    'drafts.leave': ({ draftId }) => {
      if (requireEditable(context, draftId).touched) return { kept: true }
      forgetUntouched(context, draftId)
      return { kept: false }
    },
    'drafts.readAttachment': ({ draftId, attachmentId }) => {
      const isOfDraft = requireDraft(context, draftId).attachments.some(({ id }) => id === attachmentId)
      const file = isOfDraft ? drafts.attachmentBytes(attachmentId) : null
      if (!file) throw new SiegelError('not-found', { what: 'attachment' })
      return file
    },
    'drafts.discard': ({ draftId }) => {
      requireEditable(context, draftId)
      context.store.transaction(() => {
        // What the server refused goes with its draft: without one it could not be taken back any more.
        for (const { id, draftId: of } of outbox.list()) if (of === draftId) outbox.remove(id)
        removeServerCopy(context, draftId)
        drafts.discard(draftId)
      })
      return {}
    },
    'drafts.addAttachment': ({ draftId, fileName, contentType, bytes }) => {
      checkRoom(requireEditable(context, draftId), bytes.length)
      return drafts.addAttachment(draftId, {
        fileName,
        contentType: contentType || contentTypeOf(fileName),
        bytes,
        traces: context.builder.traces(bytes, fileName),
      })
    },
    'drafts.addAttachmentFiles': async ({ draftId, paths }) => {
      const added = []
      for (const path of paths) {
        const bytes = await context.files.read(path, limits.outgoingBytes)
        checkRoom(requireEditable(context, draftId), bytes.length)
        added.push(
          drafts.addAttachment(draftId, {
            fileName: basename(path),
            contentType: contentTypeOf(path),
            bytes,
            traces: context.builder.traces(bytes, path),
          }),
        )
      }
      return added
    },
    'drafts.removeAttachment': ({ draftId, attachmentId }) => {
      requireEditable(context, draftId)
      drafts.removeAttachment(draftId, attachmentId)
      return {}
    },
    'drafts.preview': async ({ draftId, passphrase }) => {
      const raw = await previewBytes(context, requireDraft(context, draftId), passphrase)
      return { bytes: raw, text: new TextDecoder('utf-8').decode(raw) }
    },
  }
}
