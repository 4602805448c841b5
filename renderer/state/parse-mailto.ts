import type { Address } from '../../shared/model/mail'

/** What a mailto: address asks for. Only these fields are taken (RFC 6068 §4: no others are safe). */
export type MailtoFields = Readonly<{ to: Address[]; cc: Address[]; subject: string; body: string }>

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

const addresses = (text: string): Address[] =>
  text
    .split(',')
    .map(part => decode(part).trim())
    .filter(address => address.includes('@') && !/[\r\n]/.test(address))
    .map(address => ({ name: '', address }))

/** Reads an address such as `mailto:a@example.org?subject=Hello%20there`. `+` is a plus sign, not a space (RFC 6068 §2). */
export function parseMailto(url: string): MailtoFields {
  const [path = '', query = ''] = url.replace(/^mailto:/i, '').split('?', 2)
  const fields = new Map<string, string>()
  for (const pair of query.split('&')) {
    const at = pair.indexOf('=')
    if (at > 0) fields.set(pair.slice(0, at).toLowerCase(), pair.slice(at + 1))
  }
  return {
    to: [...addresses(path), ...addresses(fields.get('to') ?? '')].slice(0, 100),
    cc: addresses(fields.get('cc') ?? '').slice(0, 100),
    subject: decode(fields.get('subject') ?? '')
      .replaceAll(/[\r\n]+/g, ' ')
      .slice(0, 2000),
    body: decode(fields.get('body') ?? '').slice(0, 100_000),
  }
}
