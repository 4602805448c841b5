import type { Draft, DraftAttachment } from '../../../../../../shared/features/writing/model'
import { SiegelError } from '../../../../../../shared/kit/result'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { requireEditable } from './require-draft'

/** One of them, or all. Throws `not-found`. */
function chosen(draft: Draft, attachmentId: number | null): readonly DraftAttachment[] {
  const found = draft.attachments.filter(each => attachmentId === null || each.id === attachmentId)
  if (attachmentId !== null && found.length === 0) throw new SiegelError('not-found', { what: 'attachment' })
  return found
}

/** What a name says about the kind of file: its extension, also a double one like `.tar.gz`. */
const extension = (fileName: string): string =>
  /(?:\.tar)?\.[a-z0-9]{1,8}$/i.exec(fileName)?.[0].toLowerCase() ?? ''

/** A name that says nothing but place and kind, in no language: `2.pdf`. */
function neutralName(draft: Draft, attachment: DraftAttachment): string {
  const others = new Set(draft.attachments.filter(each => each !== attachment).map(each => each.fileName))
  const end = extension(attachment.fileName)
  let number = draft.attachments.indexOf(attachment) + 1
  while (others.has(`${number}${end}`)) number += draft.attachments.length
  return `${number}${end}`
}

/** Names of attachments, and whether hidden data of images goes along. Both can be taken back until the message is sent. */
export function attachmentUseCases(
  context: Needs<never, 'drafts' | 'outbox'>,
): Pick<UseCases, 'drafts.renameAttachments' | 'drafts.keepTraces'> {
  const { drafts } = context.store
  return {
    'drafts.renameAttachments': ({ draftId, attachmentId, name }) => {
      const draft = requireEditable(context, draftId)
      const meant = chosen(draft, attachmentId)
      if (name.kind === 'own' && attachmentId === null)
        throw new SiegelError('bad-request', { field: 'attachmentId' })
      return drafts.changeAttachments(
        draftId,
        meant.map(each => ({
          attachmentId: each.id,
          fileName:
            name.kind === 'own'
              ? name.fileName
              : name.kind === 'neutral'
                ? neutralName(draft, each)
                : each.originalName === null
                  ? each.fileName
                  : null,
        })),
      )
    },
    'drafts.keepTraces': ({ draftId, attachmentId, keep }) =>
      drafts.changeAttachments(
        draftId,
        chosen(requireEditable(context, draftId), attachmentId).map(({ id }) => ({
          attachmentId: id,
          keepsTraces: keep,
        })),
      ),
  }
}
