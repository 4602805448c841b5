import { tokenizing } from '../../../../../shared/html/tokens'
import { countSrcset, isRemote, type RemoteCounter } from './pictures/remote'
import { allowedElements, droppedWithContent, voidElements } from './schema'
import { atOnce } from './slices'

/** HTML made harmless for the parser behind it: balanced, bounded, allowed elements only. */
export type TamedHtml = {
  html: string
  styleSheets: string[]
  /** Attributes of the body element, raw. */
  body: ReadonlyMap<string, string>
  /** The same of the html element. */
  root: ReadonlyMap<string, string>
  /** Elements were left out because they were too many or too deep; their text is there. */
  isCut: boolean
}

/** Deeper nesting than any mail has (tables of newsletters reach 60); recursion behind this stays shallow. */
const maxOpenElements = 200
/** Elements in all; the largest newsletters have some ten thousand. Of what comes behind, the text stays. */
const maxElements = 50_000

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))
/** Start tags that end an open paragraph (HTML standard §13.2.6.4.7). */
const endsParagraph = words(
  'address article aside blockquote center details dir div dl figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li dd dt main nav ol p pre section summary table ul',
)
const cells = words('td th caption')
const tableParts = words('table thead tbody tfoot tr td th caption colgroup')
const noLimit: ReadonlySet<string> = new Set()
const tableOnly = words('table')

/** What a start tag ends first: the nearest of `names` above the nearest of `within`. */
const implied: Readonly<Record<string, { names: ReadonlySet<string>; within: ReadonlySet<string> }>> = {
  li: { names: words('li'), within: words('ul ol dir td th table') },
  dd: { names: words('dd dt'), within: words('dl td th table') },
  dt: { names: words('dd dt'), within: words('dl td th table') },
  td: { names: words('td th caption'), within: words('tr table') },
  th: { names: words('td th caption'), within: words('tr table') },
  tr: { names: words('tr caption colgroup'), within: tableOnly },
  tbody: { names: words('thead tbody tfoot caption colgroup'), within: tableOnly },
  thead: { names: words('thead tbody tfoot caption colgroup'), within: tableOnly },
  tfoot: { names: words('thead tbody tfoot caption colgroup'), within: tableOnly },
  a: { names: words('a'), within: words('td th table') },
}
const paragraph = { names: words('p'), within: words('td th table caption') }

/** Attributes of removed elements that a browser would fetch. */
const fetching = [
  'src',
  'href',
  'data',
  'poster',
  'background',
  'xlink:href',
  'code',
  'codebase',
  'archive',
  'lowsrc',
  'dynsrc',
  'action',
] as const

/**
 * First wall of the sanitiser, in linear time whatever comes in. Parsers build quadratic trees from unclosed
 * formatting elements and overflow on deep ones; this writes every tag anew, closes what is left open, ignores
 * end tags that end nothing, bounds depth and number of elements, drops what is not allowed and counts what that
 * would have fetched. Style sheets are set aside, so nothing that reaches the parser switches its mode.
 */
export function tameHtml(html: string, counter: RemoteCounter): TamedHtml {
  return atOnce(taming(html, counter))
}

/** The same with pauses (`slices.ts`). */
export function* taming(html: string, counter: RemoteCounter): Generator<void, TamedHtml> {
  const out: string[] = []
  const styleSheets: string[] = []
  const open: string[] = []
  let body: ReadonlyMap<string, string> = new Map()
  let root: ReadonlyMap<string, string> = new Map()
  /** Elements dropped for depth or number whose end tags must not end others. */
  let overflow = 0
  let elements = 0
  let isCut = false
  let dropped = ''
  let dropDepth = 0

  const closeDownTo = (index: number) => {
    for (let at = open.length - 1; at >= index; at--) out.push(`</${open[at]}>`)
    open.length = index
  }
  const nearest = (names: ReadonlySet<string>, within: ReadonlySet<string>): number => {
    for (let at = open.length - 1; at >= 0; at--) {
      const name = open[at] as string
      if (names.has(name)) return at
      if (within.has(name)) return -1
    }
    return -1
  }

  yield* tokenizing(
    html,
    {
      text(from, to) {
        if (dropDepth > 0) return
        const text = html.slice(from, to)
        out.push(text.includes('<') ? text.replaceAll('<', '&lt;') : text)
      },
      rawText(name, text) {
        if (name === 'style' && dropDepth === 0) styleSheets.push(text)
      },
      open(name, attributes) {
        if (dropDepth > 0) {
          if (attributes) countDropped(name, attributes, counter)
          if (name === dropped) dropDepth++
          return
        }
        if (!allowedElements.has(name)) {
          if (attributes) countDropped(name, attributes, counter)
          if (name === 'body' && attributes && body.size === 0) body = attributes
          if (name === 'html' && attributes && root.size === 0) root = attributes
          if (droppedWithContent.has(name)) {
            dropped = name
            dropDepth = 1
          }
          return
        }
        if (endsParagraph.has(name)) {
          const index = nearest(paragraph.names, paragraph.within)
          if (index !== -1) closeDownTo(index)
        }
        const ends = Object.hasOwn(implied, name) ? implied[name] : undefined
        if (ends) {
          const index = nearest(ends.names, ends.within)
          if (index !== -1) closeDownTo(index)
        }
        const isVoid = voidElements.has(name)
        if (elements++ >= maxElements || (!isVoid && open.length >= maxOpenElements)) {
          isCut = true
          if (attributes) countDropped(name, attributes, counter)
          if (!isVoid) overflow++
          return
        }
        out.push(writeTag(name, attributes))
        if (!isVoid) open.push(name)
      },
      close(name) {
        if (dropDepth > 0) {
          if (name === dropped) dropDepth--
          return
        }
        if (name === 'br') {
          out.push('<br>')
          return
        }
        if (!allowedElements.has(name) || voidElements.has(name)) return
        if (overflow > 0) {
          overflow--
          return
        }
        // An end tag inside a cell does not reach out of it, unless it ends a part of the table itself.
        const index = nearest(
          new Set([name]),
          tableParts.has(name) ? (name === 'table' ? noLimit : tableOnly) : cells,
        )
        if (index !== -1) closeDownTo(index)
      },
    },
    true,
  )
  closeDownTo(0)
  return { html: out.join(''), styleSheets, body, root, isCut }
}

function writeTag(name: string, attributes: ReadonlyMap<string, string> | null): string {
  if (!attributes || attributes.size === 0) return `<${name}>`
  let tag = `<${name}`
  for (const [key, value] of attributes) {
    if (/^[a-z][a-z-]*$/.test(key))
      tag += ` ${key}="${value.includes('"') ? value.replaceAll('"', '&quot;') : value}"`
  }
  return `${tag}>`
}

function countDropped(name: string, attributes: ReadonlyMap<string, string>, counter: RemoteCounter): void {
  // A form's target is contacted when it is sent, not when it is read; a base is only a prefix.
  if (name === 'form' || name === 'base' || name === 'a') return
  for (const key of fetching) {
    const value = attributes.get(key)
    if (value !== undefined && isRemote(value)) counter.blocked++
  }
  const srcset = attributes.get('srcset') ?? attributes.get('imagesrcset')
  if (srcset !== undefined) counter.blocked += countSrcset(srcset)
  if (name === 'meta' && /url\s*=\s*['"]?\s*(https?:|\/\/)/i.test(attributes.get('content') ?? ''))
    counter.blocked++
}
