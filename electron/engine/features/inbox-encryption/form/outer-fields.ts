import { readFields } from '../../../formats/mime/header/header-fields'
import { findBody } from '../../../formats/mime/header/split-header'

/**
 * What stays readable for the server: who, when, and what holds a conversation together. Reply-To is among them so that
 * an answer from any other client goes where it should; everything else (the way a message took, lists, signatures of
 * servers, Bcc) is inside only.
 */
const outer: ReadonlyMap<string, string> = new Map([
  ['date', 'Date'],
  ['from', 'From'],
  ['sender', 'Sender'],
  ['reply-to', 'Reply-To'],
  ['to', 'To'],
  ['cc', 'Cc'],
  ['message-id', 'Message-ID'],
  ['in-reply-to', 'In-Reply-To'],
  ['references', 'References'],
  ['subject', 'Subject'],
])

/** The outer header fields with their line ends, values as they were sent; 8-bit bytes are Latin-1 characters. */
export function outerFields(raw: Buffer, hideSubject: boolean): string {
  const lineEnd = raw.includes(0x0a) ? 0x0a : 0x0d
  const { names, values } = readFields(raw, 0, findBody(raw, 0, raw.length, lineEnd), lineEnd)
  let text = ''
  for (const [at, name] of names.entries()) {
    const written = outer.get(name)
    if (written === undefined) continue
    // `[...]` as in RFC 9788 §3.2.1 (hcp_baseline).
    const value = name === 'subject' && hideSubject ? ' [...]' : oneField(values[at] ?? '')
    text += `${written}:${value}\r\n`
  }
  return text
}

/** A value whose every further line begins with white space, so that it cannot become a field of its own. */
function oneField(value: string): string {
  const lines = value.replace(/\0/g, '').split(/\r\n|\n|\r/)
  return lines.filter((line, at) => at === 0 || /^[ \t]/.test(line)).join('\r\n')
}
