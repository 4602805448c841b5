/** A Jabber address in its parts (RFC 7622 §3). `local` is absent for servers and rooms' services. */
export type Jid = Readonly<{ local: string | null; domain: string; resource: string | null }>

/** Longest part in octets (RFC 7622 §3.1). */
const longestPart = 1023

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const notInLocal = /["&'/:<>@\s\u0000-\u001f\u007f]/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const notInDomain = /["&'/<>@\\\s\u0000-\u001f\u007f]/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const notInResource = /[\u0000-\u001f\u007f]/u

/** Octets of a letter in UTF-8. */
const octetsOf = (letter: string): number => {
  const point = letter.codePointAt(0) ?? 0
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
}

const isTooLong = (part: string): boolean =>
  [...part].reduce((octets, letter) => octets + octetsOf(letter), 0) > longestPart

/** Case and width do not tell two names apart (RFC 8265 §3.3, by its essence). */
const mapped = (part: string): string => part.normalize('NFKC').toLowerCase().normalize('NFC')

/**
 * Reads an address, parts in one spelling: two that are the same are written the same. Null for what is none.
 */
export function parseJid(text: string): Jid | null {
  const slash = text.indexOf('/')
  const bare = slash === -1 ? text : text.slice(0, slash)
  const resource = slash === -1 ? null : text.slice(slash + 1).normalize('NFC')
  const at = bare.indexOf('@')
  const local = at === -1 ? null : mapped(bare.slice(0, at))
  const domain = mapped(bare.slice(at + 1)).replace(/\.$/, '')
  if (local !== null && (local === '' || notInLocal.test(local) || isTooLong(local))) return null
  if (domain === '' || notInDomain.test(domain) || isTooLong(domain)) return null
  if (resource !== null && (resource === '' || notInResource.test(resource) || isTooLong(resource)))
    return null
  return { local, domain, resource }
}

export const writeJid = ({ local, domain, resource }: Jid): string =>
  `${local === null ? '' : `${local}@`}${domain}${resource === null ? '' : `/${resource}`}`

/** The address without its resource, in one spelling; null for what is none. */
export function bareJid(text: string): string | null {
  const jid = parseJid(text)
  return jid === null ? null : writeJid({ ...jid, resource: null })
}

/** Whether two texts are one address, resources included. */
export function isSameJid(one: string, other: string): boolean {
  const [first, second] = [parseJid(one), parseJid(other)]
  return first !== null && second !== null && writeJid(first) === writeJid(second)
}
