import type { Draft } from '../../../../../../shared/features/writing/model'
import type { DraftStore } from '../../../../ports/writing/writing-store'

/** Texts whose clean form is remembered: a draft that is open is asked for at every change of its files and its place. */
const remembered = 8

/**
 * Drafts as they may enter a page: their HTML has been through the sanitiser, whichever program wrote it and however long ago.
 * It stands around the store, so that no use case can hand out a draft that was not cleaned.
 */
export function withCleanDrafts(drafts: DraftStore, cleanHtml: (html: string) => string): DraftStore {
  const known = new Map<string, string>()
  const clean = (html: string): string => {
    const done = known.get(html) ?? cleanHtml(html)
    known.delete(html)
    known.set(html, done)
    for (const oldest of known.keys()) {
      if (known.size <= remembered) break
      known.delete(oldest)
    }
    return done
  }
  const cleaned = (draft: Draft): Draft =>
    draft.content.html === null
      ? draft
      : { ...draft, content: { ...draft.content, html: clean(draft.content.html) } }
  const cleanedOrNull = (draft: Draft | null): Draft | null => draft && cleaned(draft)
  return {
    ...drafts,
    list: () => drafts.list().map(cleaned),
    get: id => cleanedOrNull(drafts.get(id)),
    create: given => cleaned(drafts.create(given)),
    save: (...given) => cleaned(drafts.save(...given)),
    changeAttachments: (...given) => cleaned(drafts.changeAttachments(...given)),
    uploadsWanted: beforeMs => drafts.uploadsWanted(beforeMs).map(cleaned),
    byServerMessage: messageId => cleanedOrNull(drafts.byServerMessage(messageId)),
  }
}
