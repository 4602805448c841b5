import type { Element, ElementContent, Root, RootContent } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { toHtml } from 'hast-util-to-html'
import { limits } from '../../limits'
import { decodeEntities } from '../html-entities'
import { decodeCid } from '../pictures'
import { type CssFacts, cleanStyleAttribute, cleanStyleSheet, maxStyleSheetCharacters } from './css'
import { documentAround } from './document'
import { cleanAnchor, cleanLink, cleanName } from './link'
import { countSrcset, isRemote, isTracker } from './remote'
import { allowedElements, elementProperties, globalProperties } from './schema'
import { type TamedHtml, tameHtml } from './tame'

/** What may stand in place of a remote image: nothing that a browser could fetch from outside. */
const ownAddress =
  /^(attachment:\/\/remote\/\d+\/\d+|data:image\/(png|gif|jpeg|webp|avif);base64,[a-z0-9+/=]*)$/i

type Context = {
  facts: CssFacts
  cidUrl: (contentId: string) => string | null
  remoteUrl: (source: string) => string | null
  styles: Map<string, { clean: string; blocked: number; ownColours: boolean }>
}

/**
 * A hostile HTML body as a whole document that loads nothing, runs nothing and submits nothing: tokens are bounded
 * and filtered (tame.ts), parsed by parse5, walked against an allow-list, CSS cleaned, and written anew. Remote
 * references are removed and counted. `remoteUrl` may put an address of our own in place of a remote image that is
 * no tracker; such an image does not count as blocked. Everything else remote goes whatever it answers. Linear in its
 * input; bodies over `limits.htmlCharacters` are cut.
 */
export function sanitizeHtml(
  html: string,
  options: {
    cidUrl: (contentId: string) => string | null
    remoteUrl?: (source: string) => string | null
  },
): { html: string; blockedRemoteCount: number; trackerCount: number } {
  const facts: CssFacts = { blocked: 0, trackers: 0, ownColours: false }
  const tamed = tameHtml(html.slice(0, limits.htmlCharacters), facts)
  const root = fromHtml(tamed.html, { fragment: true })
  const { cidUrl, remoteUrl = () => null } = options
  const context: Context = { facts, cidUrl, remoteUrl, styles: new Map() }
  cleanChildren(root, context)

  let mailStyle = ''
  let sheetCharacters = 0
  for (const sheet of tamed.styleSheets) {
    sheetCharacters += sheet.length
    if (sheetCharacters <= maxStyleSheetCharacters) mailStyle += cleanStyleSheet(sheet, facts)
  }
  const bodyStyle = styleOfBody(tamed.body, facts)
  return {
    html: documentAround(toHtml(root), mailStyle, bodyStyle, facts.ownColours, directionOf(tamed)),
    blockedRemoteCount: facts.blocked,
    trackerCount: facts.trackers,
  }
}

/** Second wall: only known elements with known attributes stay, whatever the tree holds. */
function cleanChildren(parent: Root | Element, context: Context): void {
  const kept: ElementContent[] = []
  for (const child of parent.children) {
    if (child.type === 'text') kept.push({ type: 'text', value: child.value })
    else if (child.type === 'element' && allowedElements.has(child.tagName))
      kept.push(cleanElement(child, context))
  }
  parent.children = kept as RootContent[] & ElementContent[]
}

function cleanElement(element: Element, context: Context): Element {
  const { facts } = context
  const before = element.properties
  const after: Element['properties'] = {}
  const own = Object.hasOwn(elementProperties, element.tagName)
    ? elementProperties[element.tagName]
    : undefined
  for (const [name, value] of Object.entries(before)) {
    const pattern =
      own && Object.hasOwn(own, name)
        ? own[name]
        : Object.hasOwn(globalProperties, name)
          ? globalProperties[name]
          : undefined
    if (pattern?.test(String(value))) after[name] = value
  }
  if (after['bgColor'] !== undefined || after['color'] !== undefined) facts.ownColours = true
  const style = typeof before['style'] === 'string' ? cleanStyle(before['style'], context) : ''
  if (style !== '') after['style'] = style
  const classes = Array.isArray(before['className']) ? before['className'] : []
  const safeClasses = classes
    .map(String)
    .filter(name => /^[\w-]{1,100}$/.test(name))
    .slice(0, 50)
  if (safeClasses.length > 0) after['className'] = safeClasses.map(name => `m-${name}`)
  // `<a name>` is how mail writers mark places; as an id it is found and clobbers nothing.
  const name = cleanName(before['id']) ?? (element.tagName === 'a' ? cleanName(before['name']) : null)
  if (name !== null) after['id'] = name
  if (typeof before['background'] === 'string' && isRemote(before['background'])) facts.blocked++

  if (element.tagName === 'a') {
    const href = cleanLink(before['href'])
    if (href !== null) {
      after['href'] = href
      after['rel'] = ['noopener', 'noreferrer']
    }
    const anchor = cleanAnchor(before['href'])
    if (anchor !== null) {
      after['href'] = anchor
      after['target'] = '_self'
    }
  }
  if (element.tagName === 'img') cleanImage(before, after, style, context)
  element.properties = after
  cleanChildren(element, context)
  return element
}

