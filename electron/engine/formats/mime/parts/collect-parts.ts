import { sealedPair } from '../../openpgp/sealed-parts'
import { isHtml } from '../text/part-text'
import { isShownPicture } from './content-kind'
import { contentIdOf, dispositionOf, givenFileName, headOf } from './leaf'
import type { MimePart } from './split'

/** One leaf that is shown in place. */
export type Block = Readonly<{ kind: 'text' | 'html' | 'picture'; part: MimePart }>

/** One piece of body as text, as HTML, or in both forms (multipart/alternative). Null: it has no such form. */
export type Piece = Readonly<{ plain: readonly Block[] | null; rich: readonly Block[] | null }>

export type Collected = Readonly<{
  pieces: readonly Piece[]
  /** Pictures with a place in the text. They are listed too: they can be saved. */
  pictures: readonly MimePart[]
  files: readonly MimePart[]
  /** Those of `files` that are the data of an encrypted message, which is not the message itself. */
  sealed: readonly MimePart[]
}>

type Collecting = { pieces: Piece[]; pictures: MimePart[]; files: MimePart[]; sealed: MimePart[] }

/** Text that is data: a program of its own reads it. Every other text can be read as it is (RFC 2046 §4.1.4). */
const dataTypes =
  /^text\/(?:calendar|x-vcalendar|vcard|x-vcard|directory|rtf|rfc822-headers|x-amp-html|(?:x-)?watch-html|javascript|ecmascript|vbscript|css)$/

/** Sorts the leaves of a message into what is shown in place and what is listed. `isOmitted`: parts below the root. */
export function collectParts(
  raw: Buffer,
  root: MimePart,
  isOmitted?: (part: MimePart) => boolean,
): Collected {
  const into: Collecting = { pieces: [], pictures: [], files: [], sealed: [] }
  if (isOmitted && root.children.length > 0) {
    for (const child of root.children) if (!isOmitted(child)) collect(raw, child, into)
  } else collect(raw, root, into)
  return into
}

function collect(raw: Buffer, part: MimePart, into: Collecting): void {
  const type = part.type.value
  if (part.children.length > 0) {
    switch (type) {
      case 'multipart/alternative':
        collectAlternative(raw, part, into)
        break
      case 'multipart/related':
        collectRelated(raw, part, into)
        break
      case 'multipart/signed':
        collectSigned(raw, part, into)
        break
      case 'multipart/encrypted':
        if (isWholeEncrypted(part)) into.files.push(...part.children.flatMap(leavesOf))
        else collectMixed(raw, part, into)
        break
      default:
        collectMixed(raw, part, into)
    }
    return
  }
  // A multipart without parts: what is inside is shown as text rather than lost.
  if (type.startsWith('multipart/')) {
    if (part.end > part.bodyStart) into.pieces.push(only('text', part))
  } else if (isBodyText(part, into.pieces.length === 0))
    into.pieces.push(only(isHtml(part) ? 'html' : 'text', part))
  else if (isPlacedPicture(raw, part)) {
    into.pieces.push({ plain: [{ kind: 'picture', part }], rich: null })
    into.pictures.push(part)
  } else into.files.push(part)
}

/** The message itself, in the form of RFC 3156 §4: what is in it is read by who opens it. */
const isWholeEncrypted = (part: MimePart): boolean => part.id === '' && part.children.length === 2

/** Every part in its order; an encrypted message among them is one thing, to be opened by itself. */
function collectMixed(raw: Buffer, part: MimePart, into: Collecting): void {
  const pair = sealedPair(part.children)
  for (const child of part.children) {
    if (child === pair?.control) continue
    if (child === pair?.data) {
      into.files.push(child)
      into.sealed.push(child)
    } else collect(raw, child, into)
  }
}

const only = (kind: 'text' | 'html', part: MimePart): Piece =>
  kind === 'html' ? { plain: null, rich: [{ kind, part }] } : { plain: [{ kind, part }], rich: null }

const leavesOf = (part: MimePart): readonly MimePart[] =>
  part.children.length === 0 ? [part] : part.children.flatMap(leavesOf)

