import { describe, expect, test } from 'vitest'
import { isPublicAddress, isPublicHost } from '../../../../../electron/engine/net/public-address'

describe('a stranger’s image never leads into the network around this machine', () => {
  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.251',
    '239.1.1.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:c0a8:101',
    '::10.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::a00:1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::1',
    'not an address',
    '',
  ])('%s is not public', address => expect(isPublicAddress(address)).toBe(false))

  test.each([
    '1.1.1.1',
    '172.15.255.255',
    '172.32.0.1',
    '192.167.1.1',
    '2606:4700::1111',
    '2001:4860:4860::8888',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
  ])('%s is public', address => expect(isPublicAddress(address)).toBe(true))

  test.each([
    'localhost',
    'LOCALHOST.',
    'router',
    'printer.local',
    'fritz.box.lan',
    'db.internal',
    'nas.home.arpa',
    'a.localhost',
    '[::1]',
    '127.0.0.1',
    '10.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '1.0.0.127.in-addr.arpa',
    '',
  ])('%s is no host to ask', host => expect(isPublicHost(host)).toBe(false))

  test.each(['example.org', 'img.example.co.uk', '1.1.1.1', '[2606:4700::1111]', 'localhost.example.org'])(
    '%s may be asked',
    host => expect(isPublicHost(host)).toBe(true),
  )
})
