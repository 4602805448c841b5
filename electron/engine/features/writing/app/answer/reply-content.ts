import type { AccountSummary } from '../../../../../../shared/features/accounts/model'
import type { Address } from '../../../../../../shared/features/mail/model'
import type { DraftContent } from '../../../../../../shared/features/writing/model'
import { noChoice } from '../../../../../../shared/features/writing/protection'
import { directionOf, hasRightToLeft } from '../../../../../../shared/kit/text-direction'
import { limits } from '../../../../ports/limits'
import type { ParsedMessage } from '../../../../ports/mail/mime'
import type { AnswerRecipients } from './answer-recipients'

const replyPrefix = /^\s*(?:(?:re|aw|sv|antw|antwort)(?:\[\d+\])?\s*:\s*)+/i
const forwardPrefix = /^\s*(?:(?:fwd?|wg|tr)\s*:\s*)+/i

/** One "Re: " in front, whatever stack of prefixes in whatever language was there (RFC 5322 §3.6.5). */
export const replySubject = (subject: string): string => `Re: ${subject.replace(replyPrefix, '')}`
export const forwardSubject = (subject: string): string => `Fwd: ${subject.replace(forwardPrefix, '')}`

/** What a subject is about, without what mail programs put in front. */
export function withoutPrefixes(subject: string): string {
  const bare = subject.trim().replace(replyPrefix, '').replace(forwardPrefix, '')
  return bare === subject.trim() ? bare : withoutPrefixes(bare)
}

/** The contract's cap on subjects (`draftContent`); the prefix must not push the end over it. */
const subjectCharacters = 2000

const label = (address: Address | undefined) => address?.name || address?.address || ''
const full = (address: Address) => (address.name ? `${address.name} <${address.address}>` : address.address)

/** Minutes in UTC: the local time zone of the writer stays private. */
const utcMinute = (ms: number) => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`

const quotedLine = (line: string) => (line === '' ? '>' : line.startsWith('>') ? `>${line}` : `> ${line}`)

/** Unseen, and as strong as a Hebrew letter (UAX #9): a line that has it begins on the right. */
const rightToLeftMark = '\u200f'

/**
 * The lines with a mark in front. A text field, here and at the recipient, sets each line by its own first letter, and one without
 * any from the left, so the mark of an empty line would stand on the other side than those around it.
 */
function quotedLines(lines: readonly string[]): readonly string[] {
  let above: 'ltr' | 'rtl' | null = null
  return lines.map(line => {
    const own = directionOf(line)
    above = own ?? above
    return own === null && above === 'rtl' ? `${quotedLine(line)}${rightToLeftMark}` : quotedLine(line)
  })
}

/**
 * Who wrote it and when. Beside a name that is read from the right the date would fall apart, its parts in the order of the name
 * (UAX #9), so both are isolated there; the line begins on the side of the name. Other names need no unseen characters.
 */
function attribution(name: string, date: string): string {
  if (!hasRightToLeft(name)) return `${name} (${date}):`
  const start = directionOf(name) === 'rtl' ? rightToLeftMark : ''
  return `${start}\u2068${name}\u2069 (\u2066${date}\u2069):`
}

/** The first lines that fit; `isCut` when some did not. */
function fitting(lines: readonly string[]): { text: string; isCut: boolean } {
  let characters = 0
  const end = lines.findIndex(line => {
    characters += line.length + 1
    return characters > limits.quoteCharacters
  })
  if (end === -1) return { text: lines.join('\n'), isCut: false }
  // One line that is longer than everything that may be quoted.
  const kept = end === 0 ? [(lines[0] ?? '').slice(0, limits.quoteCharacters)] : lines.slice(0, end)
  return { text: kept.join('\n'), isCut: true }
}

/** Stands where a quote ends before its original does: in mail, and so in the language of the lines around it. */
export const cutMark = '[The original goes on here; the rest is not quoted.]'

type Quote = Readonly<{ text: string; isCut: boolean }>

const isCutAlready = (parsed: ParsedMessage) => parsed.text.length >= limits.textCharacters

function quoted(parsed: ParsedMessage, dateMs: number): Quote {
  const { text, isCut } = fitting(quotedLines(parsed.text.trimEnd().split(/\r?\n/)))
  const ends = isCut || isCutAlready(parsed)
  const mark = ends ? `\n${cutMark}` : ''
  const head = attribution(label(parsed.header.from[0]), utcMinute(dateMs))
  return { text: `${head}\n${text}${mark}\n`, isCut: ends }
}

function forwarded(parsed: ParsedMessage, dateMs: number): Quote {
  const { header } = parsed
  const head = [
    '---------- Forwarded message ----------',
    `From: ${header.from.map(full).join(', ')}`,
    `Date: ${utcMinute(dateMs)}`,
    `Subject: ${header.subject}`,
    `To: ${header.to.map(full).join(', ')}`,
    ...(header.cc.length > 0 ? [`Cc: ${header.cc.map(full).join(', ')}`] : []),
  ]
  const { text, isCut } = fitting(parsed.text.split('\n'))
  const ends = isCut || isCutAlready(parsed)
  return { text: `${head.join('\n')}\n\n${text}${ends ? `\n${cutMark}\n` : ''}`, isCut: ends }
}

export const signatureBlock = (signature: string): string =>
  signature.trim() === '' ? '' : `\n\n-- \n${signature.trim()}\n`

/**
 * The first text of an answer or a forward: room to write above, the original below. `dateMs`: when the original was written,
 * as its protection has it. `quoteIsCut`: the original is longer than what may be quoted, and its end says so.
 */
export function replyContent(
  kind: 'answer' | 'forward',
  original: { parsed: ParsedMessage; dateMs: number },
  account: AccountSummary,
  recipients: AnswerRecipients,
): { content: DraftContent; quoteIsCut: boolean } {
  const { parsed, dateMs } = original
  const below = kind === 'forward' ? forwarded(parsed, dateMs) : quoted(parsed, dateMs)
  const subject =
    kind === 'forward' ? forwardSubject(parsed.header.subject) : replySubject(parsed.header.subject)
  return {
    content: {
      accountId: account.id,
      to: recipients.to,
      cc: recipients.cc,
      bcc: recipients.bcc,
      subject: subject.slice(0, subjectCharacters),
      text: `${signatureBlock(account.signature)}\n\n${below.text}`,
      html: null,
      protection: noChoice,
    },
    quoteIsCut: below.isCut,
  }
}
