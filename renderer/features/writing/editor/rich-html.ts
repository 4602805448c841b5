import { DOMSerializer, type Node } from '@tiptap/pm/model'
import { addressPictures } from './picture-node'

/** The HTML of an editor's document, made in a document that loads nothing, as pictures have their address in it. */
export function htmlOf(content: Node): string {
  const inert = document.implementation.createHTMLDocument()
  const holder = inert.createElement('div')
  DOMSerializer.fromSchema(content.type.schema).serializeFragment(
    content.content,
    { document: inert },
    holder,
  )
  addressPictures(holder)
  return holder.getHTML()
}

/** The HTML without the empty lines at its end; the editor puts one behind a quote or a table by itself. */
export const settledHtml = (html: string): string => html.replace(/(?:<p><\/p>)+$/, '')
