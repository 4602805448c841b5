import type { Element, ElementContent, Root } from 'hast'
import { darkShapeMark } from '../../../../../shared/html/dark-shape'
import { limits } from '../../../ports/limits'
import type { CleanHtml, PictureAddresses, RemotePicture } from '../../../ports/mail/mime'
import { createDarkShapes } from '../../pictures/dark-shape'
import { decodeCid } from '../parts/pictures'
import { decodeEntities } from '../text/html-entities'
import { type Cascade, createCascade, keyOf, keysOf, type Parents } from './css/cascade'
import { type CssFacts, cleaningStyleSheets, cleanStyleAttribute } from './css/css'
import { documentAround } from './document'
import { cleanAnchor, cleanLink, cleanName } from './link'
import { parseHtml } from './parse-html'
import { countSrcset, firstOfSrcset, isRemote } from './pictures/remote'
import { References, withoutPlaceholders } from './references'
import { allowedElements, elementProperties, globalProperties } from './schema'
import { atOnce } from './slices'
import { type TamedHtml, taming } from './tame'
import { writeHtml } from './write-html'

type Context = {
  facts: CssFacts
  references: References
  parents: WeakMap<Element, Element>
  words: number
  alternatives: number
  cids: string[]
  /** Characters of styles and names read since the last pause was thought of. */
  read: number
  styles: Map<string, { clean: string; blocked: number; ownColours: boolean }>
}

/** Nodes between two pauses, and what counts as many of them: characters of styles that are read. */
const nodesASlice = 500
const charactersANode = 10

/**
 * A hostile HTML body as a whole document that loads nothing, runs nothing and submits nothing: tokens are bounded
 * and filtered (tame.ts), parsed by parse5, walked against an allow-list, CSS cleaned, and written anew. Remote
 * references are removed and counted; remote pictures, in `img` and behind elements, are judged (judge-picture.ts) and
 * keep a place that an address of our own may take. Linear in its input; bodies over `limits.htmlCharacters` are cut.
 * Pauses every few milliseconds (`slices.ts`).
 */
export function* sanitizing(html: string): Generator<void, CleanHtml> {
  const references = new References()
  const facts: CssFacts = { blocked: 0, ownColours: false, leftOut: 0 }
  const tamed = yield* taming(html.slice(0, limits.htmlCharacters), facts)
  const root = yield* parseHtml(tamed.html)
  const context: Context = {
    facts,
    references,
    parents: new WeakMap(),
    words: 0,
    alternatives: 0,
    cids: [],
    read: 0,
    styles: new Map(),
  }
  const { clean, elements } = yield* cleanTree(root, context)
  const parents: Parents = element => context.parents.get(element) ?? null
  const cascade = createCascade()
  watchRules(context, cascade, parents, elements)
  const mailStyle = yield* cleaningStyleSheets(tamed.styleSheets, facts)
  const bodyStyle = styleOfBody(tamed.body, context)
  yield* references.judge(cascade, parents, context.words)
  const written = documentAround(
    yield* writeHtml(clean),
    mailStyle,
    bodyStyle,
    facts.ownColours,
    directionOf(tamed),
  )
  const blockedCount = facts.blocked + references.places
  const trackerCount = references.count('tracker')
  return {
    pictures: references.pictures(),
    blockedCount,
    alternativeCount: context.alternatives,
    trackerCount,
    loadableCount: references.count('picture') + references.count('telling'),
    isDesignCut: facts.leftOut > 0 || tamed.isCut,
    pixelCount: arrived => references.pixelCount(arrived),
    document: ({ cidUrl, remoteUrl = () => null, bytesOf }) => {
      const marksOf = darkShapeMarks(bytesOf)
      const { html: shown, filled } = references.fill(written, remoteUrl, marksOf)
      return {
        html: withCids(markData(shown, marksOf), context.cids, cidUrl, marksOf),
        blockedRemoteCount: blockedCount - filled,
        trackerCount,
      }
    },
  }
}

/**
 * The same at once. `remoteUrl` is asked for every remote picture that is loaded after consent, and what it answers stands in its
 * place.
 */
export function sanitizeHtml(
  html: string,
  { cidUrl, remoteUrl = () => null }: PictureAddresses,
): { html: string; blockedRemoteCount: number; trackerCount: number } {
  const clean = atOnce(sanitizing(html))
  const loadable = new Set(clean.pictures.filter(isLoadable).map(({ source }) => source))
  return clean.document({ cidUrl, remoteUrl: source => (loadable.has(source) ? remoteUrl(source) : null) })
}

/** Whether a picture is loaded when the reader consents to pictures. */
const isLoadable = ({ verdict }: RemotePicture): boolean => verdict === 'picture' || verdict === 'telling'

