import { parse } from 'tldts'
import { isLookAlikeHost, unicodeHost } from './host-letters'

/** The URL parser (WHATWG URL), which every process has; its types stand in libraries that this folder does not see. */
type ParsedUrl = Readonly<{ protocol: string; hostname: string; pathname: string; search: string }>
declare const URL: { parse(text: string): ParsedUrl | null }

/**
 * What is wrong with a link (ADR 0028).
 * - `other-site`: its words name a host of another site than the one it leads to.
 * - `other-address`: its words name a mail address, and it writes to another.
 * - `look-alike`: the host it leads to is written to be taken for another.
 * `said`: what the words name; of a look-alike, the host as it would be read. `leads`: host or address it leads to, in ASCII.
 */
export type LinkFinding = Readonly<{
  kind: 'other-site' | 'other-address' | 'look-alike'
  said: string
  leads: string
}>

/** Longer words are a paragraph, in which the name of a site is talk; what is written as an address is one also there. */
const longestWords = 300

/** Endings of file names that are top levels too: "README.md" is a file unless something else says that it is a host. */
const fileEndings =
  /\.(?:md|sh|py|rs|pl|zip|mov|ps|cc|am|so|do|st|ml|la|ai|hs|vi|gz|pm|mk|lua|cab|bz|tf|app)$/i

/** A host in ASCII and small letters; null for what is none. */
function asciiHost(text: string): string | null {
  const host = URL.parse(`http://${text}/`)?.hostname.replace(/\.$/, '') ?? ''
  return host.includes('.') ? host : null
}

/** The domain somebody registered; of an IP address or a name without one, the host itself. */
export function siteOf(host: string): string {
  return parse(host, { allowPrivateDomains: true }).domain ?? host
}

/** Whether a word with dots is a host and not a file, an abbreviation or two sentences without a space. */
function isHostLike(host: string, hasScheme: boolean): boolean {
  const { domain, isIcann, isIp } = parse(host)
  if (hasScheme) return true
  if (isIp === true || domain === null) return false
  if (/^www\./.test(host)) return true
  const isReserved = /\.(?:example|test)$/.test(host)
  return (isIcann === true || isReserved) && !(fileEndings.test(host) && host.split('.').length === 2)
}

const joiners = /(?:[\u00ad\u200b-\u200f\u2060\ufeff]|\u034f)+/g
const hostPattern =
  /(?<scheme>https?:\/\/)?(?:[^\s/@<>"']{1,100}@)?(?<host>(?:[\p{L}\p{N}\p{M}](?:[\p{L}\p{N}\p{M}-]{0,62})[.\u3002\uff0e]){1,10}[\p{L}\p{M}][\p{L}\p{N}\p{M}-]{1,62})(?![\p{L}\p{N}@])/giu
const addressPattern = /[^\s<>"',;:()[\]@]{1,100}@(?:[\p{L}\p{N}-]{1,63}\.){1,10}\p{L}{2,63}/giu

/** Hosts that words name, in ASCII; addresses of mail are not among them. */
function hostsIn(words: string): readonly string[] {
  const found: string[] = []
  for (const { groups, 0: all } of words.matchAll(hostPattern)) {
    if (groups?.['scheme'] === undefined && all.includes('@')) continue
    const written = (groups?.['host'] ?? '').replaceAll(/[\u3002\uff0e]/g, '.')
    const hasScheme = groups?.['scheme'] !== undefined
    if (words.length > longestWords && !hasScheme && !/^www\./i.test(written)) continue
    // "the end.Next" is two sentences.
    if (!hasScheme && /\.\p{Lu}\p{Ll}+$/u.test(written)) continue
    const host = asciiHost(written)
    if (host !== null && isHostLike(host, hasScheme)) found.push(host)
  }
  return found
}

const addressesIn = (words: string): readonly string[] =>
  [...words.matchAll(addressPattern)].map(([address]) => address.toLowerCase())

function writesTo(url: ParsedUrl): readonly string[] {
  const decoded = (text: string): string => {
    try {
      return decodeURIComponent(text)
    } catch {
      return text
    }
  }
  const more = url.search
    .slice(1)
    .split('&')
    .filter(field => /^(?:to|cc|bcc)=/i.test(field))
    .map(field => decoded(field.slice(field.indexOf('=') + 1)))
  return [decoded(url.pathname), ...more]
    .flatMap(list => list.split(','))
    .map(each => each.trim().toLowerCase())
}

/**
 * The one judgement of links. `said`: its words, and those of the pictures and hints in it, each for itself. All names are
 * compared in ASCII, as IDN are written in one form in the text and in another in the target. Null: nothing is wrong.
 */
export function judgeLink(href: string, said: readonly string[]): LinkFinding | null {
  const url = URL.parse(href.trim())
  if (!url) return null
  const words = said
    .map(each => each.replaceAll(joiners, '').replaceAll(/\s+/g, ' ').trim())
    .filter(each => each !== '')
  if (url.protocol === 'mailto:') {
    const to = writesTo(url)
    const named = words.flatMap(addressesIn)
    const other = named.find(each => !to.includes(each))
    if (other === undefined) return null
    return { kind: 'other-address', said: other, leads: (to[0] ?? '').slice(0, 200) }
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
  const host = url.hostname.replace(/\.$/, '')
  const site = siteOf(host)
  // Naming the true place as well excuses nothing: one of the two may be too small or too pale to be seen.
  const other = words.flatMap(hostsIn).find(named => siteOf(named) !== site)
  if (other !== undefined) return { kind: 'other-site', said: other, leads: host }
  return isLookAlikeHost(host) ? { kind: 'look-alike', said: unicodeHost(host), leads: host } : null
}
