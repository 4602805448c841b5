import { type HtmlHandler, tokenizeHtml } from './tokens'

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** What an editor has a place for, and tables, whose cells become text. None of these loads or runs anything. */
const elements = words(
  'a b blockquote br caption code del div em h1 h2 h3 h4 h5 h6 hr i img li ol p pre s span strike strong sub sup ' +
    'table tbody td tfoot th thead tr u ul',
)
/** Elements whose content goes with them. */
const dropped = words('svg math template select datalist applet audio video map canvas')
/**
 * Attributes with what may stand in them, as written. No value begins with a character reference, so none can turn into
 * another scheme when the parser behind this decodes it.
 */
const attributes: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  a: { href: /^(?:https?:\/\/|mailto:|tel:)[^\s"<>]{1,20000}$/i },
  img: {
    src: /^cid:[^\s"<>]{1,1000}$/i,
    // The mark of a picture while it stands in an editor, where its address means nothing.
    'data-content-id': /^[^"<>]{1,1000}$/,
    alt: /^[^"<>]{0,2000}$/,
    width: /^\d{1,5}$/,
    height: /^\d{1,5}$/,
  },
  ol: { start: /^\d{1,6}$/ },
  td: { colspan: /^\d{1,3}$/, rowspan: /^\d{1,3}$/ },
  th: { colspan: /^\d{1,3}$/, rowspan: /^\d{1,3}$/ },
}
/** How an editor marks a stretch it copied: depths and the names of the blocks around it. */
const slice = /^\d{1,4} \d{1,4}(?: -\d{1,4})? [\w\s\-[\]",:{}&;#]{0,2000}$/

/** More elements than this are a bomb; of what comes behind, the text stays. */
const maxElements = 50_000

/**
 * HTML that may be given to an editor in the app's own page: tags of text with harmless attributes, written anew; everything
 * else goes, with its content where that is no text. The second wall for a draft, which the engine has cleaned already, and
 * the first for what is pasted or dropped. No parser of the browser reads anything before this has. Linear in its input.
 */
export function editorMarkup(html: string): string {
  const out: string[] = []
  let inside = ''
  let depth = 0
  let count = 0
  const handler: HtmlHandler = {
    text(from, to) {
      if (depth === 0) out.push(html.slice(from, to).replaceAll('<', '&lt;'))
    },
    open(name, found) {
      if (depth > 0) {
        if (name === inside) depth += 1
      } else if (dropped.has(name)) {
        inside = name
        depth = 1
      } else if (elements.has(name) && ++count <= maxElements) out.push(tag(name, found))
    },
    close(name) {
      if (depth > 0) {
        if (name === inside) depth -= 1
      } else if (elements.has(name)) out.push(`</${name}>`)
    },
    rawText() {},
  }
  tokenizeHtml(html, handler, true)
  return out.join('')
}

function tag(name: string, found: ReadonlyMap<string, string> | null): string {
  const allowed = Object.hasOwn(attributes, name) ? attributes[name] : undefined
  let text = `<${name}`
  for (const [key, value] of found ?? []) {
    const pattern = key === 'data-pm-slice' ? slice : allowed && Object.hasOwn(allowed, key) && allowed[key]
    const written = value.trim().replaceAll('"', '&quot;')
    if (pattern && pattern.test(written)) text += ` ${key}="${written}"`
  }
  return `${text}>`
}