/** Second wall: only known elements with known attributes stay, whatever the tree holds. The tree that comes in stays as it is. */
function* cleanTree(root: Root, context: Context): Generator<void, { clean: Root; elements: Element[] }> {
  const clean: Root = { type: 'root', children: [] }
  const elements: Element[] = []
  const open: { from: Root | Element; to: Root | Element; at: number }[] = [{ from: root, to: clean, at: 0 }]
  let count = 0
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    count += 1 + context.read / charactersANode
    context.read = 0
    if (count >= nodesASlice) {
      yield
      count = 0
    }
    const child = top.from.children[top.at++]
    if (child === undefined) {
      open.pop()
      if (top.to.type === 'element' && top.to.tagName === 'a') nameWordlessLink(top.to)
    } else if (child.type === 'text') {
      if (/[\p{L}\p{N}]/u.test(child.value)) context.words += 1
      top.to.children.push({ type: 'text', value: withoutPlaceholders(child.value) })
    } else if (child.type === 'element' && allowedElements.has(child.tagName)) {
      if (top.from.type === 'element') context.parents.set(child, top.from)
      elements.push(child)
      const cleaned = cleanElement(child, context)
      top.to.children.push(cleaned as ElementContent)
      open.push({ from: child, to: cleaned, at: 0 })
    }
  }
  return { clean, elements }
}

/** A link without a word and with nothing but pictures without one is named by where it leads, until a picture is there. */
function nameWordlessLink(link: Element): void {
  const place = typeof link.properties['href'] === 'string' ? placeOfLink(link.properties['href']) : ''
  if (place === '') return
  let first: Element | null = null
  const open: ElementContent[] = [link]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'text' && node.value.trim() !== '') return
    if (node.type !== 'element') continue
    if (node.tagName === 'img') {
      if (String(node.properties['alt'] ?? '').trim() !== '') return
      first = node
    }
    for (const child of node.children) open.push(child)
  }
  if (first !== null) first.properties['alt'] = place
}

/** The host of a web address, the address of a mail or telephone one. */
function placeOfLink(href: string): string {
  const url = URL.parse(href)
  if (url === null) return ''
  return url.host !== '' ? url.host : decodeEntities(url.pathname).slice(0, 100)
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
    if (pattern?.test(String(value)))
      after[name] = typeof value === 'string' ? withoutPlaceholders(value) : value
  }
  if (after['bgColor'] !== undefined || after['color'] !== undefined) facts.ownColours = true
  const style = typeof before['style'] === 'string' ? cleanStyle(before['style'], element, context) : ''
  const background =
    typeof before['background'] === 'string' && isRemote(before['background'])
      ? `background-image:${placeFor(context, before['background'], 'background', element)}`
      : ''
  const styles = [background, style].filter(each => each !== '').join(';')
  if (styles !== '') after['style'] = styles
  const classes = Array.isArray(before['className']) ? before['className'].slice(0, 200) : []
  const safeClasses = classes
    .map(String)
    .filter(name => /^[\w-]{1,100}$/.test(name))
    .slice(0, 50)
  if (safeClasses.length > 0) after['className'] = safeClasses.map(name => `m-${name}`)
  // `<a name>` is how mail writers mark places; as an id it is found and clobbers nothing.
  const name = cleanName(before['id']) ?? (element.tagName === 'a' ? cleanName(before['name']) : null)
  if (name !== null) after['id'] = withoutPlaceholders(name)

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
  if (element.tagName === 'img') cleanImage(element, after, context)
  return { type: 'element', tagName: element.tagName, properties: after, children: [] }
}

const placeFor = (
  context: Context,
  source: string,
  kind: 'image' | 'background',
  element: Element | null,
): string =>
  context.references.add({
    source: source.trim(),
    kind,
    elements: () => [element],
    media: [],
    wordsBefore: context.words,
  })

/** Mail repeats its styles hundreds of times: each text is read once, what it wanted to fetch is counted each time. */
function cleanStyle(style: string, element: Element, context: Context): string {
  let known = context.styles.get(style)
  if (known === undefined) {
    let places = 0
    const own: CssFacts = {
      blocked: 0,
      ownColours: false,
      leftOut: 0,
      background: source => {
        places += 1
        return placeFor(context, source, 'background', element)
      },
    }
    context.read += style.length
    known = { clean: cleanStyleAttribute(style, own), blocked: own.blocked, ownColours: own.ownColours }
    context.facts.leftOut += own.leftOut
    // One that holds a picture has a place of its own in every element.
    if (context.styles.size < 2000 && places === 0) context.styles.set(style, known)
  }
  context.facts.blocked += known.blocked
  if (known.ownColours) context.facts.ownColours = true
  return known.clean
}

