import { expect, test } from 'vitest'
import { packetsIn } from '../../rig/leak-box'

const listed = (...elem: readonly unknown[]) =>
  packetsIn(JSON.stringify({ nftables: [{ metainfo: {} }, { set: { name: 'any', elem } }, { set: {} }] }))

test('what was sent in the leak box is told with protocol, address and port', () => {
  expect(
    listed({ concat: ['tcp', '192.0.2.9', 443] }, { elem: { val: { concat: ['udp', 'fd99::1', 53] } } }),
  ).toEqual([
    { protocol: 'tcp', address: '192.0.2.9', port: 443 },
    { protocol: 'udp', address: 'fd99::1', port: 53 },
  ])
})

test('what is neither TCP nor UDP is told by its protocol', () => {
  const protocols = listed('icmp', { elem: { val: 'igmp', timeout: 1 } }, 253).map(({ protocol }) => protocol)
  expect(protocols).toEqual(['icmp', 'igmp', '253'])
})
