import { limits } from '../../../ports/limits'
import type { ParsedHeader } from '../../../ports/mail/mime'
import { cleanLine } from '../text/clean-text'
import { parseAddresses } from './addresses'
import { parseDate } from './dates'
import { decodeEightBit, type HeaderFields, rawList, rawValue, textValue } from './header-fields'

const maxIdCharacters = 1000
const idInBrackets = /<([^<>]{1,2000})>/g

/**
 * The header fields that Siegel works with, decoded and bounded. `charset`: what the body declares, for raw 8-bit text
 * that is not UTF-8. Never throws.
 */
export function parseHeaderFields(fields: HeaderFields, charset = ''): ParsedHeader {
  const addresses = (name: string) => parseAddresses(decodeEightBit(rawList(fields, name), charset))
  return {
    messageIdHeader: messageIds(rawValue(fields, 'message-id'))[0] ?? '',
    inReplyTo: messageIds(rawValue(fields, 'in-reply-to'))[0] ?? '',
    references: boundReferences(messageIds(rawValue(fields, 'references'))),
    subject: cleanLine(textValue(fields, 'subject', charset), 2000),
    // A message has one author; the contract shows at most this many (shared/features/mail/model.ts).
    from: addresses('from').slice(0, 20),
    sender: addresses('sender').slice(0, 20),
    replyTo: addresses('reply-to').slice(0, 50),
    to: addresses('to'),
    cc: addresses('cc'),
    bcc: addresses('bcc'),
    dateMs: parseDate(textValue(fields, 'date', charset)),
    listId: listId(textValue(fields, 'list-id', charset)),
  }
}

/**
 * Message-IDs without brackets; white space in them comes from folding and is none of them (RFC 5322 §4.5.4). Without any
 * brackets bare tokens count too (broken senders).
 */
function messageIds(value: string): string[] {
  if (value === '') return []
  const found: string[] = []
  for (const match of value.matchAll(idInBrackets)) {
    const id = cleanLine((match[1] ?? '').replace(/\s+/g, ''), maxIdCharacters)
    if (id !== '') found.push(id)
  }
  if (found.length > 0) return found
  const tokens = value.replace(/\s*@\s*/g, '@').split(/[\s,<>]+/)
  for (const token of tokens) {
    const id = cleanLine(token, maxIdCharacters)
    if (/^[^@]+@[^@]+$/.test(id)) found.push(id)
  }
  return found
}

/** The first one names the thread, the last ones the place in it. */
function boundReferences(ids: readonly string[]): readonly string[] {
  const unique = [...new Set(ids)]
  if (unique.length <= limits.references) return unique
  return [...unique.slice(0, 1), ...unique.slice(1 - limits.references)]
}

/** RFC 2919: the identifier in brackets, without its description. */
function listId(value: string): string | null {
  if (value === '') return null
  const bracketed = /<([^<>]+)>/.exec(value)
  const id = cleanLine(bracketed?.[1] ?? value, 500)
  return id === '' ? null : id
}