/** Text that is read in place: not sent as an attachment, and not a named file behind the first text. */
function isBodyText(part: MimePart, first: boolean): boolean {
  const type = part.type.value
  if (!isHtml(part) && (!type.startsWith('text/') || dataTypes.test(type))) return false
  const disposition = dispositionOf(part)
  if (disposition.value === 'attachment') return false
  return first || givenFileName(part, disposition) === ''
}

/** A picture that its sender put between the texts: inline (RFC 2183 §2.1), or without a word and without a name. */
function isPlacedPicture(raw: Buffer, part: MimePart): boolean {
  if (!part.type.value.startsWith('image/') || contentIdOf(part) !== '') return false
  const disposition = dispositionOf(part)
  const isPlaced =
    disposition.value === 'inline' || (disposition.value === '' && givenFileName(part, disposition) === '')
  return isPlaced && isShownPicture(headOf(raw, part))
}

/**
 * The last branch with text and the last with HTML, each with all its pieces: Apple Mail and Outlook write a whole
 * multipart/mixed as one form. Files of every branch are listed, and text of a kind that neither form needs.
 */
function collectAlternative(raw: Buffer, part: MimePart, into: Collecting): void {
  const branches = part.children.map(child => {
    const branch: Collecting = { pieces: [], pictures: [], files: [], sealed: [] }
    // Each branch is a beginning of its own: a named text in it is the message.
    collect(raw, child, branch)
    return branch
  })
  const has = (branch: Collecting, test: (piece: Piece) => boolean) => branch.pieces.some(test)
  const isWords = ({ plain }: Piece) => plain?.some(block => block.kind === 'text') ?? false
  const isKnownText = ({ plain }: Piece) =>
    plain?.some(block => block.kind === 'text' && isCommon(block.part)) ?? false
  const plainBranch =
    branches.findLast(branch => has(branch, isKnownText)) ?? branches.findLast(branch => has(branch, isWords))
  const richBranch = branches.findLast(branch => has(branch, piece => piece.rich !== null))
  const plain = plainBranch?.pieces.flatMap(piece => piece.plain ?? piece.rich ?? []) ?? null
  const rich = richBranch?.pieces.flatMap(piece => piece.rich ?? piece.plain ?? []) ?? null
  if (plain !== null || rich !== null) into.pieces.push({ plain, rich })
  for (const branch of branches) {
    const isShown = branch === plainBranch || branch === richBranch
    const unshown = isShown
      ? []
      : branch.pieces.flatMap(piece => [...(piece.plain ?? []), ...(piece.rich ?? [])])
    // A form that is not shown, such as text/enriched or a second text, is listed: it may say more than the shown one.
    into.files.push(
      ...unshown
        .filter(
          ({ kind, part: form }) => kind === 'text' && headOf(raw, form).toString('latin1').trim() !== '',
        )
        .map(block => block.part),
    )
    into.pictures.push(...branch.pictures)
    into.files.push(...branch.files)
    into.sealed.push(...branch.sealed)
    if (plain === null && rich === null) into.pieces.push(...branch.pieces)
  }
}

const isCommon = (part: MimePart): boolean =>
  part.type.value === 'text/plain' || part.type.value.startsWith('multipart/')

function collectRelated(raw: Buffer, part: MimePart, into: Collecting): void {
  const start = (part.type.parameters.get('start') ?? '').replace(/^<|>$/g, '')
  const named = start === '' ? undefined : part.children.find(child => contentIdOf(child) === start)
  const root = named ?? part.children[0]
  for (const child of part.children) {
    if (child === root || child.children.length > 0) collect(raw, child, into)
    // Words beside the root are none of its resources, unless they are named as one.
    else if (isBodyText(child, false) && contentIdOf(child) === '') collect(raw, child, into)
    else into.files.push(child)
  }
}

/** multipart/signed: the signed part is the message, the signature stands beside it (RFC 1847 §2.1). */
function collectSigned(raw: Buffer, part: MimePart, into: Collecting): void {
  part.children.forEach((child, index) => {
    if (index === 0 || child.children.length > 0) collect(raw, child, into)
    else into.files.push(child)
  })
}
