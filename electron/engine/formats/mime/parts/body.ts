import type { AttachmentInfo } from '../../../../../shared/features/mail/model'
import { limits } from '../../../ports/limits'
import { htmlToText } from '../text/html-text'
import { isHtml, readText } from '../text/part-text'
import { textToHtml } from '../text/text-html'
import { type Block, collectParts, type Piece } from './collect-parts'
import { isShownPicture } from './content-kind'
import { contentIdOf, describeAttachment, describeFilesInText, describeSealed, headOf } from './leaf'
import { picturesOfDocument, pictureUrl } from './pictures'
import type { MimePart } from './split'

/** What is shown of a message, and what is offered beside it. `isCut`: more was there than is shown or listed. */
export type MessageContent = {
  text: string
  html: string | null
  attachments: AttachmentInfo[]
  isCut: boolean
}

/** What a protected message leaves out: a whole part below the root, or the beginning of a text. */
type ContentOptions = Readonly<{
  isOmitted?: (part: MimePart) => boolean
  shorten?: (part: MimePart, text: string) => string
}>

/** AttachmentInfo lists are bounded by the contract (`messageDetail`). */
const maxAttachments = 1000

/** Larger pictures are not shown in place (`electron/protocols/attachment-protocol.ts`), so they are listed. */
const pictureBytes = 20 * 1024 * 1024

/** An HTML form shorter than this is looked at for whether it says anything. */
const shortDocument = 5_000

/**
 * Chooses what to show (RFC 2046 §5.1): of alternatives the last text and the last HTML with all that belongs to it, of a
 * related group its root, of a signed one the first part, of a mixed one every text and picture in order. Everything
 * else, and every picture that the shown document does not show, is listed: no part is neither.
 */
export function readContent(raw: Buffer, root: MimePart, options: ContentOptions = {}): MessageContent {
  const collected = collectParts(raw, root, options.isOmitted)
  const reader = new Reader(raw, options.shorten)
  const texts = collected.pieces.map(piece => reader.plain(piece))
  const isRich = collected.pieces.some(piece => reader.isRich(piece)) || isInterleaved(collected.pieces)
  const html = isRich ? collected.pieces.map(piece => reader.rich(piece)).join('\n') : null
  const shown = html === null ? new Set<string>() : picturesOfDocument(html)
  const attachments: AttachmentInfo[] = []
  for (const part of [...collected.pictures, ...collected.files]) {
    // The reader takes the first part of an id: a second one is not shown.
    const contentId = contentIdOf(part)
    if (collected.sealed.includes(part)) {
      attachments.push(describeSealed(raw, part))
      continue
    }
    const inline = contentId !== '' && shown.has(contentId) && isPicture(raw, part)
    if (inline) shown.delete(contentId)
    attachments.push(describeAttachment(raw, part, inline))
  }
  const files = [...reader.texts].flatMap(part => describeFilesInText(raw, part))
  const all = [...attachments, ...files].sort((one, other) => comparePartIds(one.partId, other.partId))
  const text = join(
    texts.filter(each => each !== ''),
    '\n\n',
  )
  return {
    text: text.slice(0, limits.textCharacters),
    html: html === null ? null : html.slice(0, limits.htmlCharacters),
    attachments: all.slice(0, maxAttachments),
    isCut:
      reader.isCut ||
      all.length > maxAttachments ||
      text.length > limits.textCharacters ||
      (html?.length ?? 0) > limits.htmlCharacters,
  }
}

const join = (texts: readonly string[], between: string): string =>
  texts.length === 1 ? (texts[0] ?? '') : texts.map(text => text.trimEnd()).join(between)

/** As the parts stand in the message. */
function comparePartIds(one: string, other: string): number {
  const [left, right] = [one.split('.'), other.split('.')]
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = Number(left[at] ?? -1) - Number(right[at] ?? -1)
    if (difference !== 0 && !Number.isNaN(difference)) return difference
  }
  return 0
}

/** A part that the page can show: read from its bytes, and from its type while they are not here. */
function isPicture(raw: Buffer, part: MimePart): boolean {
  if (part.end - part.bodyStart > pictureBytes * 1.3) return false
  return part.end === part.bodyStart
    ? /^image\/(?:png|jpe?g|gif|webp|avif)$/.test(part.type.value)
    : isShownPicture(headOf(raw, part))
}

/** Pictures with words behind them have a place in the text; others stand in the list below it. */
function isInterleaved(pieces: readonly Piece[]): boolean {
  const blocks = pieces.flatMap(piece => piece.plain ?? piece.rich ?? [])
  const first = blocks.findIndex(block => block.kind === 'picture')
  return first !== -1 && blocks.slice(first).some(block => block.kind === 'text')
}

/** The forms of the pieces of one message, each part decoded once. */
class Reader {
  isCut = false
  /** Text parts that are shown, and may hold files. */
  readonly texts = new Set<MimePart>()
  #characters = 0
  readonly #decoded = new Map<MimePart, string>()
  readonly #raw: Buffer
  readonly #shorten: (part: MimePart, text: string) => string

  constructor(raw: Buffer, shorten: ((part: MimePart, text: string) => string) | undefined) {
    this.#raw = raw
    this.#shorten = shorten ?? ((_, text) => text)
  }

  #text(part: MimePart): string {
    const known = this.#decoded.get(part)
    if (known !== undefined) return known
    // What would be cut from the end need not be decoded.
    if (this.#characters > limits.htmlCharacters) {
      this.isCut = true
      return ''
    }
    const most = isHtml(part) ? limits.htmlCharacters : limits.textCharacters
    const { text, isCut } = readText(this.#raw, part, most)
    if (isCut) this.isCut = true
    if (part.type.value === 'text/plain') this.texts.add(part)
    const shortened = this.#shorten(part, text)
    this.#decoded.set(part, shortened)
    this.#characters += shortened.length
    return shortened
  }

  /** An HTML form that says nothing beside a text form that does is none (some programs send it empty). */
  isRich({ plain, rich }: Piece): boolean {
    if (rich === null) return false
    if (plain === null) return true
    const [only, second] = rich.filter(block => block.kind === 'html')
    if (only === undefined || second !== undefined) return true
    const html = this.#text(only.part)
    return (
      html.length > shortDocument || /<img\b/i.test(html) || htmlToText(html, shortDocument).trim() !== ''
    )
  }

  plain(piece: Piece): string {
    const { plain, rich } = piece
    const text =
      plain === null
        ? ''
        : join(
            plain.map(block => this.#plainOf(block)).filter(each => each !== ''),
            '\n\n',
          )
    // An empty text alternative (some newsletters send one) says nothing: the HTML does.
    if (rich === null || (plain !== null && text.trim() !== '')) return text
    return join(
      rich.map(block => this.#plainOf(block)).filter(each => each !== ''),
      '\n\n',
    )
  }

  #plainOf(block: Block): string {
    if (block.kind === 'picture') return ''
    const text = this.#text(block.part)
    return block.kind === 'html' ? htmlToText(text, limits.textCharacters) : text
  }

  rich(piece: Piece): string {
    const blocks = (this.isRich(piece) ? piece.rich : null) ?? piece.plain ?? piece.rich ?? []
    return blocks
      .map(block => {
        if (block.kind === 'picture')
          return `<div><img src="${pictureUrl(contentIdOf(block.part), block.part.id)}" alt=""></div>`
        const text = this.#text(block.part)
        return block.kind === 'html' ? text : textToHtml(text)
      })
      .join('\n')
  }
}
