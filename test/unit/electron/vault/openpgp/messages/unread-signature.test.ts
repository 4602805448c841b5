import { expect, test } from 'vitest'
import { unreadFacts } from '../../../../../../electron/vault/openpgp/messages/unread-signature'

const subpacket = (type: number, data: Buffer) => Buffer.concat([Buffer.from([data.length + 1, type]), data])
const id = Buffer.from('1122334455667788', 'hex')
const v4 = Buffer.concat([Buffer.from([4]), Buffer.alloc(12, 9), id])
const v6 = Buffer.concat([Buffer.from([6]), id, Buffer.alloc(24, 9)])
const time = subpacket(2, Buffer.from([0x60, 0, 0, 0]))

/** A signature of an algorithm that nobody knows (RFC 9580 §5.2.3). */
const signature = (version: 4 | 6, hashed: readonly Buffer[], unhashed: readonly Buffer[] = []) => {
  const area = (packets: readonly Buffer[]) => {
    const body = Buffer.concat(packets)
    const length = Buffer.alloc(version === 6 ? 4 : 2)
    length.writeUIntBE(body.length, 0, length.length)
    return Buffer.concat([length, body])
  }
  return Buffer.concat([
    Buffer.from([version, 0, 100, 10]),
    area(hashed),
    area(unhashed),
    Buffer.alloc(40, 7),
  ])
}
const facts = (body: Uint8Array) => unreadFacts({ body })
const nothing = { keyId: '0'.repeat(16), createdAtMs: null }

test.each<[string, Buffer]>([
  ['an issuer of version 4', signature(4, [time, subpacket(16, id)])],
  ['one that is not hashed', signature(4, [time], [subpacket(16, id)])],
  ['a critical one', signature(4, [time, subpacket(16 | 0x80, id)])],
  ['a fingerprint of version 4', signature(4, [time, subpacket(33, v4)])],
  ['a fingerprint of version 6', signature(6, [time, subpacket(33, v6)])],
  ['one behind a long note', signature(4, [time, longNote(), subpacket(16, id)])],
])('who signed with an unknown algorithm is named, by %s', (_what, body) =>
  expect(facts(body)).toEqual({ keyId: '1122334455667788', createdAtMs: 0x60000000 * 1000 }),
)

test.each<[string, Buffer]>([
  ['nothing', Buffer.alloc(0)],
  [
    'an unknown version',
    Buffer.concat([Buffer.from([5]), signature(4, [time, subpacket(16, id)]).subarray(1)]),
  ],
  ['an area longer than the packet', Buffer.from([4, 0, 100, 10, 255, 255, 2])],
  ['a subpacket longer than its area', signature(4, [Buffer.from([200, 2, 16])])],
  ['a subpacket of no length', signature(4, [Buffer.from([0, 0, 0])])],
  ['an issuer that is too short', signature(4, [subpacket(16, id.subarray(1))])],
  ['a fingerprint of another length', signature(6, [subpacket(33, v4.subarray(1))])],
])('and what says nothing is not guessed from: %s', (_what, body) => expect(facts(body)).toEqual(nothing))

/** A notation with a length of two octets (RFC 9580 §5.2.3.7). */
function longNote(): Buffer {
  const length = 500
  const rest = length - 192
  return Buffer.concat([Buffer.from([192 + (rest >> 8), rest & 255, 20]), Buffer.alloc(length - 1, 1)])
}
