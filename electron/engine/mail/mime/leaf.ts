import type { AttachmentInfo } from '../../../../shared/model/mail'
import { limits } from '../limits'
import { classifyDanger } from './attachment-danger'
import { cleanFileName, nameForPart } from './attachment-name'
import { decodeCharset } from './charset'
import { cleanLine } from './clean-text'
import { unflow } from './flowed'
import { rawValue, readFields, textValue } from './header-fields'
import { type ParameterizedValue, parseParameterized } from './parameters'
import { findBody, type MimePart } from './split'
import { decodeTransfer } from './transfer'

/** Content-Disposition of a part (RFC 2183); value empty when absent. */
export function dispositionOf(part: MimePart): ParameterizedValue {
  return parseParameterized(rawValue(part.fields, 'content-disposition'))
}

/** The decoded bytes of one part. */
export function partBytes(raw: Buffer, part: MimePart): Buffer {
  return decodeTransfer(raw.subarray(part.bodyStart, part.end), part.encoding)
}

/** A text part as a string with LF line ends, format=flowed undone, at most `maxCharacters`. */
export function partText(raw: Buffer, part: MimePart, maxCharacters: number): string {
  // Charsets use at most four bytes a character; quoted-printable writes each as three.
  const bytes = decodeTransfer(
    raw.subarray(part.bodyStart, Math.min(part.end, part.bodyStart + maxCharacters * 12)),
    part.encoding,
  )
  let text = decodeCharset(bytes, part.type.parameters.get('charset') ?? '')
  if (text.includes('\r')) text = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n')
  if (text.length > maxCharacters) text = text.slice(0, maxCharacters)
  if (text.includes('\u0000')) text = text.replaceAll('\u0000', '')
  if (part.type.value === 'text/plain' && part.type.parameters.get('format')?.toLowerCase() === 'flowed') {
    return unflow(text, part.type.parameters.get('delsp')?.toLowerCase() === 'yes')
  }
  return text
}

/** The file name a part gives itself, cleaned; empty when it gives none. */
export function givenFileName(part: MimePart, disposition: ParameterizedValue): string {
  return cleanFileName(disposition.parameters.get('filename') ?? part.type.parameters.get('name') ?? '')
}

/** What the reader is told about an attachment, without decoding all of it. */
export function describeAttachment(raw: Buffer, part: MimePart, inRelated: boolean): AttachmentInfo {
  const disposition = dispositionOf(part)
  const contentType = /^[!-~]{1,100}\/[!-~]{1,99}$/.test(part.type.value)
    ? part.type.value
    : 'application/octet-stream'
  const fileName =
    givenFileName(part, disposition) || nameOfEmbedded(raw, part) || nameForPart(part.id, contentType)
  const contentId = cleanLine(rawValue(part.fields, 'content-id'), 1000).replace(/^<|>$/g, '')
  const head = decodeTransfer(
    raw.subarray(part.bodyStart, Math.min(part.end, part.bodyStart + 64)),
    part.encoding,
  )
  return {
    partId: part.id.slice(0, 200),
    fileName,
    contentType,
    sizeBytes: estimateSize(raw, part),
    inline:
      disposition.value === 'inline' || (inRelated && contentId !== '' && disposition.value !== 'attachment'),
    contentId: contentId === '' ? null : contentId,
    danger: classifyDanger(fileName, contentType, head),
  }
}

/** An encrypted message inside another (mail/openpgp/sealed-parts), by the id of the part with its data. */
export const describeSealed = (raw: Buffer, data: MimePart): AttachmentInfo => ({
  ...describeAttachment(raw, data, false),
  fileName: `encrypted-${data.id || '1'}.eml`.slice(0, 200),
  contentType: 'multipart/encrypted',
  inline: false,
  danger: null,
})

/** An attached message is named by its subject. */
function nameOfEmbedded(raw: Buffer, part: MimePart): string {
  if (part.type.value !== 'message/rfc822') return ''
  const lineEnd = raw.includes(0x0a, part.bodyStart) ? 0x0a : 0x0d
  const end = Math.min(part.end, part.bodyStart + limits.headerBytes)
  const fields = readFields(raw, part.bodyStart, findBody(raw, part.bodyStart, end, lineEnd), lineEnd)
  const subject = cleanFileName(textValue(fields, 'subject').replace(/[/\\]/g, '_'))
  return subject === '' ? '' : cleanFileName(`${subject}.eml`)
}

/** Decoded size from the encoded size: exact for most base64 and for unencoded parts. */
function estimateSize(raw: Buffer, part: MimePart): number {
  const encoded = part.end - part.bodyStart
  if (part.encoding !== 'base64' || encoded === 0) {
    return part.encoding === 'quoted-printable'
      ? decodeTransfer(raw.subarray(part.bodyStart, part.end), part.encoding).length
      : encoded
  }
  const lineStop = raw.indexOf(0x0a, part.bodyStart)
  const lineLength = lineStop === -1 || lineStop >= part.end ? encoded + 1 : lineStop + 1 - part.bodyStart
  const breakLength = lineStop > part.bodyStart && raw[lineStop - 1] === 0x0d ? 2 : 1
  let padding = 0
  let at = part.end - 1
  while (at >= part.bodyStart && (raw[at] === 0x0a || raw[at] === 0x0d || raw[at] === 0x20)) at--
  const last = at + 1 - part.bodyStart
  while (at >= part.bodyStart && raw[at] === 0x3d) {
    padding++
    at--
  }
  const breaks = Math.floor(last / lineLength) * breakLength
  return Math.max(0, Math.floor(((last - breaks) * 3) / 4) - padding)
}
