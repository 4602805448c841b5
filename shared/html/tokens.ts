/** What the tokenizer reports. Text and attribute values are raw: character references are not decoded. */
export type HtmlHandler = {
  text(from: number, to: number): void
  /** `attributes` is null unless the handler asked for them. Names are in lower case, the first of a name wins. */
  open(name: string, attributes: ReadonlyMap<string, string> | null): void
  close(name: string): void
  /** Content of an element whose content is not markup (script, style, textarea ...); never followed by `close`. */
  rawText(name: string, text: string): void
}

/** Elements whose content a browser reads as text up to their end tag (HTML standard §13.2.5). */
const rawTextEnd: Readonly<Record<string, RegExp>> = Object.fromEntries(
  ['script', 'style', 'textarea', 'title', 'xmp', 'iframe', 'noembed', 'noframes'].map(name => [
    name,
    new RegExp(`</${name}(?=[\\s/>])`, 'gi'),
  ]),
)

const commentEnd = /--!?>/g

/** Tags between two pauses of a long reading. */
const tagsASlice = 2000

/** Reads everything at once: `tokenizing` without its pauses. */
export function tokenizeHtml(html: string, handler: HtmlHandler, wantAttributes: boolean): void {
  const reading = tokenizing(html, handler, wantAttributes)
  while (reading.next().done !== true);
}

/**
 * Cuts HTML into tags and text in one pass and linear time: no tree, no recursion, nothing thrown. Comments,
 * doctypes and processing instructions are skipped. Close to the HTML standard's tokenizer (§13.2.5); where it
 * differs it reports markup rather than hiding it. Pauses now and then, so that a long text need not be read at a stretch.
 */
export function* tokenizing(html: string, handler: HtmlHandler, wantAttributes: boolean): Generator<void> {
  let textFrom = 0
  let tags = 0
  let at = html.indexOf('<')
  while (at !== -1) {
    if (++tags % tagsASlice === 0) yield
    const next = html.charCodeAt(at + 1)
    if (isLetter(next)) {
      if (at > textFrom) handler.text(textFrom, at)
      const nameEnd = tagNameEnd(html, at + 1)
      const name = html.slice(at + 1, nameEnd).toLowerCase()
      const attributes = wantAttributes ? new Map<string, string>() : null
      textFrom = readAttributes(html, nameEnd, attributes)
      // A tag that the document's end cuts off is no tag.
      if (textFrom > html.length) return
      handler.open(name, attributes)
      if (name === 'plaintext') {
        handler.rawText(name, html.slice(textFrom))
        return
      }
      const end = Object.hasOwn(rawTextEnd, name) ? rawTextEnd[name] : undefined
      if (end) {
        end.lastIndex = textFrom
        const close = end.exec(html)
        handler.rawText(name, html.slice(textFrom, close ? close.index : html.length))
        if (!close) return
        textFrom = readAttributes(html, close.index + 2 + name.length, null)
      }
    } else if (next === 0x2f && isLetter(html.charCodeAt(at + 2))) {
      if (at > textFrom) handler.text(textFrom, at)
      const nameEnd = tagNameEnd(html, at + 2)
      textFrom = readAttributes(html, nameEnd, null)
      if (textFrom > html.length) return
      handler.close(html.slice(at + 2, nameEnd).toLowerCase())
    } else if (next === 0x21 || next === 0x3f || next === 0x2f) {
      if (at > textFrom) handler.text(textFrom, at)
      textFrom = skipDeclaration(html, at)
    } else {
      at = html.indexOf('<', at + 1)
      continue
    }
    at = html.indexOf('<', textFrom)
  }
  if (textFrom < html.length) handler.text(textFrom, html.length)
}

const isLetter = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)
const isSpace = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d && code !== 0x0b)

function tagNameEnd(html: string, from: number): number {
  let at = from
  while (at < html.length) {
    const code = html.charCodeAt(at)
    if (isSpace(code) || code === 0x2f || code === 0x3e) break
    at++
  }
  return at
}

/** Reads attributes up to and including ">". Answers the place behind it, or past the end when it is missing. */
function readAttributes(html: string, from: number, into: Map<string, string> | null): number {
  let at = from
  const end = html.length
  while (at < end) {
    const code = html.charCodeAt(at)
    if (code === 0x3e) return at + 1
    if (isSpace(code) || code === 0x2f) {
      at++
      continue
    }
    const nameFrom = at
    // "=" as the first character belongs to the name.
    at++
    while (at < end) {
      const next = html.charCodeAt(at)
      if (isSpace(next) || next === 0x2f || next === 0x3e || next === 0x3d) break
      at++
    }
    const nameTo = at
    while (at < end && isSpace(html.charCodeAt(at))) at++
    let value = ''
    if (html.charCodeAt(at) === 0x3d) {
      at++
      while (at < end && isSpace(html.charCodeAt(at))) at++
      const quote = html.charCodeAt(at)
      if (quote === 0x22 || quote === 0x27) {
        const close = html.indexOf(quote === 0x22 ? '"' : "'", at + 1)
        if (close === -1) return end + 1
        if (into) value = html.slice(at + 1, close)
        at = close + 1
      } else {
        const valueFrom = at
        while (at < end && !isSpace(html.charCodeAt(at)) && html.charCodeAt(at) !== 0x3e) at++
        if (into) value = html.slice(valueFrom, at)
      }
    }
    if (into && into.size < 200) {
      const name = html.slice(nameFrom, nameTo).toLowerCase()
      if (!into.has(name)) into.set(name, value)
    }
  }
  return end + 1
}

/** Behind a comment, doctype, processing instruction or bogus end tag. */
function skipDeclaration(html: string, at: number): number {
  if (html.startsWith('<!--', at)) {
    if (html.startsWith('>', at + 4)) return at + 5
    if (html.startsWith('->', at + 4)) return at + 6
    commentEnd.lastIndex = at + 4
    return commentEnd.exec(html) ? commentEnd.lastIndex : html.length
  }
  const close = html.indexOf('>', at + 2)
  return close === -1 ? html.length : close + 1
}
