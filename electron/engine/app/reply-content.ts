import type { AccountSummary } from '../../../shared/model/account'
import type { DraftContent } from '../../../shared/model/compose'
import type { Address } from '../../../shared/model/mail'
import { noChoice } from '../../../shared/model/protection'
import type { ParsedMessage } from '../ports/mime'

export type ReplyMode = 'reply' | 'reply-all' | 'forward'

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

const sameAddress = (one: Address, other: string) => one.address.toLowerCase() === other.toLowerCase()

function unique(addresses: readonly Address[], without: readonly string[]): Address[] {
  const seen = new Set(without.map(each => each.toLowerCase()))
  return addresses.filter(({ address }) => {
    const key = address.toLowerCase()
    if (key === '' || seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** Who gets the answer (RFC 5322 §3.6.3): Reply-To before From; an own message is answered to its recipients. */
function recipients(
  mode: ReplyMode,
  parsed: ParsedMessage,
  ownAddresses: readonly string[],
): { to: Address[]; cc: Address[] } {
  const { header } = parsed
  if (mode === 'forward') return { to: [], cc: [] }
  const fromMe = header.from.some(each => ownAddresses.some(own => sameAddress(each, own)))
  const author = fromMe ? header.to : header.replyTo.length > 0 ? header.replyTo : header.from
  const to = unique(author, [])
  if (mode === 'reply') return { to, cc: [] }
  const taken = [...ownAddresses, ...to.map(each => each.address)]
  return { to, cc: unique([...(fromMe ? [] : header.to), ...header.cc], taken) }
}

const label = (address: Address | undefined) => address?.name || address?.address || ''
const full = (address: Address) => (address.name ? `${address.name} <${address.address}>` : address.address)

/** Minutes in UTC: the local time zone of the writer stays private. */
const utcMinute = (ms: number) => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`

function quoted(parsed: ParsedMessage, dateMs: number): string {
  const lines = parsed.text.trimEnd().split(/\r?\n/)
  const body = lines
    .map(line => (line === '' ? '>' : line.startsWith('>') ? `>${line}` : `> ${line}`))
    .join('\n')
  return `${label(parsed.header.from[0])} (${utcMinute(dateMs)}):\n${body}\n`
}

function forwarded(parsed: ParsedMessage, dateMs: number): string {
  const { header } = parsed
  const head = [
    '---------- Forwarded message ----------',
    `From: ${header.from.map(full).join(', ')}`,
    `Date: ${utcMinute(dateMs)}`,
    `Subject: ${header.subject}`,
    `To: ${header.to.map(full).join(', ')}`,
    ...(header.cc.length > 0 ? [`Cc: ${header.cc.map(full).join(', ')}`] : []),
  ]
  return `${head.join('\n')}\n\n${parsed.text}`
}

export const signatureBlock = (signature: string): string =>
  signature.trim() === '' ? '' : `\n\n-- \n${signature.trim()}\n`

/** The first text of an answer or a forward: room to write above, the original below. */
export function replyContent(
  mode: ReplyMode,
  original: { parsed: ParsedMessage; dateMs: number },
  account: AccountSummary,
  ownAddresses: readonly string[],
): DraftContent {
  const { parsed, dateMs } = original
  const { to, cc } = recipients(mode, parsed, ownAddresses)
  const below = mode === 'forward' ? forwarded(parsed, dateMs) : quoted(parsed, dateMs)
  return {
    accountId: account.id,
    to,
    cc,
    bcc: [],
    subject: mode === 'forward' ? forwardSubject(parsed.header.subject) : replySubject(parsed.header.subject),
    text: `${signatureBlock(account.signature)}\n\n${below}`,
    html: null,
    protection: noChoice,
  }
}
