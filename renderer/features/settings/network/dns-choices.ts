import { type DnsServerPlace, dnsServerText } from '../../../../shared/features/network/dns-servers'

/** Resolvers that are offered by name. None of them is contacted before it is chosen. */
export const dnsPresets = {
  // https://dnsforge.de
  dnsforge: { kind: 'https', host: 'dnsforge.de', port: 443, path: '/dns-query' },
  // https://quad9.net/service/service-addresses-and-features
  quad9: { kind: 'https', host: 'dns.quad9.net', port: 443, path: '/dns-query' },
  // https://mullvad.net/en/help/dns-over-https-and-dns-over-tls
  mullvad: { kind: 'https', host: 'dns.mullvad.net', port: 443, path: '/dns-query' },
} as const satisfies Record<string, DnsServerPlace>

export type DnsPreset = keyof typeof dnsPresets
export type DnsChoice = 'system' | DnsPreset | 'own'

export const presetNames = Object.keys(dnsPresets) as DnsPreset[]

/** Which choice a list of servers stands for. */
export function choiceOf(servers: readonly DnsServerPlace[]): DnsChoice {
  const [first, ...others] = servers
  if (first === undefined) return 'system'
  const same = presetNames.find(name => dnsServerText(dnsPresets[name]) === dnsServerText(first))
  return others.length === 0 && same !== undefined ? same : 'own'
}

/** Servers as they are typed, one a line. */
export const serversText = (servers: readonly DnsServerPlace[]): string =>
  servers.map(dnsServerText).join('\n')