/** Mail repeats its styles hundreds of times: each text is read once, what it wanted to fetch is counted each time. */
function cleanStyle(style: string, context: Context): string {
  let known = context.styles.get(style)
  if (known === undefined) {
    const own: CssFacts = { blocked: 0, trackers: 0, ownColours: false }
    known = { clean: cleanStyleAttribute(style, own), blocked: own.blocked, ownColours: own.ownColours }
    if (context.styles.size < 2000) context.styles.set(style, known)
  }
  context.facts.blocked += known.blocked
  if (known.ownColours) context.facts.ownColours = true
  return known.clean
}

function cleanImage(
  before: Element['properties'],
  after: Element['properties'],
  style: string,
  context: Context,
): void {
  const { facts } = context
  if (typeof before['srcSet'] === 'string') facts.blocked += countSrcset(before['srcSet'])
  else if (Array.isArray(before['srcSet'])) facts.blocked += countSrcset(String(before['srcSet']))
  for (const name of ['lowSrc', 'dynSrc', 'lowsrc', 'dynsrc', 'longDesc']) {
    const value = before[name]
    if (name !== 'longDesc' && typeof value === 'string' && isRemote(value)) facts.blocked++
  }
  const source = typeof before['src'] === 'string' ? before['src'].trim() : ''
  if (/^cid:/i.test(source)) {
    const url = context.cidUrl(decodeCid(source.slice(4)))
    if (url !== null) after['src'] = url
  } else if (/^data:image\/(png|gif|jpe?g|webp|bmp);base64,[a-z0-9+/=\s]*$/i.test(source)) {
    after['src'] = source
  } else if (isRemote(source)) {
    const tracks = isTracker(source, {
      tiny: isTiny(before, style),
      hidden: /display:none|visibility:hidden|opacity:0(;|$|\.0)/i.test(style),
    })
    const url = tracks ? null : context.remoteUrl(source)
    if (url !== null && ownAddress.test(url)) after['src'] = url
    else facts.blocked++
    if (tracks) facts.trackers++
  }
}

function isTiny(before: Element['properties'], style: string): boolean {
  const width = sizeOf(before['width'], 'width', style)
  const height = sizeOf(before['height'], 'height', style)
  return (
    (width !== null && width <= 2 && (height === null || height <= 2)) ||
    (height !== null && height <= 2 && width === null)
  )
}

function sizeOf(attribute: unknown, name: string, style: string): number | null {
  const css = new RegExp(`(?:^|;)(?:max-)?${name}:\\s*([\\d.]+)(?:px)?(?:!|;|$)`).exec(style)
  const text = css?.[1] ?? (attribute === undefined ? '' : String(attribute))
  return /^\d/.test(text) && !text.endsWith('%') ? Number.parseFloat(text) : null
}

/** The direction that the whole mail is written in; empty where it says none. */
function directionOf({ body, root }: TamedHtml): string {
  const direction = (body.get('dir') ?? root.get('dir') ?? '').trim().toLowerCase()
  return /^(ltr|rtl|auto)$/.test(direction) ? direction : ''
}

/** bgcolor, text and style of the body element, moved to the element that stands for it. */
function styleOfBody(attributes: ReadonlyMap<string, string>, facts: CssFacts): string {
  const background = attributes.get('background')
  if (background !== undefined && isRemote(background)) facts.blocked++
  const colour = (name: string, property: string) => {
    const value = attributes.get(name)?.trim() ?? ''
    return /^#?[0-9a-z]{1,30}$/i.test(value) ? `${property}:${value};` : ''
  }
  const declarations =
    colour('bgcolor', 'background-color') +
    colour('text', 'color') +
    decodeEntities(attributes.get('style') ?? '')
  return cleanStyleAttribute(declarations, facts)
}
