import type { z } from 'zod'
import { dnsServer } from './transport'

export type DnsServerPlace = z.infer<typeof dnsServer>

/** A server that is asked in TCP: `1.2.3.4`, `1.2.3.4:5353`, `2620:fe::9` or `[2620:fe::9]:53`. A name would need one first. */
const tcpPlace = /^(?:\[([0-9a-f:]+)\]|(\d{1,3}(?:\.\d{1,3}){3}))(?::(\d{1,5}))?$|^([0-9a-f]*:[0-9a-f:]+)$/i
/** A server of DNS over HTTPS (RFC 8484) as its operators name it: `https://host[:port]/path`. */
const httpsPlace = /^https:\/\/([a-z0-9.-]+|\[[0-9a-f:]+\])(?::(\d{1,5}))?(\/[!-~]*)$/i

/** The DNS server a text names, or null. A https address needs its path: there is none that all servers share. */
export function parseDnsServer(text: string): DnsServerPlace | null {
  const https = httpsPlace.exec(text.trim())
  const tcp = tcpPlace.exec(text.trim())
  const server = dnsServer.safeParse(
    https
      ? {
          kind: 'https',
          host: (https[1] ?? '').replace(/^\[|\]$/g, '').toLowerCase(),
          port: Number(https[2] ?? 443),
          path: https[3],
        }
      : { kind: 'tcp', host: tcp?.[1] ?? tcp?.[2] ?? tcp?.[4] ?? '', port: Number(tcp?.[3] ?? 53) },
  )
  return server.success ? server.data : null
}

/** The same server as a text, without what goes without saying. */
export function dnsServerText(server: DnsServerPlace): string {
  const host = server.host.includes(':') ? `[${server.host}]` : server.host
  if (server.kind === 'https')
    return `https://${host}${server.port === 443 ? '' : `:${server.port}`}${server.path}`
  return server.port === 53 ? server.host : `${host}:${server.port}`
}
