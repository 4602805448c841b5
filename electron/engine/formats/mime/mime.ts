import type { AttachmentInfo } from '../../../../shared/features/mail/model'
import type { MimePort, ParsedHeader, ParsedMessage } from '../../ports/mail/mime'
import { asBuffer } from '../as-buffer'
import { outermostLayer } from '../openpgp/outermost'
import { sealedMessage, sealedPairOf } from '../openpgp/sealed-parts'
import { readAnswerFields } from './header/answer-fields'
import { rawValue, readFields } from './header/header-fields'
import { readLeftOutFields } from './header/left-out-fields'
import { readUnsubscribe } from './header/list-unsubscribe'
import { parseParameterized } from './header/parameters'
import { parseHeaderFields } from './header/parsed-header'
import { findBody } from './header/split-header'
import { readContent } from './parts/body'
import { calendarParts } from './parts/calendars'
import { describeAttachment, describeSealed, fileInText, partBytes, textPartOfFile } from './parts/leaf'
import { type MimePart, splitMessage } from './parts/split'
import { readHtml } from './sanitize/read-html'
import { findingOfLink, webLinksIn } from './text/links'
import { snippetOf } from './text/snippet'

/** Reads mail. Every function takes hostile bytes, never throws and is linear in its input. */
export const mime: MimePort = {
  parseHeader,
  parseMessage,
  readPart,
  readCalendars: bytes => {
    const raw = asBuffer(bytes)
    const { root, charset } = splitMessage(raw)
    return calendarParts(raw, root, () => {
      const { from, to, cc } = parseHeaderFields(root.fields, charset)
      return {
        from: from[0]?.address ?? '',
        to: [...to, ...cc].flatMap(({ address }) => (address === '' ? [] : [address])),
      }
    })
  },
  readAnswerFields,
  readLeftOutFields,
  readUnsubscribe,
  readHtml,
  webLinksIn,
  findingOfLink,
}

/** The header block alone (with or without the empty line behind it), as FETCH BODY[HEADER] answers it. */
function parseHeader(headerBytes: Uint8Array): ParsedHeader {
  const raw = asBuffer(headerBytes)
  const lineEnd = raw.includes(0x0a) ? 0x0a : 0x0d
  const fields = readFields(raw, 0, findBody(raw, 0, raw.length, lineEnd), lineEnd)
  const { parameters } = parseParameterized(rawValue(fields, 'content-type'))
  return parseHeaderFields(fields, parameters.get('charset') ?? '')
}

function parseMessage(bytes: Uint8Array): ParsedMessage {
  const raw = asBuffer(bytes)
  const tree = splitMessage(raw)
  const content = readContent(raw, tree.root)
  return {
    header: parseHeaderFields(tree.root.fields, tree.charset),
    text: content.text,
    html: content.html,
    attachments: content.attachments,
    snippet: snippetOf(content.text),
    encrypted: /encrypted/.test(outermostLayer(raw, tree.root).kind),
    broken: tree.broken,
    isCut: content.isCut,
  }
}

function readPart(bytes: Uint8Array, partId: string): { info: AttachmentInfo; bytes: Uint8Array } | null {
  const raw = asBuffer(bytes)
  const { root } = splitMessage(raw)
  const textId = textPartOfFile(partId)
  const text = textId === null ? null : findPart(root, textId)
  if (text) return fileInText(raw, text, partId)
  const part = findPart(root, partId)
  if (!part) return null
  const sealed = sealedPairOf(root, partId)
  if (sealed !== null) {
    const message = sealedMessage(raw, sealed)
    return { info: { ...describeSealed(raw, part), sizeBytes: message.length }, bytes: message }
  }
  const decoded = partBytes(raw, part)
  return { info: { ...describeAttachment(raw, part, false), sizeBytes: decoded.length }, bytes: decoded }
}

function findPart(part: MimePart, partId: string): MimePart | null {
  if (part.id === partId && partId !== '') return part
  for (const child of part.children) {
    if (child.id === partId || partId.startsWith(`${child.id}.`)) return findPart(child, partId)
  }
  return null
}
