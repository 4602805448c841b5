import { type Address, peoplePerField } from '../../../shared/features/mail/model'

/** As a draft holds them. */
const subjectCharacters = 2000
const bodyCharacters = 5_000_000

/**
 * What a mailto: address asks for. Only these fields are taken (RFC 6068 §4: no others are safe). `left`: what a draft has
 * no room for, in people and characters.
 */
export type MailtoFields = Readonly<{
  to: Address[]
  cc: Address[]
  subject: string
  body: string
  left: Readonly<{ people: number; characters: number }>
}>

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
  const to = [...addresses(path), ...addresses(fields.get('to') ?? '')]
  const cc = addresses(fields.get('cc') ?? '')
  const subject = decode(fields.get('subject') ?? '').replaceAll(/[\r\n]+/g, ' ')
  const body = decode(fields.get('body') ?? '')
  const beyond = (length: number, most: number) => Math.max(0, length - most)
  return {
    to: to.slice(0, peoplePerField),
    cc: cc.slice(0, peoplePerField),
    subject: subject.slice(0, subjectCharacters),
    body: body.slice(0, bodyCharacters),
    left: {
      people: beyond(to.length, peoplePerField) + beyond(cc.length, peoplePerField),
      characters: beyond(subject.length, subjectCharacters) + beyond(body.length, bodyCharacters),
    },
  }
}
