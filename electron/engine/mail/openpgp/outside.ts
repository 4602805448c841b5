import { type OutsideContent, outsidePart } from '../../ports/reading'
import { limits } from '../limits'
import { htmlToText } from '../mime/html-text'
import { describeAttachment, dispositionOf, givenFileName } from '../mime/leaf'
import { partText } from '../mime/part-text'
import type { MimePart } from '../mime/split'

/** Readable text that stands in a message by itself: a footer, not a file. */
export function isPlainWords(part: MimePart): boolean {
  if (part.children.length > 0) return part.children.every(isPlainWords)
  if (part.type.value !== 'text/plain' && part.type.value !== 'text/html') return false
  const disposition = dispositionOf(part)
  return disposition.value !== 'attachment' && givenFileName(part, disposition) === ''
}

const leavesOf = (part: MimePart): readonly MimePart[] =>
  part.children.length === 0 ? [part] : part.children.flatMap(leavesOf)

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
