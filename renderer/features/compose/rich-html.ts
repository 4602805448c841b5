import { DOMSerializer, type Node } from '@tiptap/pm/model'

/**
 * The HTML of an editor's document. It is made in a document that shows nothing: made in the page's own, a picture in the text
 * would be looked for at its `cid:` address, which only means something inside the message.
 */
export function htmlOf(content: Node): string {
  const inert = document.implementation.createHTMLDocument()
  const holder = inert.createElement('div')
  DOMSerializer.fromSchema(content.type.schema).serializeFragment(
    content.content,
    { document: inert },
    holder,
  )
  return holder.innerHTML
}

/** The HTML without the empty lines at its end; the editor puts one behind a quote or a table by itself. */
export const settledHtml = (html: string): string => html.replace(/(?:<p><\/p>)+$/, '')
