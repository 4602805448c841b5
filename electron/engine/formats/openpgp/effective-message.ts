import type { ParsedMessage } from '../../ports/mail/mime'
import type { ProtectedHeader } from '../../ports/mail/reading'
import type { HeaderFields } from '../mime/header/header-fields'
import { parseHeaderFields } from '../mime/header/parsed-header'
import { readContent } from '../mime/parts/body'
import { type MimePart, splitMessage } from '../mime/parts/split'
import { snippetOf } from '../mime/text/snippet'
import { legacyDisplayPart } from './protected-header'

/** What a reader would take for the sender's words: with RFC 9788 it counts only from inside (§4.4). */
const userFacing: ReadonlySet<string> = new Set([
  'sender',
  'reply-to',
  'to',
  'cc',
  'bcc',
  'subject',
  'keywords',
  'comments',
])

const isOfBody = (name: string): boolean => name.startsWith('content-') || name === 'mime-version'

/** The bytes that every reader works with, see `ProtectionReader.effective`. */
export function effectiveMessage(
  outer: Buffer,
  payload: Buffer,
  header: ProtectedHeader | null,
  takesFrom: boolean,
): Buffer {
  const around = splitMessage(outer).root.fields
  const inner = splitMessage(payload).root
  const inside = (header?.fields ?? []).filter(([name]) => takesFrom || name !== 'from')
  const replaced = new Set(inside.map(([name]) => name))
  const isKept = (name: string): boolean =>
    !isOfBody(name) && !replaced.has(name) && !(header?.scheme === 'rfc9788' && userFacing.has(name))
  const lines = [
    ...linesOf(around, isKept),
    ...inside.map(([name, value]) => line(name, value)),
    ...linesOf(inner.fields, isOfBody),
  ]
  return Buffer.concat([
    Buffer.from(`${lines.join('')}\r\n`, 'latin1'),
    payload.subarray(inner.bodyStart, inner.end),
  ])
}

const line = (name: string, value: string): string => `${name}:${value.replace(/[\r\n]+$/, '')}\r\n`

const linesOf = (fields: HeaderFields, isWanted: (name: string) => boolean): string[] =>
  fields.names.flatMap((name, at) => (isWanted(name) ? [line(name, fields.values[at] ?? '')] : []))

/** What is shown of an effective message, without the copies of the header for programs that know no better. */
export function parseEffective(raw: Buffer, header: ProtectedHeader | null): ParsedMessage {
  const tree = splitMessage(raw)
  const copy = header?.scheme === 'legacy' ? legacyDisplayPart(tree.root) : null
  const content = readContent(raw, tree.root, {
    ...(copy === null ? {} : { isOmitted: (part: MimePart) => part === copy }),
    shorten: header?.scheme === 'rfc9788' ? withoutLegacyDisplay : (_, text) => text,
  })
  return {
    header: parseHeaderFields(tree.root.fields, tree.charset),
    text: content.text,
    html: content.html,
    attachments: content.attachments,
    snippet: snippetOf(content.text),
    encrypted: false,
    broken: tree.broken,
    isCut: content.isCut,
  }
}

const legacyClass = 'header-protection-legacy-display'
/** The copy stands at the very beginning. */
const maxBeginning = 20_000

/** RFC 9788 §4.5.3: text up to the first empty line, or the element of this class at the beginning of the body. */
function withoutLegacyDisplay(part: MimePart, text: string): string {
  if (part.type.parameters.get('hp-legacy-display') !== '1') return text
  if (part.type.value === 'text/plain') {
    const blank = /^[ \t]*(?:\n|$)/m.exec(text.slice(0, maxBeginning))
    return blank === null ? text : text.slice(blank.index + blank[0].length)
  }
  const beginning = text.slice(0, maxBeginning)
  const body = /<body[^<>]*>/i.exec(beginning)
  const from = body === null ? 0 : body.index + body[0].length
  const opening = /^\s*<div[^<>]*>/i.exec(beginning.slice(from))
  if (opening === null || !opening[0].includes(legacyClass)) return text
  const end = text.toLowerCase().indexOf('</div>', from)
  return end === -1 ? text : text.slice(0, from) + text.slice(end + '</div>'.length)
}
