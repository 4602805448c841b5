import { asBuffer } from '../../../formats/as-buffer'
import { cleanFileName } from '../../../formats/mime/parts/attachment-name'
import { withoutTraces } from '../../../formats/pictures/metadata/attachment-traces'
import type { OutgoingMessage } from '../../../ports/writing/outgoing'
import { dispositionFor } from './file-name'
import { outgoingHtml } from './outgoing-html'
import { type PlacedPicture, pictureIds } from './placed-pictures'
import { withLegacyHtml, withLegacyText } from './protect/legacy-display'
import { encodeQuotedPrintable } from './quoted-printable'
import { textCharset } from './text-charset'

/** Header lines and body of one entity, ready to stand behind "MIME-Version" or inside a multipart. */
export type Entity = readonly Buffer[]

/** What a body says of its protection (RFC 9788), and how strictly its bytes must survive a relay. */
export type BodyMarks = Readonly<{
  /** `hp` parameter of the outermost Content-Type (§2.1.1). */
  headerProtection: 'cipher' | 'clear' | null
  /** Header lines repeated in the text for readers that show only the outer header (§2.1.2); empty: none. */
  legacyLines: readonly string[]
  /** Signed bytes may not be touched on the way (RFC 3156 §5). */
  signed: boolean
}>

const noMarks: BodyMarks = { headerProtection: null, legacyLines: [], signed: false }

/** The body of a message with its Content-* fields: text, alternative with HTML, or mixed with attachments. */
export function writeBody(
  message: OutgoingMessage,
  boundary: (index: number) => string,
  marks: BodyMarks = noMarks,
): Entity {
  const { legacyLines } = marks
  const legacy = legacyLines.length > 0 ? ['hp-legacy-display="1"'] : []
  const payload = marks.headerProtection === null ? [] : [`hp="${marks.headerProtection}"`]
  const pictures = pictureIds(message)
  const placed = new Set<PlacedPicture>()
  const html =
    message.html === null
      ? null
      : outgoingHtml(message.html, id => {
          const picture = pictures.get(id)
          if (picture) placed.add(picture)
          return picture?.contentId ?? null
        })
  const inPlace = new Set([...placed].map(({ attachment }) => attachment))
  const files = message.attachments.filter(attachment => !inPlace.has(attachment))
  const hasFiles = files.length > 0
  const calendar = message.calendar ? [calendarEntity(message.calendar)] : []
  const isAlternative = html !== null || calendar.length > 0
  const text = textEntity('plain', withLegacyText(message.text, legacyLines), [
    ...legacy,
    ...(hasFiles || isAlternative ? [] : payload),
  ])
  const rich =
    html === null
      ? []
      : [
          withPictures(
            textEntity('html', withLegacyHtml(html, legacyLines), legacy),
            [...placed],
            boundary(relatedBoundary),
            marks.signed,
          ),
        ]
  const readable = isAlternative
    ? multipart('alternative', boundary(1), [text, ...rich, ...calendar], hasFiles ? [] : payload)
    : text
  if (!hasFiles) return readable
  const entities = files.map(attachment => attachmentEntity(attachment, marks.signed))
  return multipart('mixed', boundary(0), [readable, ...entities], payload)
}

/** Boundary 2 is the protected builder's. */
const relatedBoundary = 3

/** The `method` is that of the object, by which programs know an invitation (RFC 6047 §2.4). */
function calendarEntity({ method, bytes }: NonNullable<OutgoingMessage['calendar']>): Entity {
  const type = `Content-Type: text/calendar; charset=utf-8; method=${method.replace(/[^A-Z]/g, '')}`
  return [Buffer.from(`${type}\r\nContent-Transfer-Encoding: base64\r\n\r\n`, 'latin1'), base64Lines(bytes)]
}

/** HTML and the pictures that stand in it (RFC 2387). */
function withPictures(
  html: Entity,
  pictures: readonly PlacedPicture[],
  boundary: string,
  signed: boolean,
): Entity {
  if (pictures.length === 0) return html
  const parts = pictures.map(({ attachment, contentId }) => attachmentEntity(attachment, signed, contentId))
  return multipart('related', boundary, [html, ...parts], ['type="text/html"'])
}

