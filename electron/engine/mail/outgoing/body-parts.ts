import type { OutgoingMessage } from '../../ports'
import { cleanFileName } from '../mime/attachment-name'
import { dispositionFor } from './file-name'
import { withoutTraces } from './image-metadata/attachment-traces'
import { outgoingHtml } from './outgoing-html'
import { encodeQuotedPrintable } from './quoted-printable'

/** Header lines and body of one entity, ready to stand behind "MIME-Version" or inside a multipart. */
type Entity = readonly Buffer[]

/** The body of a message with its Content-* fields: text, alternative with HTML, or mixed with attachments. */
export function writeBody(message: OutgoingMessage, boundary: (index: number) => string): Entity {
  const html = message.html === null ? null : outgoingHtml(message.html)
  const text = textEntity('plain', message.text)
  const readable =
    html === null ? text : multipart('alternative', boundary(1), [text, textEntity('html', html)])
  if (message.attachments.length === 0) return readable
  return multipart('mixed', boundary(0), [readable, ...message.attachments.map(attachmentEntity)])
}

function textEntity(subtype: 'plain' | 'html', text: string): Entity {
  const header = `Content-Type: text/${subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`
  return [Buffer.from(header + encodeQuotedPrintable(text), 'latin1')]
}

function multipart(subtype: 'alternative' | 'mixed', boundary: string, parts: readonly Entity[]): Entity {
  const ascii = (line: string) => Buffer.from(line, 'latin1')
  return [
    ascii(`Content-Type: multipart/${subtype};\r\n boundary="${boundary}"\r\n\r\n`),
    ...parts.flatMap((part, index) => [ascii(`${index === 0 ? '' : '\r\n'}--${boundary}\r\n`), ...part]),
    ascii(`\r\n--${boundary}--\r\n`),
  ]
}

function attachmentEntity(attachment: OutgoingMessage['attachments'][number]): Entity {
  const bytes = attachment.keepsTraces ? attachment.bytes : withoutTraces(attachment.bytes)
  const name = cleanFileName(attachment.fileName)
  const asked = attachment.contentType.trim().toLowerCase()
  const type =
    /^[a-z0-9!#$&^_.+-]{1,60}\/[a-z0-9!#$&^_.+-]{1,60}$/.test(asked) && !asked.startsWith('multipart/')
      ? asked
      : octets
  const disposition = dispositionFor(name === '' ? 'attachment' : name)
  // RFC 2046 §5.2.1: a message inside a message may not be encoded. One that needs it travels as a file.
  if (type.startsWith('message/')) {
    return isSevenBit(bytes)
      ? [
          Buffer.from(
            `Content-Type: ${type}\r\n${disposition}\r\nContent-Transfer-Encoding: 7bit\r\n\r\n`,
            'latin1',
          ),
          Buffer.from(bytes),
        ]
      : base64Entity(octets, disposition, bytes)
  }
  return base64Entity(type, disposition, bytes)
}

const octets = 'application/octet-stream'

function base64Entity(type: string, disposition: string, bytes: Uint8Array): Entity {
  const header = `Content-Type: ${type}\r\n${disposition}\r\nContent-Transfer-Encoding: base64\r\n\r\n`
  return [Buffer.from(header, 'latin1'), base64Lines(bytes)]
}

/** Base64 in lines of 76, made in slices so that a 100 MB attachment needs no 130 MB string. */
function base64Lines(bytes: Uint8Array): Buffer {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
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
