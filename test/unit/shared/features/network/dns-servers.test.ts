import { expect, test } from 'vitest'
import { dnsServerText, parseDnsServer } from '../../../../../shared/features/network/dns-servers'

test.each([
  ['192.0.2.1', 'tcp', '192.0.2.1', 53],
  ['192.0.2.1:5353', 'tcp', '192.0.2.1', 5353],
  ['2001:db8::1', 'tcp', '2001:db8::1', 53],
  ['[2001:db8::1]:5353', 'tcp', '2001:db8::1', 5353],
  ['https://dns.example/dns-query', 'https', 'dns.example', 443],
  ['https://dns.example:8443/q{?dns}', 'https', 'dns.example', 8443],
  ['https://[2001:db8::1]/dns-query', 'https', '2001:db8::1', 443],
])('%s names a DNS server, and comes back as it was', (text, kind, host, port) => {
  const server = parseDnsServer(` ${text} `)
  expect(server).toMatchObject({ kind, host, port })
  expect(server && dnsServerText(server)).toBe(text)
})

test.each([
  'dns.example',
  'http://dns.example/dns-query',
  'https://dns.example',
  'https://user@dns.example/dns-query',
  'https://dns.example/a b',
  'https://dns.example:70000/dns-query',
  '192.0.2.1:0',
  '192.0.2.1:99999',
  '',
])('%j names none', text => {
  expect(parseDnsServer(text)).toBeNull()
})
