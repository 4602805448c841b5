import { SiegelError } from '../../../../shared/ipc/result'
import type { OutgoingBuilder, OutgoingMessage } from '../../ports'
import { limits } from '../limits'
import { type EncodedAddress, encodeAddress, encodeUnfinishedAddress } from './address'
import { writeBody } from './body-parts'
import { boundaryFor } from './boundary'
import { foldList, foldText } from './header-text'
import { attachmentTraces } from './image-metadata/attachment-traces'

/**
 * The only place that writes outgoing bytes. Same header order, encodings and line shapes for every message on
 * every machine: nothing here reads the clock, the locale, the environment or the platform
 * (docs and golden files: test/fixtures/mail/outgoing).
 *
 * Habits, chosen once: text is always quoted-printable in UTF-8, HTML always comes with its text, encoded words
 * are always base64, attachments are always base64 in lines of 76, display names are quoted or encoded.
 */
export const outgoingBuilder: OutgoingBuilder = {
  build(message) {
    const recipients = [...message.to, ...message.cc, ...message.bcc]
    if (recipients.length === 0) throw new SiegelError('no-recipient')
    const from = encodeAddress(message.from)
    const to = new Set(recipients.map(recipient => encodeAddress(recipient).addrSpec))
    return {
      ...write(message, { keepBcc: false, encode: encodeAddress }),
      envelope: { from: from.addrSpec, to: [...to] },
    }
  },
  buildDraft(message) {
    return write(message, { keepBcc: true, encode: encodeUnfinishedAddress })
  },
  traces: attachmentTraces,
}

/** References beyond these are cut in the middle: servers refuse endless headers (RFC 5322 sets no number). */
const maxReferences = 30

function write(
  message: OutgoingMessage,
  options: { keepBcc: boolean; encode: (address: OutgoingMessage['from']) => EncodedAddress },
): { raw: Uint8Array; messageIdHeader: string } {
  if (!/^[0-9a-f]{16,64}$/.test(message.messageIdLocal))
    throw new TypeError('messageIdLocal must be lower-case hex')
  const sizeBytes = message.attachments.reduce((sum, attachment) => sum + attachment.bytes.length, 0)
  if (sizeBytes > limits.outgoingBytes)
    throw new SiegelError('too-large', { sizeBytes, maxBytes: limits.outgoingBytes })

  const from = options.encode(message.from)
  const domain = from.addrSpec.slice(from.addrSpec.lastIndexOf('@') + 1)
  const messageIdHeader = `${message.messageIdLocal}@${domain === '' ? 'localhost' : domain}`
  const list = (name: string, addresses: OutgoingMessage['to']) =>
    addresses.length === 0
      ? []
      : [
          foldList(
            name,
            addresses.map(address => options.encode(address).header),
          ),
        ]
  const inReplyTo = message.inReplyTo === null ? null : usableId(message.inReplyTo)
  const references = boundReferences(message.references.map(usableId).filter(id => id !== null))

  const header = [
    foldList('From', [from.header]),
    ...list('To', message.to),
    ...list('Cc', message.cc),
    ...(options.keepBcc ? list('Bcc', message.bcc) : []),
    foldText('Subject', oneLine('subject', message.subject)),
    `Date: ${formatDate(message.dateMs)}`,
    `Message-ID: <${messageIdHeader}>`,
    ...(inReplyTo === null ? [] : [`In-Reply-To: <${inReplyTo}>`]),
    ...(references.length === 0 ? [] : [`References: ${references.map(id => `<${id}>`).join('\r\n ')}`]),
    'MIME-Version: 1.0',
  ]
  const body = writeBody(message, index => boundaryFor(message.messageIdLocal, index))
  return {
    raw: Buffer.concat([Buffer.from(`${header.join('\r\n')}\r\n`, 'latin1'), ...body]),
    messageIdHeader,
  }
}

/** Line ends and NUL in a field would be new header lines: such a message is refused, not repaired. */
function oneLine(field: string, text: string): string {
  if (/[\r\n\0]/.test(text)) throw new SiegelError('bad-request', { field })
  return text
}

/** A foreign Message-ID that can stand in a header as it is; others are left out (threading loses one link). */
function usableId(id: string): string | null {
  return /^[!-;=?-~]{1,900}$/.test(id) && id.includes('@') ? id : null
}

function boundReferences(ids: readonly string[]): readonly string[] {
  return ids.length <= maxReferences ? ids : [...ids.slice(0, 1), ...ids.slice(1 - maxReferences)]
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** RFC 5322 §3.3 in UTC, rounded down to the minute: neither time zone nor a precise clock shows. */
function formatDate(ms: number): string {
  const date = new Date(Math.floor(ms / 60_000) * 60_000)
  const two = (value: number) => String(value).padStart(2, '0')
  return (
    `${days[date.getUTCDay()]}, ${two(date.getUTCDate())} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()} ` +
    `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:00 +0000`
  )
}
