/** Where DAV is spoken at providers whose address is known: nobody is asked then. */
const presets = [{ domains: ['mailbox.org', 'secure.mailbox.org'], url: 'https://dav.mailbox.org/' }] as const

/** The provider's address for a mail address, null where it is not known. */
export function davPresetFor(place: string): string | null {
  const domain = place
    .slice(place.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase()
  if (!place.includes('@') || /^https?:/i.test(place.trim())) return null
  return presets.find(({ domains }) => domains.some(each => each === domain))?.url ?? null
}

/** The host of a web address; shared code has no `URL`. */
const hostIn = (url: string): string => /^https?:\/\/(?:[^/?#@]*@)?([^/?#:@]+)/i.exec(url)?.[1] ?? ''

/** Whether an address is of mailbox.org, whose DAV takes another app password than its mail. */
export const isMailboxOrg = (url: string): boolean => /(^|\.)mailbox\.org$/i.test(hostIn(url))

/** The address that an account of DAV alone goes by: the user name where that is one. */
export function davAccountAddress(user: string, url: string): string {
  if (user.includes('@')) return user
  const host = hostIn(url).replace(/[^a-z0-9.-]/gi, '-')
  return `${user.replace(/[\s<>(),;:"\\]/g, '-')}@${host}`
}
