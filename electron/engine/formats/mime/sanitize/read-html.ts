import type { CleanHtml } from '../../../ports/mail/mime'
import { sanitizing } from './sanitize-html'
import { inSlices } from './slices'

/** Bodies that are kept: the one that is read, and one that was opened in it or just before. */
const remembered = 2

const recent = new Map<string, Promise<CleanHtml>>()

/**
 * A body, cleaned and judged: once for all who ask for it (the reader asks for facts, then for the document, and again when
 * pictures came), and in slices, so that a long one keeps nobody waiting. What is kept ends with the process, as the mail does.
 */
export function readHtml(html: string): Promise<CleanHtml> {
  const work = recent.get(html) ?? inSlices(sanitizing(html))
  recent.delete(html)
  recent.set(html, work)
  for (const oldest of recent.keys()) {
    if (recent.size <= remembered) break
    recent.delete(oldest)
  }
  return work
}
