import type { ParsedHeader } from '../../ports/mime'
import { limits } from '../limits'
import { parseAddresses } from './addresses'
import { cleanLine } from './clean-text'
import { parseDate } from './dates'
import { decodeEightBit, type HeaderFields, rawList, rawValue, textValue } from './header-fields'

const maxIdCharacters = 1000
const idInBrackets = /<([^<>\s]+)>/g

/** The header fields that Siegel works with, decoded and bounded. Never throws. */
export function parseHeaderFields(fields: HeaderFields): ParsedHeader {
  const addresses = (name: string) => parseAddresses(decodeEightBit(rawList(fields, name)))
  return {
    messageIdHeader: messageIds(rawValue(fields, 'message-id'))[0] ?? '',
    inReplyTo: messageIds(rawValue(fields, 'in-reply-to'))[0] ?? '',
    references: boundReferences(messageIds(rawValue(fields, 'references'))),
    subject: cleanLine(textValue(fields, 'subject'), 2000),
    // A message has one author; the contract shows at most this many (shared/model/mail.ts).
    from: addresses('from').slice(0, 20),
    sender: addresses('sender').slice(0, 20),
    replyTo: addresses('reply-to').slice(0, 50),
    to: addresses('to'),
    cc: addresses('cc'),
    bcc: addresses('bcc'),
    dateMs: parseDate(rawValue(fields, 'date')),
    listId: listId(textValue(fields, 'list-id')),
  }
}

/** Message-IDs without brackets; a single bare token counts too (broken senders). */
function messageIds(value: string): string[] {
  if (value === '') return []
  const found: string[] = []
  for (const match of value.matchAll(idInBrackets)) {
    const id = cleanLine(match[1] ?? '', maxIdCharacters)
    if (id !== '') found.push(id)
  }
  if (found.length === 0) {
    for (const token of value.split(/[\s,]+/)) {
      const id = cleanLine(token.replace(/[<>]/g, ''), maxIdCharacters)
      if (id.includes('@')) found.push(id)
    }
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
