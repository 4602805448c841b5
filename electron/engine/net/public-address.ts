import { BlockList, isIP } from 'node:net'
import { normalHost } from './host-name'

/** IPv4 that no public server has (IANA special-purpose registry, RFC 6890), multicast and what is reserved. */
const notPublic = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  notPublic.addSubnet(network, prefix, 'ipv4')

/** Names that mean this machine or the network around it (RFC 6761, RFC 6762, RFC 8375, and common habit). */
const localNames = /(^|\.)(localhost|localdomain|local|internal|intranet|private|lan|home|corp|arpa)$/

/**
 * Whether an IP address may belong to a public server. IPv6: global unicast (2000::/3) without documentation, Teredo
 * and 6to4; an IPv4 address carried in IPv6 (mapped, or NAT64) is judged as what it is. Anything else, text that is no address
 * and addresses with a zone, is not public.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !notPublic.check(address, 'ipv4')
  const groups = isIP(address) === 6 ? ipv6Groups(address) : null
  if (groups === null) return false
  const [first = 0, second = 0] = groups
  const carried = carriedIpv4(groups)
  if (carried !== null) return isPublicAddress(carried)
  if (first < 0x2000 || first > 0x3fff) return false
  if (first === 0x2001 && (second < 0x200 || second === 0xdb8)) return false
  return first !== 0x2002 && first !== 0x3fff
}

/** Whether a host may be asked at all, by its form: a name with a dot that is not local, or a public address. */
export function isPublicHost(host: string): boolean {
  const name = normalHost(host)
  if (isIP(name) !== 0) return isPublicAddress(name)
  // A last label of digits is an address in a spelling of old (RFC 3986 §7.4).
  return name.includes('.') && !localNames.test(name) && !/(^|\.)(\d+|0x[0-9a-f]*)$/.test(name)
}

/** The eight groups of an IPv6 address, or null when it has a zone. */
export function ipv6Groups(address: string): number[] | null {
  const url = URL.parse(`http://[${address}]/`)
  if (url === null) return null
  // The URL standard writes hexadecimal groups only, with one `::` at most.
  const [head = '', tail] = url.hostname.slice(1, -1).split('::')
  const parts = (text: string) =>
    text === '' ? [] : text.split(':').map(group => Number.parseInt(group, 16))
  if (tail === undefined) return parts(head)
  const [before, after] = [parts(head), parts(tail)]
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after]
}

function carriedIpv4(groups: readonly number[]): string | null {
  const isMapped = groups.slice(0, 5).every(group => group === 0) && groups[5] === 0xffff
  const isNat64 = groups[0] === 0x64 && groups[1] === 0xff9b && groups.slice(2, 6).every(group => group === 0)
  if (!isMapped && !isNat64) return null
  const [high = 0, low = 0] = groups.slice(6)
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}
