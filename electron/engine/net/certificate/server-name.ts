import { isIP } from 'node:net'
import { getPublicSuffix } from 'tldts'
import { normalHost } from '../host-name'
import { ipv6Groups } from '../public-address'
import type { CertificateNames } from './read-certificate'

/** A whole name of letters, digits, hyphens and underscores, in its ASCII form (RFC 9525 §6.1). */
const asciiName = /^(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/

/**
 * Whether a certificate's names cover a server (RFC 9525 §6): an address by an address, a name by a name or by a wildcard
 * that is the whole left-most label and stands for exactly one. The common name never counts.
 */
export function coversServer(names: CertificateNames, serverName: string): boolean {
  const host = normalHost(serverName)
  if (isIP(host) !== 0) {
    const wanted = addressBytes(host)
    return wanted !== null && names.addresses.some(address => address.equals(wanted))
  }
  return asciiName.test(host) && names.dns.some(pattern => coversName(pattern.toLowerCase(), host))
}

function coversName(pattern: string, host: string): boolean {
  if (!pattern.startsWith('*.')) return asciiName.test(pattern) && pattern === host
  const parent = pattern.slice(2)
  const firstDot = host.indexOf('.')
  if (firstDot < 1 || host.slice(firstDot + 1) !== parent || !asciiName.test(parent)) return false
  // A wildcard over everything that a registry gives out is nobody's name.
  return parent.includes('.') && getPublicSuffix(parent, { allowPrivateDomains: false }) !== parent
}

/** Whether a subtree of name constraints covers a server (RFC 5280 §4.2.1.10). */
export function isInSubtree(subtree: CertificateNames, name: string | Buffer): boolean {
  if (typeof name !== 'string')
    return subtree.addresses.some(range => {
      const half = range.length / 2
      return (
        half === name.length &&
        name.every((byte, at) => ((byte ^ (range[at] ?? 0)) & (range[half + at] ?? 0xff)) === 0)
      )
    })
  // A wildcard is judged as what it stands for: any name below.
  const bare = name.toLowerCase().replace(/^\*\./, '')
  return subtree.dns.some(each => {
    const base = each.toLowerCase().replace(/^\./, '')
    return base === '' || bare === base || bare.endsWith(`.${base}`)
  })
}

/** The bytes of an IP address in network order (RFC 5280 §4.2.1.6); null when it has a zone. */
function addressBytes(address: string): Buffer | null {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number))
  const groups = ipv6Groups(address)
  return groups && Buffer.from(groups.flatMap(group => [group >> 8, group & 255]))
}
