import type { Element, ElementContent, Root, RootContent } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { toHtml } from 'hast-util-to-html'
import { cleanLink } from '../../../formats/mime/sanitize/link'
import { tameHtml } from '../../../formats/mime/sanitize/tame'
import { limits } from '../../../ports/limits'

/** Structure and emphasis only: nothing that loads, positions, or names the program that wrote it. */
const allowed: ReadonlySet<string> = new Set(
  (
    'a b blockquote br code del em h1 h2 h3 h4 h5 h6 hr i li ol p pre s span div strike strong sub sup u ul ' +
    'table thead tbody tfoot tr td th caption img'
  ).split(' '),
)

/**
 * The HTML alternative of an outgoing message: allowed elements without attributes, except link targets, list
 * starts, cell spans, and pictures that go along with the message. No class, style, id or remote reference leaves with it.
 * `pictureId`: the Content-ID of a picture by the id the draft knows it under, null for none.
 */
export function outgoingHtml(html: string, pictureId: PictureId = () => null): string {
  return `<!doctype html>\n<html><head><meta charset="utf-8"></head><body>\n${bareBody(html, pictureId)}\n</body></html>\n`
}

/**
 * HTML that is written on in the window: what would leave with a message and nothing else, whoever wrote it. Pictures keep their
 * `cid:` address (RFC 2392); whether it names a file of the draft is seen where it is shown or sent.
 */
export const editableHtml = (html: string): string =>
  bareBody(html, id => encodeURIComponent(id.toWellFormed()))

function bareBody(html: string, pictureId: PictureId): string {
  const tamed = tameHtml(html.slice(0, limits.htmlCharacters), { blocked: 0 })
  const root = fromHtml(tamed.html, { fragment: true })
  clean(root, pictureId)
  return toHtml(root)
}

function clean(parent: Root | Element, pictureId: PictureId): void {
  const kept: ElementContent[] = []
  for (const child of parent.children) {
    if (child.type === 'text') kept.push({ type: 'text', value: child.value })
    else if (child.type === 'element') {
      clean(child, pictureId)
      if (child.tagName === 'img') kept.push(...pictureOf(child, pictureId))
      else if (allowed.has(child.tagName)) kept.push({ ...child, properties: attributesOf(child) })
      else kept.push(...child.children)
    }
  }
  parent.children = kept as RootContent[] & ElementContent[]
}

type PictureId = (id: string) => string | null

/** A picture that does not go along leaves its words. */
function pictureOf({ properties }: Element, pictureId: PictureId): ElementContent[] {
  const alt = typeof properties['alt'] === 'string' ? properties['alt'].slice(0, 1000) : ''
  const id = /^cid:(.+)$/is.exec(String(properties['src'] ?? ''))?.[1]
  const contentId = id === undefined ? null : pictureId(decoded(id))
  if (contentId === null) return alt === '' ? [] : [{ type: 'text', value: `[${alt}]` }]
  const sizes: Element['properties'] = {}
  for (const name of ['width', 'height'])
    if (/^[1-9]\d{0,4}$/.test(String(properties[name]))) sizes[name] = String(properties[name])
  const shown = { src: `cid:${contentId}`, alt, ...sizes }
  return [{ type: 'element', tagName: 'img', properties: shown, children: [] }]
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}

function attributesOf(element: Element): Element['properties'] {
  const { properties } = element
  if (element.tagName === 'a') {
    const href = cleanLink(properties['href'])
    return href === null ? {} : { href }
  }
  if (element.tagName === 'ol' && /^\d{1,6}$/.test(String(properties['start'])))
    return { start: properties['start'] }
  if (element.tagName === 'td' || element.tagName === 'th') {
    const spans: Element['properties'] = {}
    for (const name of ['colSpan', 'rowSpan'])
      if (/^\d{1,3}$/.test(String(properties[name]))) spans[name] = properties[name]
    return spans
  }
  return {}
}
