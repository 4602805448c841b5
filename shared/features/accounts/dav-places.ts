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

/** Whether an address is of mailbox.org, whose DAV takes another app password than its mail. */
export const isMailboxOrg = (url: string): boolean =>
  /(^|\.)mailbox\.org$/i.test(URL.parse(url)?.hostname ?? '')

/** The address that an account of DAV alone goes by: the user name where that is one. */
export function davAccountAddress(user: string, url: string): string {
  if (user.includes('@')) return user
  const host = (URL.parse(url)?.hostname ?? '').replace(/[^a-z0-9.-]/gi, '-')
  return `${user.replace(/[\s<>(),;:"\\]/g, '-')}@${host}`
}
