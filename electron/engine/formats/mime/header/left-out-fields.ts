import { asBuffer } from '../../as-buffer'
import { type HeaderFields, rawValue, readFields } from './header-fields'
import { findBody } from './split-header'

/** Names that are told at most, and the characters of one. */
const mostNames = 20
const nameCharacters = 60

/** What a draft of Siegel's holds itself, or writes anew for every message. */
const kept =
  /^(from|to|cc|bcc|reply-to|subject|date|message-id|in-reply-to|references|mime-version|content-.*|autocrypt.*|hp-outer)$/

/** Book-keeping of programs and servers, which says nothing to who gets the mail: nobody misses it. */
const bookkeeping = new RegExp(
  `^(${[
    'received.*',
    'return-path',
    'delivered-to',
    'envelope-to',
    'x-original-to',
    'user-agent',
    'x-mailer',
    'x-newsreader',
    'x-mimeole',
    'fcc',
    'x-fcc',
    'bcc-self',
    'status',
    'lines',
    'thread-(index|topic)',
    'x-(mozilla|identity|account|apple|gmail|uniform-type|universally|ms|microsoft|exchange|forefront|gm|google|spam|virus|ham|kmail|evolution|claws|sylpheed|mutt|roundcube|zimbra|proton|tutanota|ox|k9|template|unsent|uid|keywords|status|received|originating|remote|priority-id)(-.*)?',
    'x-x?-?sender',
    'dkim-.*',
    'arc-.*',
    'authentication-results',
    'openpgp',
    'x-enigmail-.*',
    'x-pgp-.*',
  ].join('|')})$`,
)

/** Urgency fields say nothing where they say "normal". */
const urgency = /^(importance|priority|x-priority|x-msmail-priority)$/
const isNormal = (value: string) => /^\s*(normal|medium|non-urgent|3\b)/i.test(value)

/**
 * Names of the header fields of a draft of another program that do not stay when it is written on here: urgency, receipt
 * requests, fields of one's own. In the writing of field names, each once, at most twenty.
 */
export function readLeftOutFields(raw: Uint8Array): readonly string[] {
  const bytes = asBuffer(raw)
  const lineEnd = bytes.includes(0x0a) ? 0x0a : 0x0d
  const fields = readFields(bytes, 0, findBody(bytes, 0, bytes.length, lineEnd), lineEnd)
  const names = new Set(
    fields.names.filter((name, index) => isMissed(name, fields.values[index] ?? '')).map(inFieldWriting),
  )
  if (asksForReceiptOnly(fields)) names.add('Disposition-Notification-To')
  return [...names].slice(0, mostNames)
}

const isMissed = (name: string, value: string): boolean =>
  /^[!-9;-~]+$/.test(name) &&
  value.trim() !== '' &&
  !kept.test(name) &&
  !bookkeeping.test(name) &&
  name !== 'sender' &&
  !(urgency.test(name) && isNormal(value))

/** Thunderbird keeps the wish for a receipt in a field of its own, too. */
const asksForReceiptOnly = (fields: HeaderFields): boolean =>
  /\breceipt=[1-9]/.test(rawValue(fields, 'x-mozilla-draft-info'))

const inFieldWriting = (name: string): string =>
  name.slice(0, nameCharacters).replace(/(^|-)[a-z]/g, start => start.toUpperCase())