/** Has the rules of the sheets seen; a picture in one of them is behind every element that the rule is for. */
function watchRules(
  { facts, references, words }: Context,
  cascade: Cascade,
  parents: Parents,
  elements: readonly Element[],
): void {
  let byKey: Map<string, Element[]> | null = null
  const alike = (key: string): readonly Element[] => {
    if (byKey === null) {
      byKey = new Map()
      for (const element of elements)
        for (const each of keysOf(element)) {
          const known = byKey.get(each) ?? []
          if (known.length === 0) byKey.set(each, known)
          known.push(element)
        }
    }
    return byKey.get(key) ?? []
  }
  let current: Readonly<{ selectors: NonNullable<ReturnType<Cascade['add']>>; media: readonly string[] }> = {
    selectors: [],
    media: [],
  }
  facts.onRule = (rule, media) => {
    const selectors = cascade.add(rule, media)
    current = { selectors: selectors ?? [], media }
    return selectors !== null
  }
  facts.background = source => {
    const { selectors, media } = current
    const elementsOf = function* (): Generator<Element | null> {
      if (selectors.some(({ parts }) => parts.length === 1 && parts[0]?.compound.tag === 'body')) yield null
      for (const selector of selectors)
        for (const element of alike(keyOf(selector)))
          if (cascade.matches(selector, element, parents)) yield element
    }
    return references.add({ source, kind: 'background', elements: elementsOf, media, wordsBefore: words })
  }
}

const cidMark = (index: number): string => `\ufdd0c${index}\ufdd0`

/** Addresses of the pictures that came along, which are known only where the body is shown. */
const withCids = (
  html: string,
  cids: readonly string[],
  cidUrl: (contentId: string) => string | null,
  marksOf: (address: string) => string,
): string =>
  cids.length === 0
    ? html
    : html.replace(/ src="\ufdd0c(\d+)\ufdd0"/g, (_all, index: string) => {
        const url = cidUrl(cids[Number(index)] ?? '')
        if (url === null) return ''
        return ` src="${url.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"${marksOf(url)}`
      })

/** Says what stands beside a picture's address; each address is judged once. */
function darkShapeMarks(bytesOf: PictureAddresses['bytesOf']): (address: string) => string {
  if (bytesOf === undefined) return () => ''
  const isDarkShape = createDarkShapes()
  const known = new Map<string, string>()
  return address => {
    const before = known.get(address)
    if (before !== undefined) return before
    const bytes = address.startsWith('data:')
      ? Buffer.from(address.slice(address.indexOf(',') + 1, mostDataCharacters), 'base64')
      : bytesOf(address)
    const mark = bytes !== null && isDarkShape(bytes) ? ` ${darkShapeMark}=""` : ''
    known.set(address, mark)
    return mark
  }
}

/** Larger pictures are not judged. */
const mostDataCharacters = 500_000

/** The same for pictures that stand in the text itself. */
const markData = (html: string, marksOf: (address: string) => string): string =>
  html.replace(
    / src="(data:image\/(?:png|gif);base64,[^"]*)"/gi,
    (all, address: string) => all + marksOf(address),
  )

function cleanImage(element: Element, after: Element['properties'], context: Context): void {
  const { facts } = context
  const before = element.properties
  for (const name of ['lowSrc', 'dynSrc', 'lowsrc', 'dynsrc']) {
    const value = before[name]
    if (typeof value === 'string' && isRemote(value)) facts.blocked++
  }
  const srcset = before['srcSet'] === undefined ? '' : String(before['srcSet'])
  const source = typeof before['src'] === 'string' ? before['src'].trim() : ''
  const others = countSrcset(srcset)
  facts.blocked += others
  if (/^cid:/i.test(source)) {
    context.cids.push(decodeCid(source.slice(4)))
    after['src'] = cidMark(context.cids.length - 1)
  } else if (/^data:image\/(png|gif|jpe?g|webp|bmp);base64,[a-z0-9+/=\s]*$/i.test(source)) {
    after['src'] = source
  } else {
    const address = isRemote(source) ? source : firstOfSrcset(srcset)
    if (address === null) return
    after['src'] = placeFor(context, address, 'image', element)
    if (address !== source) facts.blocked--
    context.alternatives += address === source ? others : others - 1
  }
}

/** The direction that the whole mail is written in; empty where it says none. */
function directionOf({ body, root }: TamedHtml): string {
  const direction = (body.get('dir') ?? root.get('dir') ?? '').trim().toLowerCase()
  return /^(ltr|rtl|auto)$/.test(direction) ? direction : ''
}

/** bgcolor, text, background and style of the body element, moved to the element that stands for it. */
function styleOfBody(attributes: ReadonlyMap<string, string>, context: Context): string {
  const background = decodeEntities(attributes.get('background') ?? '')
  const colour = (name: string, property: string) => {
    const value = attributes.get(name)?.trim() ?? ''
    return /^#?[0-9a-z]{1,30}$/i.test(value) ? `${property}:${value};` : ''
  }
  const declarations =
    colour('bgcolor', 'background-color') +
    colour('text', 'color') +
    decodeEntities(attributes.get('style') ?? '')
  context.facts.background = source => placeFor(context, source, 'background', null)
  const style = cleanStyleAttribute(declarations, context.facts)
  return isRemote(background)
    ? `background-image:${placeFor(context, background, 'background', null)};${style}`
    : style
}
