import type { Address } from '../../../../../shared/features/mail/model'
import { SiegelError } from '../../../../../shared/kit/result'
import type { OutgoingMessage } from '../../../ports/writing/outgoing'
import type { EncodedAddress } from './address'
import { foldList, foldText } from './header-text'

/** One header field; `text` is the whole of it, folded, without the last line end. */
export type HeaderField = Readonly<{ name: string; text: string }>

export type MessageHeader = Readonly<{
  /** All but MIME-Version and Content-*, in the order of every message. */
  fields: readonly HeaderField[]
  messageIdHeader: string
  /** Address of the sender, as in the envelope. */
  from: string
}>

/** References beyond these are cut in the middle: servers refuse endless headers (RFC 5322 sets no number). */
const maxReferences = 30

/** The header of a message. Throws `bad-address` (from `encode`) and `bad-request` for line ends in the subject. */
export function messageHeader(
  message: OutgoingMessage,
  options: { keepBcc: boolean; encode: (address: Address) => EncodedAddress },
): MessageHeader {
  if (!/^[0-9a-f]{16,64}$/.test(message.messageIdLocal))
    throw new TypeError('messageIdLocal must be lower-case hex')
  const from = options.encode(message.from)
  const domain = from.addrSpec.slice(from.addrSpec.lastIndexOf('@') + 1)
  const messageIdHeader = `${message.messageIdLocal}@${domain === '' ? 'localhost' : domain}`
  const list = (name: string, addresses: readonly Address[]): HeaderField[] =>
    addresses.length === 0
      ? []
      : [
          {
            name,
            text: foldList(
              name,
              addresses.map(address => options.encode(address).header),
            ),
          },
        ]
  const inReplyTo = message.inReplyTo === null ? null : usableId(message.inReplyTo)
  const references = boundReferences(message.references.map(usableId).filter(id => id !== null))
  const line = (name: string, value: string): HeaderField => ({ name, text: `${name}: ${value}` })
  return {
    fields: [
      { name: 'From', text: foldList('From', [from.header]) },
      ...list('To', message.to),
      ...list('Cc', message.cc),
      ...(options.keepBcc ? list('Bcc', message.bcc) : []),
      ...list('Reply-To', message.replyTo ?? []),
      { name: 'Subject', text: foldText('Subject', oneLine('subject', message.subject)) },
      line('Date', formatDate(message.dateMs)),
      line('Message-ID', `<${messageIdHeader}>`),
      ...(inReplyTo === null ? [] : [line('In-Reply-To', `<${inReplyTo}>`)]),
      ...(references.length === 0 ? [] : [line('References', references.map(id => `<${id}>`).join('\r\n '))]),
    ],
    messageIdHeader,
    from: from.addrSpec,
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
