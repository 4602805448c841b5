import { SaxesParser, type SaxesTagNS } from 'saxes'
import { SiegelError } from '../../../../shared/kit/result'
import type { Element } from '../../ports/chat/element'
import { ns } from '../namespaces'

/** One stanza, in letters. Servers take 10 kB (ejabberd) to 10 MB of one; common ones a quarter of this. */
const longestStanza = 1_048_576
/** A stream header is a dozen attributes. */
const longestHeader = 16_384
const deepest = 64
const mostAttributes = 256
/** Of one stanza: more than any roster or list of rooms has, less than what fills the memory. */
const mostElements = 50_000

type WholePart =
  | Readonly<{ kind: 'header'; attributes: ReadonlyMap<string, string> }>
  | Readonly<{ kind: 'element'; element: Element }>
  | Readonly<{ kind: 'end' }>

/** What came over a stream. `isLast`: nothing was read behind it yet. */
export type StreamPart = WholePart & Readonly<{ isLast: boolean }>

type Open = {
  name: string
  namespace: string
  attributes: Map<string, string>
  children: (Element | string)[]
}

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'
const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/'

/**
 * Reads one XML stream (RFC 6120 §4) while it comes, a stanza at a time. `feed` throws `protocol-violation` for everything that §11.1
 * forbids (document types, entities of their own, comments, processing instructions), what is not well-formed or not UTF-8, prefixes that
 * were not declared, attributes that come twice, and what is too large, too deep or too wide; the reader is of no use afterwards.
 */
export class StreamParser {
  readonly #parser = new SaxesParser({ xmlns: true, fragment: false, position: false })
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  readonly #stack: Open[] = []
  readonly #parts: { part: WholePart; endsAt: number }[] = []
  #isOpen = false
  #isEnded = false
  #attributes = 0
  #elements = 0
  /** Letters taken so far. */
  #taken = 0
  /** Where the last whole part ended. The parser's own position is right while it reads, and not between two pieces. */
  #boundary = 0

  constructor() {
    const parser = this.#parser
    parser.on('error', error => {
      throw nonsense(error.message)
    })
    parser.on('doctype', () => {
      throw nonsense('a document type')
    })
    parser.on('comment', () => {
      throw nonsense('a comment')
    })
    parser.on('processinginstruction', () => {
      throw nonsense('a processing instruction')
    })
    parser.on('xmldecl', ({ encoding }) => {
      if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8') throw nonsense('another encoding')
    })
    parser.on('opentagstart', () => {
      this.#attributes = 0
      // The root of the stream is not counted: it is around everything.
      if (this.#stack.length >= deepest) throw nonsense('too deep')
      if (this.#isOpen && ++this.#elements > mostElements) throw nonsense('too many elements')
    })
    parser.on('attribute', () => {
      if (++this.#attributes > mostAttributes) throw nonsense('too many attributes')
    })
    parser.on('opentag', tag => this.#opened(tag))
    parser.on('closetag', () => this.#closed())
    const text = (piece: string) => {
      const top = this.#stack.at(-1)
      if (top) {
        // Pieces of one text become one, so that what is compared is what was sent.
        const last = top.children.at(-1)
        if (typeof last === 'string') top.children[top.children.length - 1] = last + piece
        else top.children.push(piece)
      } else if (this.#isOpen) {
        if (/[^ \t\r\n]/.test(piece)) throw nonsense('text between stanzas')
        this.#boundary = this.#parser.position
      }
    }
    parser.on('text', text)
    parser.on('cdata', text)
  }

  /** Takes the next bytes and answers what is whole with them. */
  feed(bytes: Uint8Array): readonly StreamPart[] {
    if (this.#isEnded) return []
    let text: string
    try {
      text = this.#decoder.decode(bytes, { stream: true })
    } catch {
      throw nonsense('not UTF-8')
    }
    // What keeps a connection awake (§4.6.1) is kept nowhere.
    if (this.#isOpen && this.#taken === this.#boundary) text = text.replace(/^[ \t\r\n]+/, '')
    // In pieces, so that a chunk of any size is refused where it becomes too long, and not after it was read.
    for (let at = 0; at < text.length && !this.#isEnded; at += 65_536) {
      const piece = text.slice(at, at + 65_536)
      this.#taken += piece.length
      this.#parser.write(piece)
      const length = this.#taken - this.#boundary
      if (length > (this.#isOpen ? longestStanza : longestHeader)) throw nonsense('too long')
    }
    return this.#parts.splice(0).map(({ part, endsAt }) => ({ ...part, isLast: endsAt === this.#taken }))
  }

  #opened(tag: SaxesTagNS): void {
    const attributes = attributesOf(tag)
    if (!this.#isOpen) {
      if (tag.local !== 'stream' || tag.uri !== ns.streams) throw nonsense('not a stream')
      // §4.8.2: what has no prefix in it is of this namespace; another one would be another protocol.
      if (tag.ns[''] !== ns.client) throw nonsense('not a stream between client and server')
      this.#isOpen = true
      this.#push({ kind: 'header', attributes })
      return
    }
    this.#stack.push({ name: tag.local, namespace: tag.uri, attributes, children: [] })
  }

  #closed(): void {
    const done = this.#stack.pop()
    if (!done) {
      this.#isEnded = true
      this.#push({ kind: 'end' })
      return
    }
    const parent = this.#stack.at(-1)
    if (parent) parent.children.push(done)
    else {
      this.#elements = 0
      this.#push({ kind: 'element', element: done })
    }
  }

  #push(part: WholePart): void {
    this.#boundary = this.#parser.position
    this.#parts.push({ part, endsAt: this.#boundary })
  }
}

/** By local name, with the namespace where it has one of its own; declarations are no attributes. */
function attributesOf(tag: SaxesTagNS): Map<string, string> {
  const attributes = new Map<string, string>()
  for (const { local, uri, value } of Object.values(tag.attributes)) {
    if (uri === xmlnsNamespace) continue
    if (uri === '') attributes.set(local, value)
    else attributes.set(uri === xmlNamespace && local === 'lang' ? 'xml:lang' : `{${uri}}${local}`, value)
  }
  return attributes
}

const nonsense = (detail: string) =>
  new SiegelError('protocol-violation', { detail: `XML: ${detail}`.slice(0, 200) })
