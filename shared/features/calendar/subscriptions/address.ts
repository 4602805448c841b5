/** Where a calendar is published: `url` is what is asked, always https. */
export type CalendarAddress = Readonly<{ url: string; host: string; port: number; path: string }>

/** Why an address is none of a calendar that can be subscribed to. */
export type AddressRefusal = 'clear' | 'credentials' | 'not-an-address'

const form =
  /^(?:https|webcals?):\/\/(\[[0-9a-f:.]+\]|[^\s/?#:@[\]\\]+)(?::(\d{1,5}))?([/?][^\s#\\]*)?(?:#.*)?$/i
/** Longer ones are no address that anybody was given. */
const longest = 4_000

/**
 * Reads an address as people paste it. `webcal:` means the same over https; without a scheme it is https. One with a user name in
 * it is refused: it would be a password in clear, kept and sent by what is no account. So is `http:`, where everybody on the way reads and rewrites.
 */
export function readCalendarAddress(text: string): CalendarAddress | Readonly<{ refused: AddressRefusal }> {
  const typed = text.trim()
  if (typed.length > longest) return { refused: 'not-an-address' }
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`
  if (/^http:/i.test(whole)) return { refused: 'clear' }
  if (/^[a-z]+:\/\/[^/?#]*@/i.test(whole)) return { refused: 'credentials' }
  const [, rawHost, rawPort = '443', rawPath = '/'] = form.exec(whole) ?? []
  const port = Number(rawPort)
  if (rawHost === undefined || port < 1 || port > 65_535) return { refused: 'not-an-address' }
  const host = rawHost.toLowerCase().replace(/^\[|\]$/g, '')
  const isName = host.includes(':') || /^[^\s.]+(?:\.[^\s.]+)*\.?$/u.test(host)
  // Without a scheme a word alone is no address, but something half typed.
  const isWhole = whole === typed || host.includes('.') || host.includes(':')
  if (!isName || !isWhole) return { refused: 'not-an-address' }
  const path = printable(rawPath.startsWith('?') ? `/${rawPath}` : rawPath)
  return {
    url: `https://${host.includes(':') ? `[${host}]` : host}${port === 443 ? '' : `:${port}`}${path}`,
    host,
    port,
    path,
  }
}

/** Letters that no request line has, percent-encoded (RFC 3986 §2.1). A half of a surrogate pair stands for nothing. */
const printable = (path: string): string =>
  path.replace(/[^\x21-\x7e]+/gu, letters => encodeURIComponent(letters.toWellFormed()))

/** `host:port` of a place, as consent to it is kept. */
export const placeText = ({ host, port }: Readonly<{ host: string; port: number }>): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`
