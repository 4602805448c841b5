import type { AttachmentInfo } from '../../../../../../shared/features/mail/model'
import type { OpenedMessage } from '../../../../ports/mail/opened-mail'
import { outsidePart } from '../../../../ports/mail/reading'
import type { Needs } from '../../../../ports/parts'

/** A part of a message as it is read; parts beside the protection are named apart. Null when there is no such part. */
export function readOpenedPart(
  { mime }: Needs<'mime'>,
  opened: OpenedMessage,
  partId: string,
): { info: AttachmentInfo; bytes: Uint8Array } | null {
  if (!partId.startsWith(outsidePart)) return mime.readPart(opened.effectiveRaw, partId)
  const isOffered = opened.outside?.attachments.some(each => each.partId === partId) ?? false
  return isOffered && opened.wrapping !== null
    ? mime.readPart(opened.wrapping, partId.slice(outsidePart.length))
    : null
}
