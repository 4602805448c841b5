import type { AutocryptHeader, KeysInMail } from '../../ports/keys/openpgp'
import { limits } from '../../ports/limits'
import { asBuffer } from '../as-buffer'
import { type HeaderFields, rawValue, readFields } from './header/header-fields'
import { parseHeaderFields } from './header/parsed-header'
import { findBody } from './header/split-header'

const LF = 0x0a

/** Autocrypt headers, gossip and vCards: keys that travel with mail. */
export const keysInMail: KeysInMail = { mayHaveAutocrypt, autocrypt, gossip, vcard }

function fieldsOf(raw: Uint8Array): HeaderFields {
  const bytes = asBuffer(raw)
  return readFields(bytes, 0, findBody(bytes, 0, bytes.length, LF), LF)
}

function mayHaveAutocrypt(raw: Uint8Array): boolean {
  const bytes = asBuffer(raw)
  const end = Math.min(findBody(bytes, 0, bytes.length, LF), limits.headerBytes)
  return /(^|\n)autocrypt[ \t]*:/i.test(bytes.toString('latin1', 0, end))
}

/** Autocrypt Level 1 §2.3: the rules by which a header of a received message counts. */
function autocrypt(raw: Uint8Array, nowMs: number): (AutocryptHeader & { effectiveAtMs: number }) | null {
  const fields = fieldsOf(raw)
  if (/^\s*multipart\/report\b/i.test(rawValue(fields, 'content-type'))) return null
  const { from, dateMs } = parseHeaderFields(fields)
  const [sender, second] = from
  if (sender === undefined || second !== undefined) return null
  if (fields.names.filter(name => name === 'from').length !== 1) return null
  const valid = fields.values
    .filter((_, index) => fields.names[index] === 'autocrypt')
    .slice(0, limits.gossipHeaders)
    .flatMap(value => parseAutocryptHeader(value) ?? [])
    .filter(header => header.address === sender.address.toLowerCase())
  const [header, other] = valid
  if (header === undefined || other !== undefined) return null
  // A date in the future counts as now, so that it cannot stand above what comes later.
  return { ...header, effectiveAtMs: Math.min(dateMs ?? 0, nowMs) }
}

function gossip(decrypted: Uint8Array, addressedTo: readonly string[]): readonly AutocryptHeader[] {
  const fields = fieldsOf(decrypted)
  const people = new Set(addressedTo.map(address => address.toLowerCase()))
  return fields.values
    .filter((_, index) => fields.names[index] === 'autocrypt-gossip')
    .slice(0, limits.gossipHeaders)
    .flatMap(value => parseAutocryptHeader(value) ?? [])
    .filter(header => people.has(header.address))
}

/**
 * One header value: `addr=a@b; prefer-encrypt=mutual; keydata=BASE64`. Null when it is too large, when something needed
 * is missing or said twice, or when it has an attribute that is not known and not marked as optional with `_`.
 */
export function parseAutocryptHeader(value: string): AutocryptHeader | null {
  if (value.length > limits.autocryptBytes) return null
  const found = new Map<string, string>()
  for (const part of value.replace(/\r?\n/g, '').split(';')) {
    if (part.trim() === '') continue
    const equals = part.indexOf('=')
    if (equals === -1) return null
    const name = part.slice(0, equals).trim().toLowerCase()
    if (found.has(name)) return null
    found.set(name, part.slice(equals + 1).trim())
  }
  for (const name of found.keys())
    if (!['addr', 'prefer-encrypt', 'keydata'].includes(name) && !name.startsWith('_')) return null
  const address = found.get('addr')?.toLowerCase() ?? ''
  const key = base64(found.get('keydata') ?? '')
  if (!/^[^\s@]+@[^\s@]+$/.test(address) || address.length > 320 || key === null) return null
  return { address, prefersEncryption: found.get('prefer-encrypt') === 'mutual', key }
}

function base64(text: string): Uint8Array | null {
  const compact = text.replace(/[ \t\r\n]/g, '')
  if (compact === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return null
  return Uint8Array.from(Buffer.from(compact, 'base64'))
}

/** KEY properties of a vCard (RFC 6350 §6.8.1, and `KEY;ENCODING=b` of vCard 3): bytes only, an address is not fetched. */
function vcard(bytes: Uint8Array): readonly Uint8Array[] {
  const text = asBuffer(bytes).toString('utf8', 0, limits.keyringBytes)
  const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)
  return lines.flatMap(line => {
    const match = /^(?:[\w-]+\.)?KEY(;[^:]*)?:(.*)$/i.exec(line)
    if (match === null) return []
    const [, parameters = '', value = ''] = match
    const data = /^data:application\/pgp-keys[^,]*;base64,(.*)$/i.exec(value)
    if (data !== null) return base64(data[1] ?? '') ?? []
    if (/ENCODING=(b|base64)\b/i.test(parameters)) return base64(value) ?? []
    // Armored text, with its line breaks escaped (RFC 6350 §3.4).
    if (value.includes('BEGIN PGP PUBLIC KEY'))
      return [Uint8Array.from(Buffer.from(value.replace(/\\n/gi, '\n').replace(/\\([,;\\])/g, '$1')))]
    return []
  })
}
