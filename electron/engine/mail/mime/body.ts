import type { AttachmentInfo } from '../../../../shared/model/mail'
import { limits } from '../limits'
import { sealedPair } from '../openpgp/sealed-parts'
import { htmlToText } from './html-text'
import { describeAttachment, describeSealed, dispositionOf, givenFileName, partText } from './leaf'
import type { MimePart } from './split'

/** What is shown of a message, and what is offered beside it. */
export type MessageContent = { text: string; html: string | null; attachments: AttachmentInfo[] }

/** What a protected message leaves out: a whole part below the root, or the beginning of a text. */
type ContentOptions = Readonly<{
  isOmitted?: (part: MimePart) => boolean
  shorten?: (part: MimePart, text: string) => string
}>

/** One piece of body: its text form, its HTML form, or both (multipart/alternative). */
type Piece = { text: MimePart | null; html: MimePart | null }

/** `isSealed`: the data of an encrypted message that is not the message itself. */
type Found = { part: MimePart; inRelated: boolean; isSealed?: true }

type Collected = { pieces: Piece[]; attachments: Found[] }

/** AttachmentInfo lists are bounded by the contract (`messageDetail`). */
const maxAttachments = 1000

/**
 * Chooses what to show (RFC 2046 §5.1): of alternatives the last text and the last HTML, of a related group its
 * root, of a signed one the first part, of a mixed one every text in order. Everything else is an attachment.
 */
export function readContent(raw: Buffer, root: MimePart, options: ContentOptions = {}): MessageContent {
  const { isOmitted, shorten = (_, text) => text } = options
  const collected: Collected = { pieces: [], attachments: [] }
  if (isOmitted && root.children.length > 0) {
    for (const child of root.children) if (!isOmitted(child)) collect(child, collected, false)
  } else collect(root, collected, false)
  const attachments = collected.attachments
    .slice(0, maxAttachments)
    .map(({ part, inRelated, isSealed }) =>
      isSealed ? describeSealed(raw, part) : describeAttachment(raw, part, inRelated),
    )
  if (collected.pieces.length === 0) return { text: '', html: null, attachments }

  const texts: string[] = []
  const htmls: string[] = []
  let anyHtml = false
  for (const piece of collected.pieces) {
    const html = piece.html ? shorten(piece.html, partText(raw, piece.html, limits.htmlCharacters)) : null
    const plain = piece.text ? shorten(piece.text, partText(raw, piece.text, limits.textCharacters)) : null
    // An empty text alternative (some newsletters send one) says nothing: the HTML does.
    const text =
      plain !== null && (html === null || plain.trim() !== '')
        ? plain
        : htmlToText(html ?? '', limits.textCharacters)
    texts.push(text)
    if (html !== null) anyHtml = true
    htmls.push(html ?? `<pre style="white-space: pre-wrap">${escapeText(plain ?? '')}</pre>`)
  }
  return {
    text: join(texts, '\n\n', limits.textCharacters),
    html: anyHtml ? join(htmls, '\n', limits.htmlCharacters) : null,
    attachments,
  }
}

const join = (texts: readonly string[], between: string, max: number): string =>
  texts.length === 1
    ? (texts[0] ?? '')
    : texts
        .map(text => text.trimEnd())
        .join(between)
        .slice(0, max)

const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function collect(part: MimePart, into: Collected, inRelated: boolean): void {
  const type = part.type.value
  if (part.children.length > 0) {
    switch (type) {
      case 'multipart/alternative':
        collectAlternative(part, into, inRelated)
        break
      case 'multipart/related':
        collectRelated(part, into)
        break
      case 'multipart/signed':
        collectFirst(part, into, inRelated)
        break
      case 'multipart/encrypted':
        if (isWholeEncrypted(part))
          for (const child of part.children) into.attachments.push({ part: child, inRelated: false })
        else collectMixed(part, into, inRelated)
        break
      default:
        collectMixed(part, into, inRelated)
    }
    return
  }
  // A multipart without parts: what is inside is shown as text rather than lost.
  if (type.startsWith('multipart/')) {
    if (part.end > part.bodyStart) into.pieces.push({ text: part, html: null })
    return
  }
  if (isBodyText(part, into.pieces.length === 0)) {
    into.pieces.push(type === 'text/html' ? { text: null, html: part } : { text: part, html: null })
    return
  }
  into.attachments.push({ part, inRelated })
}

/** The message itself, in the form of RFC 3156 §4: what is in it is read by who opens it. */
const isWholeEncrypted = (part: MimePart): boolean => part.id === '' && part.children.length === 2

/** Every part in its order; an encrypted message among them is one thing, to be opened by itself. */
function collectMixed(part: MimePart, into: Collected, inRelated: boolean): void {
  const pair = sealedPair(part.children)
  for (const child of part.children) {
    if (pair !== null && child === pair.control) continue
    if (pair !== null && child === pair.data)
      into.attachments.push({ part: child, inRelated: false, isSealed: true })
    else collect(child, into, inRelated)
  }
}

/** Text that is read in place: not sent as an attachment, and not a named file behind the first text. */
function isBodyText(part: MimePart, first: boolean): boolean {
  if (part.type.value !== 'text/plain' && part.type.value !== 'text/html') return false
  const disposition = dispositionOf(part)
  if (disposition.value === 'attachment') return false
  return first || givenFileName(part, disposition) === ''
}

function collectAlternative(part: MimePart, into: Collected, inRelated: boolean): void {
  const piece: Piece = { text: null, html: null }
  const rest: Collected = { pieces: [], attachments: [] }
  for (const child of part.children) {
    const inner: Collected = { pieces: [], attachments: [] }
    collect(child, inner, inRelated)
    for (const found of inner.pieces) {
      if (found.text) piece.text = found.text
      if (found.html) piece.html = found.html
    }
    rest.attachments.push(...inner.attachments)
  }
  if (piece.text || piece.html) into.pieces.push(piece)
  into.attachments.push(...rest.attachments)
}

function collectRelated(part: MimePart, into: Collected): void {
  const start = (part.type.parameters.get('start') ?? '').replace(/^<|>$/g, '')
  const named = start === '' ? undefined : part.children.find(child => contentIdOf(child) === start)
  const root = named ?? part.children[0]
  for (const child of part.children) {
    if (child === root) collect(child, into, false)
    else if (child.children.length > 0) collect(child, into, true)
    else into.attachments.push({ part: child, inRelated: true })
  }
}

function contentIdOf(part: MimePart): string {
  const index = part.fields.names.indexOf('content-id')
  return index === -1 ? '' : (part.fields.values[index] ?? '').trim().replace(/^<|>$/g, '')
}

/** multipart/signed: the signed part is the message, the signature stands beside it (RFC 1847 §2.1). */
function collectFirst(part: MimePart, into: Collected, inRelated: boolean): void {
  part.children.forEach((child, index) => {
    if (index === 0) collect(child, into, inRelated)
    else if (child.children.length > 0) collect(child, into, inRelated)
    else into.attachments.push({ part: child, inRelated: false })
  })
}
