import { bodyStructure, envelope, type MimeEntity, parseMime, partAt } from './imap-mime'
import type { ScriptedMessage } from './imap-model'
import { asList, asText, type ImapArgument } from './imap-parser'

const macros: Readonly<Record<string, readonly string[]>> = {
  ALL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE'],
  FAST: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE'],
  FULL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE', 'BODY'],
}

/** The item names of a FETCH, upper case outside sections, macros resolved. */
export function fetchItems(argument: ImapArgument | undefined): string[] {
  const items = asList(argument).map(asText)
  return macros[items[0]?.toUpperCase() ?? '']?.slice() ?? items
}

/** Whether one of the items sets \Seen (RFC 3501 section 6.4.5). */
export function marksSeen(items: readonly string[]): boolean {
  return items.some(item => /^(BODY\[|BINARY\[|RFC822(\.TEXT)?$)/i.test(item))
}

/** The answer `* n FETCH (...)` to the wanted items, as bytes. Unknown items are left out, as a lax server does. */
export function fetchAnswer(sequence: number, message: ScriptedMessage, items: readonly string[]): Buffer {
  let parsed: MimeEntity | undefined
  const mime = () => {
    parsed ??= parseMime(message.raw.toString('latin1'))
    return parsed
  }
  const parts: (string | Buffer)[] = []
  const put = (...values: (string | Buffer)[]) => {
    if (parts.length > 0) parts.push(' ')
    parts.push(...values)
  }
  for (const item of items) {
    const name = item.toUpperCase()
    if (name === 'UID') put(`UID ${message.uid}`)
    else if (name === 'FLAGS') put(`FLAGS (${[...message.flags].join(' ')})`)
    else if (name === 'INTERNALDATE') put(`INTERNALDATE "${imapDate(message.internalDate)}"`)
    else if (name === 'RFC822.SIZE') put(`RFC822.SIZE ${message.raw.length}`)
    else if (name === 'MODSEQ') put(`MODSEQ (${message.modseq})`)
    else if (name === 'ENVELOPE') put('ENVELOPE ', Buffer.from(envelope(mime().header), 'latin1'))
    else if (name === 'BODYSTRUCTURE' || name === 'BODY')
      put(`${name} `, Buffer.from(bodyStructure(mime()), 'latin1'))
    else if (name === 'RFC822') put('RFC822 ', literal(message.raw))
    else if (name === 'RFC822.HEADER')
      put('RFC822.HEADER ', literal(section(message, mime, 'HEADER') ?? Buffer.alloc(0)))
    else putSection(item, message, mime, put)
  }
  return Buffer.concat(
    [`* ${sequence} FETCH (`, ...parts, ')\r\n'].map(part =>
      typeof part === 'string' ? Buffer.from(part) : part,
    ),
  )
}

function putSection(
  item: string,
  message: ScriptedMessage,
  mime: () => MimeEntity,
  put: (...values: (string | Buffer)[]) => void,
): void {
  const match = /^(BODY|BINARY)(?:\.PEEK)?\[([^\]]*)\](?:<(\d+)\.(\d+)>)?$/i.exec(item)
  if (!match) return
  const [, kind = 'BODY', wanted = '', start, count] = match
  let bytes = section(message, mime, wanted)
  const origin = start === undefined ? '' : `<${start}>`
  if (bytes && start !== undefined) bytes = bytes.subarray(Number(start), Number(start) + Number(count))
  put(`${kind.toUpperCase()}[${wanted}]${origin} `, bytes ? literal(bytes) : 'NIL')
}

function section(message: ScriptedMessage, mime: () => MimeEntity, wanted: string): Buffer | undefined {
  const [, path = '', rest = ''] = /^((?:\d+\.?)*)(.*)$/.exec(wanted)!
  if (path === '' && rest === '') return message.raw
  const part = path === '' ? mime() : partAt(mime(), path.replace(/\.$/, ''))
  if (!part) return undefined
  const inner = path !== '' && rest !== '' && part.type === 'message' ? parseMime(part.body) : part
  const kind = rest.toUpperCase()
  const bytes = (text: string) => Buffer.from(text, 'latin1')
  if (kind === '' || kind === 'TEXT') return bytes(kind === '' ? part.body : inner.body)
  if (kind === 'MIME') return bytes(`${part.header}\r\n`)
  if (kind === 'HEADER') return bytes(`${inner.header}\r\n`)
  const fields = /^HEADER\.FIELDS(\.NOT)? \(([^)]*)\)$/.exec(kind)
  if (!fields) return undefined
  const names = new Set(fields[2]!.split(/\s+/).map(name => name.replaceAll('"', '')))
  const kept = inner.header
    .split(/\r\n(?![ \t])/)
    .filter(line => line !== '' && names.has(line.split(':')[0]!.trim().toUpperCase()) !== Boolean(fields[1]))
  return bytes(`${kept.map(line => `${line}\r\n`).join('')}\r\n`)
}

function literal(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`{${bytes.length}}\r\n`), bytes])
}

/** `17-Jul-2026 02:44:25 +0000` (RFC 3501 date-time). */
function imapDate(date: Date): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(date.toUTCString())!
  return `${day}-${month}-${year} ${time} +0000`
}
