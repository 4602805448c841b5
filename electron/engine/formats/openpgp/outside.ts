import { limits } from '../../ports/limits'
import { type OutsideContent, outsidePart } from '../../ports/mail/reading'
import { describeAttachment, dispositionOf, givenFileName } from '../mime/parts/leaf'
import type { MimePart } from '../mime/parts/split'
import { htmlToText } from '../mime/text/html-text'
import { partText } from '../mime/text/part-text'

/** Readable text that stands in a message by itself: a footer, not a file. */
export function isPlainWords(part: MimePart): boolean {
  if (part.children.length > 0) return part.children.every(isPlainWords)
  if (part.type.value !== 'text/plain' && part.type.value !== 'text/html') return false
  const disposition = dispositionOf(part)
  return disposition.value !== 'attachment' && givenFileName(part, disposition) === ''
}

const leavesOf = (part: MimePart): readonly MimePart[] =>
  part.children.length === 0 ? [part] : part.children.flatMap(leavesOf)

/** An empty text, as Exchange puts in front of what it has taken apart. HTML can look empty and be the half of something. */
export const isEmptyText = (raw: Buffer, part: MimePart): boolean =>
  part.type.value === 'text/plain' &&
  isPlainWords(part) &&
  partText(raw, part, limits.textCharacters).trim() === ''

/** A footer of a mailing list that Exchange has made a file of. */
const exchangeName = /^att\d+\.(?:txt|html?)$/i

/** Longer texts are no footers: list footers have some hundred characters. */
const maxFooter = 2000

/** Only a few readable words: what mailing lists and gateways add behind a message. */
export function isFooter(raw: Buffer, parts: readonly MimePart[]): boolean {
  const leaves = parts.flatMap(leavesOf)
  const isWords = (part: MimePart): boolean =>
    isPlainWords(part) || exchangeName.test(givenFileName(part, dispositionOf(part)))
  const size = leaves.reduce((sum, part) => sum + partText(raw, part, maxFooter + 1).length, 0)
  return leaves.every(isWords) && size <= maxFooter
}

/** What stands beside the protected part, HTML as its text; null when there is nothing to see. */
export function outsideOf(raw: Buffer, parts: readonly MimePart[]): OutsideContent | null {
  const texts: string[] = []
  const attachments = []
  for (const leaf of parts.flatMap(leavesOf)) {
    if (!isPlainWords(leaf)) {
      attachments.push(outsideAttachment(raw, leaf))
      continue
    }
    const html = leaf.type.value === 'text/html'
    const written = partText(raw, leaf, html ? limits.htmlCharacters : limits.textCharacters)
    const text = (html ? htmlToText(written, limits.textCharacters) : written).trim()
    if (text !== '' && !texts.includes(text)) texts.push(text)
  }
  if (texts.length === 0 && attachments.length === 0) return null
  return {
    text: texts.join('\n\n').slice(0, limits.outsideCharacters),
    attachments: attachments.slice(0, limits.outsideAttachments),
  }
}

function outsideAttachment(raw: Buffer, part: MimePart) {
  const info = describeAttachment(raw, part, false)
  return { ...info, partId: `${outsidePart}${info.partId}`.slice(0, 200), inline: false }
}
