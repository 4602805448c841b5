import { tokenizeHtml } from '../../../../../shared/html/tokens'
import { placedPicture } from '../../../ports/mail/mime'
import { droppedWithContent } from '../sanitize/schema'
import { decodeEntities } from '../text/html-entities'

/** Where a picture of the message that has a place in the text is had: by its Content-ID or, without one, by its number. */
export const pictureUrl = (contentId: string, partId: string): string =>
  `cid:${encodeURIComponent(contentId === '' ? placedPicture + partId : contentId)}`

/** Content-IDs of the pictures that a document shows. Other references (links, styles) show nothing. */
export function picturesOfDocument(html: string): Set<string> {
  const found = new Set<string>()
  if (!/cid:/i.test(html)) return found
  let dropped = 0
  tokenizeHtml(
    html,
    {
      text() {},
      rawText() {},
      close(name) {
        if (droppedWithContent.has(name)) dropped = Math.max(0, dropped - 1)
      },
      open(name, attributes) {
        if (droppedWithContent.has(name)) dropped++
        if (dropped > 0) return
        const source = name === 'img' ? decodeEntities(attributes?.get('src') ?? '').trim() : ''
        if (/^cid:/i.test(source)) found.add(decodeCid(source.slice(4)))
      },
    },
    true,
  )
  return found
}

/** RFC 2392: percent escapes; what is none stays as it is. */
export function decodeCid(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
