import { expect, test } from 'vitest'
import { createDnsServers } from '../../../../../../electron/engine/net/dns/dns-servers'
import type { DnsServer } from '../../../../../../electron/engine/ports/net/transport'

const chosen: DnsServer = { kind: 'https', host: 'dns.example', port: 443, path: '/dns-query' }
const nobody = { accountId: null }
const system = () => ['192.0.2.1', '192.0.2.2:5353', '2001:db8::1', '[2001:db8::2]:54', 'fe80::1%eth0']

test("the system's servers are asked on the direct way only, over TCP", () => {
  const direct = createDnsServers({ chosen: () => [], isDirect: () => true, system })
  expect(direct(nobody)).toEqual([
    { kind: 'tcp', host: '192.0.2.1', port: 53 },
    { kind: 'tcp', host: '192.0.2.2', port: 5353 },
    { kind: 'tcp', host: '2001:db8::1', port: 53 },
    { kind: 'tcp', host: '2001:db8::2', port: 54 },
  ])
  expect(createDnsServers({ chosen: () => [], isDirect: () => false, system })(nobody)).toEqual([])
})

test('chosen servers are asked by every way, and an unreadable choice means nobody', () => {
  for (const isDirect of [() => true, () => false])
    expect(createDnsServers({ chosen: () => [chosen], isDirect, system })(nobody)).toEqual([chosen])
  expect(createDnsServers({ chosen: () => 'unreadable', isDirect: () => true, system })(nobody)).toEqual([])
})
