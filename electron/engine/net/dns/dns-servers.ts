import { getServers } from 'node:dns'
import type { DnsAsker, DnsServer } from '../../ports/net/transport'

/**
 * Whom an account may ask: the servers that the user chose; without any, the system's own, but only on the direct way:
 * what goes through Tor or another proxy must not be told to the network it hides from. None means: nobody.
 */
export function createDnsServers(deps: {
  chosen: () => readonly DnsServer[] | 'unreadable'
  isDirect: (asker: DnsAsker) => boolean
  system?: () => readonly string[]
}): (asker: DnsAsker) => readonly DnsServer[] {
  const { chosen, isDirect, system = getServers } = deps
  return asker => {
    const servers = chosen()
    if (servers === 'unreadable') return []
    if (servers.length > 0) return servers
    return isDirect(asker) ? system().flatMap(serverOf) : []
  }
}

/** "1.2.3.4", "1.2.3.4:5353", "::1" or "[::1]:5353", as Node lists them; asked over TCP. */
function serverOf(text: string): DnsServer[] {
  const withPort = /^\[([^\]]+)\]:(\d+)$/.exec(text) ?? /^([\d.]+):(\d+)$/.exec(text)
  const host = withPort?.[1] ?? text
  // A zone index names an interface of this machine, not a place.
  return host === '' || host.includes('%') ? [] : [{ kind: 'tcp', host, port: Number(withPort?.[2] ?? 53) }]
}
