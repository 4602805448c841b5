import { domainToASCII } from 'node:url'
import type { Address } from '../../../../../shared/features/mail/model'
import { SiegelError } from '../../../../../shared/kit/result'
import { encodeWords, isPlainText } from './header-text'

/** `header` as it stands in an address field (may hold folded lines), `addrSpec` for the envelope. */
export type EncodedAddress = Readonly<{ header: string; addrSpec: string }>

const dotAtom = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
const quotedLocal = /^"(?:[ !#-[\]-~]|\\[ -~])*"$/
const literal = /^\[(?:\d{1,3}(?:\.\d{1,3}){3}|IPv6:[0-9a-f:.]{2,45})\]$/i

/**
 * One mailbox (RFC 5322 §3.4). The domain becomes lower-case ASCII (IDNA). Throws `bad-address` with `address` and
 * `reason`: `syntax`, `domain`, `non-ascii-local-part` (needs SMTPUTF8, RFC 6531), `control-character`, `too-long`.
 */
export function encodeAddress(address: Address): EncodedAddress {
  const refuse = (reason: string) =>
    new SiegelError('bad-address', { address: address.address.slice(0, 300), reason })
  if (/[\r\n\0]/.test(address.name) || /[\r\n\0]/.test(address.address)) throw refuse('control-character')
  const text = address.address.trim()
  const at = text.lastIndexOf('@')
  if (at < 1) throw refuse('syntax')
  const local = text.slice(0, at)
  if (/[^ -~]/.test(local)) throw refuse('non-ascii-local-part')
  if (!dotAtom.test(local) && !quotedLocal.test(local)) throw refuse('syntax')
  const domain = asciiDomain(text.slice(at + 1))
  if (domain === null) throw refuse('domain')
  // RFC 5321 §4.5.3.1.
  if (local.length > 64 || domain.length > 255) throw refuse('too-long')
  const addrSpec = `${local}@${domain}`
  const name = encodeName(address.name)
  return { header: name === '' ? addrSpec : join(name, `<${addrSpec}>`), addrSpec }
}

/**
 * As `encodeAddress` for drafts, where half-typed addresses must not stop saving: what is no address yet is kept as
 * a display name alone.
 */
export function encodeUnfinishedAddress(address: Address): EncodedAddress {
  const clean = { name: stripControls(address.name), address: stripControls(address.address) }
  try {
    return encodeAddress(clean)
  } catch (error) {
    if (!(error instanceof SiegelError)) throw error
    return { header: encodeWords(`${clean.name} ${clean.address}`.trim() || ' ', 12), addrSpec: '' }
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes.
const stripControls = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')

function asciiDomain(domain: string): string | null {
  if (literal.test(domain)) return domain
  if (domain === '' || /[\s<>@,;:\\"()[\]]/.test(domain)) return null
  const ascii = domainToASCII(domain).toLowerCase()
  const labels = ascii.split('.')
  return ascii !== '' && labels.every(label => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label))
    ? ascii
    : null
}

/** ASCII names stand in quotes, others are encoded words: one habit, whatever the name. */
function encodeName(name: string): string {
  const text = stripControls(name).trim()
  if (text === '') return ''
  if (isPlainText(text) && text.length <= 60) return `"${text.replace(/["\\]/g, '\\$&')}"`
  return encodeWords(text, 'From: '.length)
}

function join(name: string, address: string): string {
  const lastLine = name.slice(name.lastIndexOf('\n') + 1)
  return lastLine.length + 1 + address.length > 70 ? `${name}\r\n ${address}` : `${name} ${address}`
}
