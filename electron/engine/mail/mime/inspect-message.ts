import { getDomain } from 'tldts'
import { tokenizeHtml } from '../../../../shared/html/tokens'
import type { Address, MessageDetail } from '../../../../shared/model/mail'
import type { ParsedMessage } from '../../ports/mime'
import { limits } from '../limits'
import { cleanLine } from './clean-text'
import { decodeEntities } from './html-entities'

type Warning = MessageDetail['warnings'][number]

/** Enough to make the point; the contract allows 20. */
const maxLinkWarnings = 5
const maxLinksRead = 5000

/**
 * Reasons to distrust a message that can be seen without asking anyone: a link whose words name another site than
 * its target, a sender whose name is another address or whose address mixes scripts, replies that go elsewhere,
 * and broken structure. Facts only; the interface finds the words.
 */
export function inspectMessage(parsed: ParsedMessage): MessageDetail['warnings'] {
  const warnings: Warning[] = []
  const add = (code: Warning['code'], detail: string) =>
    warnings.push({ code, detail: cleanLine(detail, 500) })
  const sender = parsed.header.from[0]
  if (sender) {
    const shown = addressInName(sender)
    if (shown !== null) add('name-is-address', `${shown} / ${sender.address}`)
    if (isLookalike(sender))
      add('lookalike-sender', sender.name === '' ? sender.address : `${sender.name} <${sender.address}>`)
    const elsewhere = parsed.header.replyTo.find(
      reply =>
        reply.address !== '' && !parsed.header.from.some(from => sameSite(from.address, reply.address)),
    )
    // A mailing list's own address is where replies belong.
    if (elsewhere && parsed.header.listId === null) add('reply-to-differs', elsewhere.address)
  }
  if (parsed.html !== null) for (const detail of mismatchedLinks(parsed.html)) add('link-mismatch', detail)
  if (parsed.broken) add('broken-mime', '')
  if (parsed.isCut || parsed.text.length >= limits.textCharacters) add('too-large', '')
  return warnings.slice(0, 20)
}

/** An address inside the display name that is not the sender's. */
function addressInName(sender: Address): string | null {
  const inName = /[^\s<>"',;:()]+@[^\s<>"',;:()]+\.[^\s<>"',;:()]+/.exec(sender.name)?.[0]
  return inName !== undefined && inName.toLowerCase() !== sender.address.toLowerCase() ? inName : null
}

const latin = /\p{Script=Latin}/u
const confusable = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u

/** Words that mix Latin with scripts whose letters look alike, in the name or in the (decoded) domain. */
function isLookalike(sender: Address): boolean {
  const domain = decodePunycode(sender.address.slice(sender.address.lastIndexOf('@') + 1))
  return (
    [...sender.name.split(/[\s.,@()-]+/), ...domain.split('.')].some(
      word => latin.test(word) && confusable.test(word),
    ) ||
    // A whole label of look-alikes under a Latin top level, such as Cyrillic "apple" under .com.
    (confusable.test(domain) && /\.[a-z]{2,}$/.test(domain))
  )
}

/** The domain with its xn-- labels as text (RFC 3492), without asking the URL parser, which only goes the other way. */
function decodePunycode(domain: string): string {
  return domain
    .split('.')
    .map(label =>
      label.toLowerCase().startsWith('xn--') ? decodeLabel(label.slice(4).toLowerCase()) : label,
    )
    .join('.')
}

function decodeLabel(input: string): string {
  const dash = input.lastIndexOf('-')
  const output = dash > 0 ? [...input.slice(0, dash)].map(character => character.codePointAt(0) ?? 0) : []
  let codePoint = 128
  let index = 0
  let bias = 72
  for (let at = dash + 1; at < input.length; ) {
    const before = index
    for (let weight = 1, k = 36; ; k += 36) {
      const code = input.charCodeAt(at++)
      const digit = code >= 0x61 && code <= 0x7a ? code - 0x61 : code >= 0x30 && code <= 0x39 ? code - 22 : -1
      if (digit === -1 || at > input.length) return input
      index += digit * weight
      const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias
      if (digit < threshold) break
      weight *= 36 - threshold
      if (weight > 2 ** 31) return input
    }
    const count = output.length + 1
    let delta = before === 0 ? Math.floor((index - before) / 700) : Math.floor((index - before) / 2)
    delta += Math.floor(delta / count)
    let k = 0
    for (; delta > 455; k += 36) delta = Math.floor(delta / 35)
    bias = k + Math.floor((36 * delta) / (delta + 38))
    codePoint += Math.floor(index / count)
    index %= count
    if (codePoint > 0x10ffff) return input
    output.splice(index++, 0, codePoint)
  }
  return String.fromCodePoint(...output)
}

function sameSite(a: string, b: string): boolean {
  const domainOf = (address: string) => {
    const host = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
    return getDomain(host) ?? host
  }
  return domainOf(a) === domainOf(b)
}

/** Links whose visible text names a host of another registrable domain than the one they lead to. */
function mismatchedLinks(html: string): string[] {
  const found = new Set<string>()
  let href: string | null = null
  let text = ''
  let links = 0
  const finish = () => {
    if (href !== null && found.size < maxLinkWarnings) {
      const shown = hostInText(text)
      const target = URL.parse(href)
      if (shown !== null && target && /^https?:$/.test(target.protocol)) {
        const shownSite = getDomain(shown)
        const targetSite = getDomain(target.hostname) ?? target.hostname
        if (shownSite !== null && shownSite !== targetSite) found.add(`${shown} → ${target.hostname}`)
      }
    }
    href = null
    text = ''
  }
  tokenizeHtml(
    html,
    {
      text(from, to) {
        if (href !== null && text.length < 500) text += html.slice(from, Math.min(to, from + 500))
      },
      open(name, attributes) {
        if (name !== 'a') return
        finish()
        links++
        const target = attributes?.get('href')
        href = target === undefined || links > maxLinksRead ? null : decodeEntities(target).trim()
      },
      close(name) {
        if (name === 'a') finish()
      },
      rawText() {},
    },
    true,
  )
  finish()
  return [...found]
}

/** The host that a link's text claims, when the whole text reads as an address of the web. */
function hostInText(raw: string): string | null {
  const text = decodeEntities(raw).replace(/[\s\u00ad\u200b-\u200d\u2060\ufeff]+/g, '')
  const match = /^(?:https?:\/\/)?(?:[^/@\s]*@)?((?:[\p{L}\p{N}-]+\.)+[\p{L}]{2,})(?:[:/?#].*)?$/iu.exec(text)
  const host = match?.[1]?.toLowerCase()
  if (host === undefined || text.includes('@')) return null
  // "Read.me" and "report.pdf" are words, not sites: demand a known top level or an explicit scheme.
  return getDomain(host, { validateHostname: true }) !== null &&
    (/^https?:/i.test(text) || /^www\./i.test(host) || knownTop.test(host))
    ? host
    : null
}

const knownTop =
  /\.(com|org|net|de|at|ch|eu|info|io|gov|edu|co\.uk|uk|fr|it|es|nl|pl|ru|cn|shop|online|bank)$/
