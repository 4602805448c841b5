import type { SenderAuthentication } from '../../../ports/net/remote'
import { asBuffer } from '../../as-buffer'
import { readFields } from './header-fields'
import { findBody } from './split-header'

const LF = 0x0a

/** Providers that sign their results with another domain than their servers have. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  'gmail.com': ['google.com'],
  'googlemail.com': ['google.com'],
}

/**
 * What the own provider's Authentication-Results say of the From address (RFC 8601). Only the topmost field counts, and
 * only when it bears the name of the provider whose servers `hosts` are: lower ones may be the sender's own invention.
 * `passed` needs dmarc=pass for exactly the From domain, or, where nothing is said of DMARC, dkim=pass by that domain or
 * one above it. What is not understood is `unknown`.
 */
export function senderAuthentication(
  raw: Uint8Array,
  about: { from: string; hosts: readonly string[] },
): SenderAuthentication {
  const fromDomain = about.from.slice(about.from.lastIndexOf('@') + 1).toLowerCase()
  if (!isDomain(fromDomain)) return 'unknown'
  const bytes = asBuffer(raw)
  const fields = readFields(bytes, 0, findBody(bytes, 0, bytes.length, LF), LF)
  if (fields.names.filter(name => name === 'from').length !== 1) return 'unknown'
  const value = fields.values[fields.names.indexOf('authentication-results')]
  const statements = value === undefined ? null : statementsOf(value)
  if (statements === null) return 'unknown'
  const [first = '', ...results] = statements
  const server = (first.split(' ')[0] ?? '').toLowerCase()
  if (!about.hosts.flatMap(providerNames).some(name => isBelow(server, name))) return 'unknown'

  const parsed = results.map(parseResult)
  const dmarc = parsed.filter(({ method }) => method === 'dmarc')
  if (dmarc.length > 0)
    return dmarc.every(
      ({ result, properties }) => result === 'pass' && properties.get('header.from') === fromDomain,
    )
      ? 'passed'
      : 'failed'
  const dkim = parsed.filter(({ method }) => method === 'dkim')
  if (dkim.length === 0) return 'unknown'
  return dkim.some(({ result, properties }) => result === 'pass' && isAligned(fromDomain, properties))
    ? 'passed'
    : 'failed'
}

/** The field without comments, cut at its semicolons, white space made one space; null when it cannot be read. */
function statementsOf(value: string): string[] | null {
  if (value.length > 8000) return null
  const text = value.replace(/[\r\n\t]+/g, ' ')
  let out = ''
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '\\') at++
    else if (character === '(') depth++
    else if (character === ')') depth--
    else if (depth === 0 && character === '"') {
      // Nothing that is looked for is ever quoted; what hides in quotes must not become a statement.
      const end = text.indexOf('"', at + 1)
      if (end === -1) return null
      out += '?'
      at = end
    } else if (depth === 0) out += character
    if (depth < 0) return null
  }
  if (depth !== 0) return null
  return out.split(';').map(each => each.trim().replace(/ +/g, ' ').replace(/ ?= ?/g, '='))
}

function parseResult(statement: string): {
  method: string
  result: string
  properties: ReadonlyMap<string, string>
} {
  const [head = '', ...rest] = statement.toLowerCase().split(' ')
  const [method = '', result = ''] = head.split('=')
  const properties = new Map<string, string>()
  for (const each of rest) {
    const [name = '', text = ''] = each.split('=')
    // Said twice is not said.
    properties.set(name, properties.has(name) ? '' : text)
  }
  return { method: method.split('/')[0] ?? '', result, properties }
}

/** Relaxed alignment (RFC 7489 §3.1.1) in one direction only: a domain may speak for what is below it. */
function isAligned(fromDomain: string, properties: ReadonlyMap<string, string>): boolean {
  const signer = properties.get('header.d') ?? properties.get('header.i')?.replace(/^.*@/, '') ?? ''
  return isDomain(signer) && !isSuffix(signer) && isBelow(fromDomain, signer)
}

/** Names a provider may sign its results with: the domain of its server, without the server's own label. */
function providerNames(host: string): readonly string[] {
  const name = host.toLowerCase().replace(/\.$/, '')
  if (!isDomain(name)) return []
  const above = name.slice(name.indexOf('.') + 1)
  const domain = isDomain(above) && !isSuffix(above) ? above : name
  return [domain, ...(otherNames[domain] ?? [])]
}

const isBelow = (name: string, domain: string) => name === domain || name.endsWith(`.${domain}`)

const isDomain = (text: string) =>
  text.length <= 253 && /^([a-z0-9_]([a-z0-9_-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/.test(text)

/** Roughly: `co.uk`, `com.au` and the like, under which strangers live side by side. */
const isSuffix = (domain: string) =>
  !domain.includes('.') || /^(co|com|org|net|ac|gov|edu|or|ne|go|ltd|plc|me|sch)\.[a-z]{2}$/.test(domain)