function textEntity(subtype: 'plain' | 'html', text: string, parameters: readonly string[]): Entity {
  const type = [`Content-Type: text/${subtype}; charset=utf-8`, ...parameters].join(';\r\n ')
  const header = `${type}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`
  return [Buffer.from(header + encodeQuotedPrintable(text), 'latin1')]
}

/** Parts of one entity behind each other; `parameters` of its Content-Type besides the boundary. */
export function multipart(
  subtype: 'alternative' | 'mixed' | 'related' | 'signed' | 'encrypted',
  boundary: string,
  parts: readonly Entity[],
  parameters: readonly string[],
): Entity {
  const ascii = (line: string) => Buffer.from(line, 'latin1')
  const type = [`Content-Type: multipart/${subtype}`, `boundary="${boundary}"`, ...parameters].join(';\r\n ')
  return [
    ascii(`${type}\r\n\r\n`),
    ...parts.flatMap((part, index) => [ascii(`${index === 0 ? '' : '\r\n'}--${boundary}\r\n`), ...part]),
    ascii(`\r\n--${boundary}--\r\n`),
  ]
}

function attachmentEntity(
  attachment: OutgoingMessage['attachments'][number],
  signed: boolean,
  contentId: string | null = null,
): Entity {
  const bytes = attachment.keepsTraces ? attachment.bytes : withoutTraces(attachment.bytes)
  const name = cleanFileName(attachment.fileName)
  const asked = attachment.contentType.trim().toLowerCase()
  const type =
    /^[a-z0-9!#$&^_.+-]{1,60}\/[a-z0-9!#$&^_.+-]{1,60}$/.test(asked) && !asked.startsWith('multipart/')
      ? asked
      : octets
  const disposition = [
    dispositionFor(name === '' ? 'attachment' : name, contentId === null ? 'attachment' : 'inline'),
    ...(contentId === null ? [] : [`Content-ID: <${contentId}>`]),
  ].join('\r\n')
  // RFC 2046 §5.2.1: a message inside a message may not be encoded. One that needs it travels as a file.
  if (type.startsWith('message/')) {
    return isSevenBit(bytes) && (!signed || isLeftAlone(bytes))
      ? [
          Buffer.from(
            `Content-Type: ${type}\r\n${disposition}\r\nContent-Transfer-Encoding: 7bit\r\n\r\n`,
            'latin1',
          ),
          Buffer.from(bytes),
        ]
      : base64Entity(octets, disposition, bytes)
  }
  const charset = textCharset(type, bytes)
  return base64Entity(charset === null ? type : `${type}; charset=${charset}`, disposition, bytes)
}

const octets = 'application/octet-stream'

function base64Entity(type: string, disposition: string, bytes: Uint8Array): Entity {
  const header = `Content-Type: ${type}\r\n${disposition}\r\nContent-Transfer-Encoding: base64\r\n\r\n`
  return [Buffer.from(header, 'latin1'), base64Lines(bytes)]
}

/** Base64 in lines of 76, made in slices so that a 100 MB attachment needs no 130 MB string. */
function base64Lines(bytes: Uint8Array): Buffer {
  const source = asBuffer(bytes)
  const lines = Math.ceil(source.length / 57)
  const out = Buffer.allocUnsafe(Math.ceil(source.length / 3) * 4 + lines * 2)
  let length = 0
  for (let at = 0; at < source.length; at += 57) {
    length += out.write(source.toString('base64', at, Math.min(source.length, at + 57)), length, 'latin1')
    length += out.write('\r\n', length, 'latin1')
  }
  return out.subarray(0, length)
}

/** ASCII with CRLF line ends only and lines of at most 998 characters (RFC 5322 §2.1.1). */
function isSevenBit(bytes: Uint8Array): boolean {
  let column = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte === 0x0d && bytes[at + 1] === 0x0a) {
      column = 0
      at++
    } else if (byte === 0 || byte > 0x7e || byte === 0x0d || byte === 0x0a || ++column > 998) return false
  }
  return true
}

/** No line that a relay has a reason to change: one that begins with "From ", or ends in white space (RFC 3156 §5). */
function isLeftAlone(bytes: Uint8Array): boolean {
  return !/(?:^|\n)From |[ \t]\r?(?:\n|$)/.test(Buffer.from(bytes).toString('latin1'))
}
