import { type Draft, filesPerDraft } from '../../../../../../shared/features/writing/model'
import type { MessageId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import { requireParsed } from '../../../../ports/mail/opened-mail'
import type { Needs } from '../../../../ports/parts'

/** Ids of pictures that stand in the HTML. */
const picturesIn = (html: string): ReadonlySet<string> =>
  new Set([...html.matchAll(/\bsrc\s*=\s*["']?cid:([^"'\s>]+)/gi)].map(([, id = '']) => decodedId(id)))

/** RFC 2392 §2: percent escapes; entities as they stand in an attribute. */
function decodedId(id: string): string {
  const text = id.replaceAll('&amp;', '&')
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** All files of a message, for a draft; pictures that stand in `html` keep their place. */
export async function copyAttachments(
  context: Needs<'builder' | 'reading', 'drafts' | 'transaction'>,
  draft: Draft,
  id: MessageId,
  html: string | null,
): Promise<void> {
  await context.reading.whole(id)
  const opened = await context.reading.open(id)
  const { attachments } = requireParsed(opened)
  if (attachments.length > filesPerDraft)
    throw new SiegelError('too-large', { limit: filesPerDraft, what: 'attachment' })
  const placed = html === null ? new Set<string>() : picturesIn(html)
  // All of them with one write to the disk.
  context.store.transaction(() => {
    for (const { partId, contentId } of attachments) {
      const part = context.reading.part(opened, partId)
      if (part)
        context.store.drafts.addAttachment(draft.id, {
          fileName: part.info.fileName,
          contentType: part.info.contentType,
          bytes: part.bytes,
          traces: context.builder.traces(part.bytes, part.info.fileName),
          contentId: contentId !== null && placed.has(contentId) ? contentId : null,
          isCopied: true,
        })
    }
  })
}

/** What the writer gets is whole, or there is no draft. */
export async function filled(
  context: Needs<never, 'drafts'>,
  draft: Draft,
  fill: () => Promise<void>,
): Promise<Draft> {
  try {
    await fill()
  } catch (error) {
    context.store.drafts.discard(draft.id)
    throw error
  }
  return context.store.drafts.get(draft.id) ?? draft
}
