import { judgeLink, type LinkFinding, siteOf } from '../../../../../shared/html/judge-link'
import { tokenizeHtml } from '../../../../../shared/html/tokens'
import { cleanLink } from '../sanitize/link'
import { decodeEntities } from './html-entities'

const maxLinksRead = 5000
/** Characters of the words of one link. */
const mostWords = 4000
/** A mailer leads at least this many links of a mail through its own host. */
const fewestThroughMailer = 3

type Link = Readonly<{ href: string; said: readonly string[] }>

/** The links of an HTML body with what they say: their words, and alternative words and hints of what stands in them. */
function linksIn(html: string): readonly Link[] {
  const links: Link[] = []
  let href: string | null = null
  let text = ''
  let hints: string[] = []
  const finish = () => {
    if (href !== null && links.length < maxLinksRead)
      links.push({ href, said: [decodeEntities(text), ...hints] })
    href = null
    text = ''
    hints = []
  }
  const hint = (attributes: ReadonlyMap<string, string> | null, ...names: string[]) => {
    for (const name of names) {
      const value = attributes?.get(name)
      if (value !== undefined && value !== '' && hints.length < 20)
        hints.push(decodeEntities(value.slice(0, 500)))
    }
  }
  tokenizeHtml(
    html,
    {
      text(from, to) {
        if (href !== null && text.length < mostWords) text += html.slice(from, Math.min(to, from + mostWords))
      },
      open(name, attributes) {
        if (name === 'a' || name === 'area') {
          finish()
          const target = attributes?.get('href')
          href = target === undefined ? null : decodeEntities(target).trim()
          hint(attributes, 'title', 'aria-label', 'alt')
        } else if (href !== null && name === 'img') hint(attributes, 'alt', 'title')
        else if (href !== null) {
          hint(attributes, 'title')
          if (/^(?:br|p|div|td|tr|li)$/.test(name)) text += ' '
        }
      },
      close(name) {
        if (name === 'a') finish()
      },
      rawText() {},
    },
    true,
  )
  finish()
  return links
}

/** Links that are told of a body, and characters of each: enough for what a mail leads to first. */
const mostWebLinks = 50
const longestWebLink = 2000

/** The https links of an HTML body, in their order and each once; those behind words are in no text that is made of it. */
export function webLinksIn(html: string): string[] {
  const found = linksIn(html).flatMap(({ href }) =>
    /^https:\/\//i.test(href) && href.length <= longestWebLink ? [href] : [],
  )
  return [...new Set(found)].slice(0, mostWebLinks)
}

/** A long stretch that only a machine reads: what a redirector finds its true target by. */
const hasCode = (href: string): boolean => /[\w%+/=~-]{16}/.test(href.replace(/^https?:\/\/[^/?#]*/i, ''))

/**
 * What is wrong with the links of a body. `isThroughMailer`: the words name the sender's own site, and the link leads there, as
 * far as one can see, through the host by which this mail counts all its clicks. That is ordinary, and still not what it says.
 */
export function findingsOfLinks(
  html: string,
  senderDomain: string | null,
): readonly (LinkFinding & Readonly<{ isThroughMailer: boolean }>)[] {
  const links = linksIn(html)
  const hosts = new Map<string, number>()
  for (const { href } of links) {
    const host = URL.parse(href)?.hostname ?? ''
    hosts.set(host, (hosts.get(host) ?? 0) + 1)
  }
  const sender = senderDomain === null ? null : siteOf(senderDomain)
  return links.flatMap(({ href, said }) => {
    const finding = judgeLink(href, said)
    if (finding === null) return []
    const isThroughMailer =
      finding.kind === 'other-site' &&
      sender !== null &&
      siteOf(finding.said) === sender &&
      (hosts.get(finding.leads) ?? 0) >= fewestThroughMailer &&
      hasCode(href)
    return [{ ...finding, isThroughMailer }]
  })
}

/** What is wrong with the links that lead to an address as our document has it (`sanitize/link.ts`); the first of several. */
export function findingOfLink(html: string, url: string): LinkFinding | null {
  for (const { href, said } of linksIn(html)) {
    if (cleanLink(href) !== url) continue
    const finding = judgeLink(href, said)
    if (finding !== null)
      return { ...finding, said: finding.said.slice(0, 1000), leads: finding.leads.slice(0, 1000) }
  }
  return null
}
