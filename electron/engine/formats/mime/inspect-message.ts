import { getDomain } from 'tldts'
import type { Address, MessageDetail } from '../../../../shared/features/mail/model'
import { isLookAlikeHost, mixesScripts } from '../../../../shared/html/host-letters'
import { limits } from '../../ports/limits'
import type { ParsedMessage } from '../../ports/mail/mime'
import { cleanLine } from './text/clean-text'
import { findingsOfLinks } from './text/links'

type Warning = MessageDetail['warnings'][number]

/** Enough to make the point; the contract allows 20. */
const maxLinkWarnings = 5

/**
 * Reasons to distrust a message that can be seen without asking anyone: a link whose words name another site or address
 * than its target or that leads to a look-alike, a sender whose name is another address or whose address mixes scripts, replies that go elsewhere,
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
  if (parsed.html !== null)
    for (const { code, detail } of warningsOfLinks(parsed.html, sender)) add(code, detail)
  if (parsed.broken) add('broken-mime', '')
  if (parsed.isCut || parsed.text.length >= limits.textCharacters) add('too-large', '')
  return warnings.slice(0, 20)
}

/** An address inside the display name that is not the sender's. */
function addressInName(sender: Address): string | null {
  const inName = /[^\s<>"',;:()]+@[^\s<>"',;:()]+\.[^\s<>"',;:()]+/.exec(sender.name)?.[0]
  return inName !== undefined && inName.toLowerCase() !== sender.address.toLowerCase() ? inName : null
}

/** Words that mix Latin with scripts whose letters look alike, in the name or in the (decoded) domain. */
function isLookalike(sender: Address): boolean {
  const domain = sender.address.slice(sender.address.lastIndexOf('@') + 1)
  return sender.name.split(/[\s.,@()-]+/).some(mixesScripts) || isLookAlikeHost(domain)
}

function sameSite(a: string, b: string): boolean {
  const domainOf = (address: string) => {
    const host = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
    return getDomain(host) ?? host
  }
  return domainOf(a) === domainOf(b)
}

/** Each finding once, the ones to distrust first. */
function warningsOfLinks(html: string, sender: Address | undefined): Warning[] {
  const domain = sender?.address.slice(sender.address.lastIndexOf('@') + 1).toLowerCase() ?? ''
  const found = new Map<string, Warning>()
  for (const { kind, said, leads, isThroughMailer } of findingsOfLinks(html, domain === '' ? null : domain)) {
    const code = isThroughMailer ? 'link-redirected' : codes[kind]
    const detail = `${said} → ${leads}`
    found.set(`${code} ${detail}`, { code, detail })
  }
  const all = [...found.values()]
  return [
    ...all.filter(({ code }) => code !== 'link-redirected'),
    ...all.filter(({ code }) => code === 'link-redirected').slice(0, 1),
  ].slice(0, maxLinkWarnings)
}

const codes = {
  'other-site': 'link-mismatch',
  'other-address': 'link-other-address',
  'look-alike': 'link-look-alike',
} as const
