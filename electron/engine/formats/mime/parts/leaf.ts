import { lookup } from 'mrmime'
import type { AttachmentInfo } from '../../../../../shared/features/mail/model'
import { limits } from '../../../ports/limits'
import { rawValue, readFields, textValue } from '../header/header-fields'
import { type ParameterizedValue, parseParameterized } from '../header/parameters'
import { findBody } from '../header/split-header'
import { cleanLine } from '../text/clean-text'
import { classifyDanger } from './attachment-danger'
import { cleanFileName, nameForPart } from './attachment-name'
import type { MimePart } from './split'
import { bytesPerCharacter, decodeBase64, decodeTransfer, decodeUuLines } from './transfer'
import { findUuencoded, type UuencodedFile } from './uuencode'

/** Enough for every format's first bytes and to tell text from data, also when it is encoded. */
const headBytes = 400

/** Content-Disposition of a part (RFC 2183); value empty when absent. */
export function dispositionOf(part: MimePart): ParameterizedValue {
  return parseParameterized(rawValue(part.fields, 'content-disposition'), part.declared)
}

/** The decoded bytes of one part. */
export function partBytes(raw: Buffer, part: MimePart): Buffer {
  return decodeTransfer(raw.subarray(part.bodyStart, part.end), part.encoding)
}

/** The first decoded bytes of a part. */
export function headOf(raw: Buffer, part: MimePart): Buffer {
  return decodeTransfer(
    raw.subarray(part.bodyStart, Math.min(part.end, part.bodyStart + headBytes)),
    part.encoding,
  )
}

/** The file name a part gives itself, cleaned; empty when it gives none. */
export function givenFileName(part: MimePart, disposition: ParameterizedValue): string {
  return (
    cleanFileName(disposition.parameters.get('filename') ?? '') ||
    cleanFileName(part.type.parameters.get('name') ?? '')
  )
}

/** Content-ID without brackets (RFC 2392), empty when absent. */
export function contentIdOf(part: MimePart): string {
  return cleanLine(rawValue(part.fields, 'content-id'), 1000).replace(/^<|>$/g, '')
}

/**
 * What the reader is told about an attachment, without decoding all of it. `inline`: it is shown within the text; everything
 * that is not has to be listed.
 */
export function describeAttachment(raw: Buffer, part: MimePart, inline: boolean): AttachmentInfo {
  const contentType = /^[!-~]{1,100}\/[!-~]{1,99}$/.test(part.type.value)
    ? part.type.value
    : 'application/octet-stream'
  const head = headOf(raw, part)
  const fileName =
    givenFileName(part, dispositionOf(part)) ||
    nameOfEmbedded(raw, part) ||
    nameForPart(part.id, contentType, head)
  const contentId = contentIdOf(part)
  return {
    partId: part.id.slice(0, 200),
    fileName,
    contentType,
    sizeBytes: estimateSize(raw, part),
    inline,
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
  if (part.type.value !== 'message/rfc822' && part.type.value !== 'message/global') return ''
  const bytes = decodeTransfer(
    raw.subarray(part.bodyStart, Math.min(part.end, part.bodyStart + limits.headerBytes)),
    part.encoding,
  )
  const lineEnd = bytes.includes(0x0a) ? 0x0a : 0x0d
  const fields = readFields(bytes, 0, findBody(bytes, 0, bytes.length, lineEnd), lineEnd)
  const subject = cleanFileName(textValue(fields, 'subject', part.declared).replace(/[/\\]/g, '_'))
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

const fileMark = '.uu'

/** Bytes of a text part and the files in it: all of what is not encoded, of others as much as can be shown. */
export function textWithFiles(
  raw: Buffer,
  part: MimePart,
  maxCharacters: number,
): { bytes: Buffer; files: readonly UuencodedFile[]; isCut: boolean } {
  const isEncoded = part.encoding === 'base64' || part.encoding === 'quoted-printable'
  // Charsets use at most four bytes a character; quoted-printable writes each as three.
  const most = maxCharacters * bytesPerCharacter
  const body = raw.subarray(part.bodyStart, part.end)
  const source = isEncoded ? body.subarray(0, most * 3) : body
  const bytes = decodeTransfer(source, part.encoding, isEncoded ? most : Number.MAX_SAFE_INTEGER)
  const files = part.type.value === 'text/plain' ? findUuencoded(bytes) : []
  return { bytes, files, isCut: source.length < body.length || (isEncoded && bytes.length >= most) }
}

/** Files within the text of a part, numbered behind its own number. */
export function describeFilesInText(raw: Buffer, part: MimePart): AttachmentInfo[] {
  const { bytes, files } = textWithFiles(raw, part, limits.textCharacters)
  return files.map((file, at) => describeFile(part, file, at, fileBytes(bytes, file)))
}

/** A file within a text by its number (`1.uu2`), given the part that it stands in. */
export function fileInText(
  raw: Buffer,
  part: MimePart,
  partId: string,
): { info: AttachmentInfo; bytes: Buffer } | null {
  const at = Number(partId.slice(part.id.length + fileMark.length)) - 1
  const { bytes, files } = textWithFiles(raw, part, limits.textCharacters)
  const file = files[at]
  if (file === undefined) return null
  const content = fileBytes(bytes, file)
  return { info: describeFile(part, file, at, content), bytes: content }
}

/** The part that a file in its text belongs to, or null when this is no number of such a file. */
export const textPartOfFile = (partId: string): string | null => /^(.+)\.uu\d{1,3}$/.exec(partId)?.[1] ?? null

const fileBytes = (bytes: Buffer, { form, dataStart, end }: UuencodedFile): Buffer => {
  const lines = bytes.subarray(dataStart, end)
  return form === 'base64' ? decodeBase64(lines) : decodeUuLines(lines)
}

function describeFile(part: MimePart, file: UuencodedFile, at: number, content: Buffer): AttachmentInfo {
  const partId = `${part.id}${fileMark}${at + 1}`
  const head = content.subarray(0, headBytes)
  const given = cleanFileName(file.name)
  const contentType = lookup(given) ?? 'application/octet-stream'
  const fileName = given || nameForPart(partId, contentType, head)
  const danger = classifyDanger(fileName, contentType, head)
  return {
    partId: partId.slice(0, 200),
    fileName,
    contentType,
    sizeBytes: content.length,
    inline: false,
    contentId: null,
    danger,
  }
}
