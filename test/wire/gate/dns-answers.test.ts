import type { Socket } from 'node:net'
import { type Packet, streamEncode } from 'dns-packet'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createDnsClient } from '../../../electron/engine/net/dns/dns-client'
import { decodeMessage, encodeQuery } from '../../../electron/engine/net/dns/message'
import { nameFromText, nameToWire } from '../../../electron/engine/net/dns/names'
import { recordType } from '../../../electron/engine/net/dns/record-types'
import { clearPlace, testGate } from './gate-places'

/** A DNS server that says what the test wants; `reply` gets each query without its length. */
async function server(reply: (query: Buffer, socket: Socket) => void) {
  const connections: Socket[] = []
  const place = await clearPlace(socket => {
    connections.push(socket)
    let pending: Buffer = Buffer.alloc(0)
    socket.on('data', chunk => {
      pending = Buffer.concat([pending, chunk])
      while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
        const size = pending.readUInt16BE(0)
        reply(pending.subarray(2, 2 + size), socket)
        pending = pending.subarray(2 + size)
      }
    })
  })
  return { ...place, connections }
}

const framed = (bytes: Buffer) => Buffer.concat([Buffer.of(bytes.length >> 8, bytes.length & 255), bytes])

function client(port: number) {
  const { gate } = testGate()
  let nowMs = 0
  const dns = createDnsClient({
    gate,
    policy: { permitDuring: (_requests, work) => work() },
    clock: { now: () => nowMs },
    random: { bytes: count => crypto.getRandomValues(new Uint8Array(count)) },
    servers: () => [{ kind: 'tcp', host: '127.0.0.1', port }],
  })
  const wait = (ms: number) => {
    nowMs += ms
  }
  return { ...dns, wait }
}

/** An answer to exactly this query, made by another encoder. */
function answer(query: Buffer, change: Packet = {}): Buffer {
  const { name, type } = questionOf(query)
  return streamEncode({
    type: 'response',
    id: query.readUInt16BE(0),
    questions: [{ name, type: type as never }],
    ...change,
  })
}

function questionOf(query: Buffer): { name: string; type: string } {
  const labels: string[] = []
  let at = 12
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  const type = query.readUInt16BE(at + 1)
  const [text = ''] = Object.entries(recordType).find(([, number]) => number === type) ?? []
  return { name: labels.join('.') || '.', type: text }
}

const nobody = { accountId: null }

describe('a query', () => {
  const query = encodeQuery(0x1234, 'example.org.', recordType.MX)

  test('asks with DO and CD, padded, and says nothing else', () => {
    expect(query.length % 128).toBe(0)
    expect(query.subarray(0, 12).toString('hex')).toBe('123401100001000000000001')
    expect(query.subarray(12, 29).toString('hex')).toBe('076578616d706c65036f726700000f0001')
    expect(query.subarray(29, 40).toString('hex')).toMatch(/^00002904d000008000....$/)
    expect(query.subarray(44).every(byte => byte === 0)).toBe(true)
  })

  test('has the same length whatever is asked', () => {
    expect(encodeQuery(0, '_25._tcp.mail.a-longer-name.example.org.', recordType.TLSA)).toHaveLength(
      query.length,
    )
  })

  test('is never made of what is no name', () => {
    for (const text of [
      '',
      '..',
      'a..b',
      '.a',
      'a b',
      'a\0b',
      'ü.example',
      `${'a'.repeat(64)}.b`,
      `${'a.'.repeat(127)}bc`,
    ])
      expect(nameFromText(text), text).toBeNull()
    expect(nameToWire(nameFromText('A.b') ?? '').toString('latin1')).toBe('\x01a\x01b\0')
  })
})

describe('a hostile answer', () => {
  test('of any bytes is refused or read, and never breaks anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), bytes => {
        try {
          decodeMessage(Buffer.from(bytes))
        } catch (error) {
          expect(error).toMatchObject({ code: 'protocol-violation' })
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('that is a true one with bytes changed is refused or read', () => {
    const good = answer(encodeQuery(1, 'example.org.', recordType.MX), {
      answers: [
        { name: 'example.org', type: 'MX', ttl: 60, data: { preference: 1, exchange: 'mail.example.org' } },
        { name: 'example.org', type: 'TXT', ttl: 60, data: ['a', 'b'] },
      ],
      authorities: [
        {
          name: 'example.org',
          type: 'NSEC',
          ttl: 60,
          data: { nextDomain: 'z.example.org', rrtypes: ['A', 'MX'] },
        },
      ],
    }).subarray(2)
    expect(decodeMessage(good)).toMatchObject({ rcode: 0, question: { name: 'example.org.', type: 15 } })
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(255), (at, byte, cut) => {
        const bytes = Buffer.from(good.subarray(0, good.length - (cut % 40)))
        bytes[at] = byte
        try {
          decodeMessage(bytes)
        } catch (error) {
          expect(error).toMatchObject({ code: 'protocol-violation' })
        }
      }),
      { numRuns: 2000 },
    )
  })

  const head = (...counts: number[]) => {
    const bytes = Buffer.alloc(12)
    bytes.writeUInt16BE(0x8000, 2)
    for (const [at, count] of counts.entries()) bytes.writeUInt16BE(count, 4 + 2 * at)
    return bytes
  }

  test.each([
    ['a name that points at itself', Buffer.concat([head(1), Buffer.from('c00c00010001', 'hex')])],
    ['a name that points forward', Buffer.concat([head(1), Buffer.from('c01000010001', 'hex')])],
    ['sixty thousand records', head(0, 60_000)],
    ['more than one question', head(2)],
    [
      'data longer than the message',
      Buffer.concat([head(0, 1), Buffer.from('0000010001000000ff00ff01', 'hex')]),
    ],
    [
      'a name of three hundred bytes',
      Buffer.concat([
        head(1),
        Buffer.from(`${'\x3f'}${'a'.repeat(63)}`.repeat(5), 'latin1'),
        Buffer.alloc(5),
      ]),
    ],
    ['a label of an unknown kind', Buffer.concat([head(1), Buffer.from('410000010001', 'hex')])],
    ['a question of ours sent back', encodeQuery(1, 'example.org.', recordType.MX)],
    ['half an answer', Buffer.concat([Buffer.from('000182000000000000000000', 'hex')])],
    ['nothing', Buffer.alloc(0)],
  ])('with %s is refused', (_what, bytes) => {
    expect(() => decodeMessage(bytes)).toThrow(/protocol-violation/)
  })

  test('a dot inside a label is not a border between two', () => {
    const bytes = Buffer.concat([head(1), Buffer.from('\x0bexample.org\0\0\x0f\0\x01', 'latin1')])
    expect(decodeMessage(bytes).question?.name).toBe('example\\046org.')
  })

  test.each<[string, (query: Buffer) => Buffer]>([
    ['to another question', query => answer(query, { questions: [{ name: 'other.example', type: 'MX' }] })],
    ['without the question', query => answer(query, { questions: [] })],
    ['with another id', query => answer(query, { id: query.readUInt16BE(0) ^ 1 })],
    ['of one byte', () => Buffer.of(0, 1, 0)],
  ])('%s is not believed', async (_what, reply) => {
    const place = await server((query, socket) => socket.write(reply(query)))
    const dns = client(place.port)
    expect(await dns.mx('example.org', nobody)).toMatchObject({
      status: 'indeterminate',
      outcome: 'failed',
      records: [],
    })
    dns.close()
    await place.stop()
  })
})

test('a server that hangs up after every answer is asked again on a new connection', async () => {
  const place = await server((query, socket) => socket.end(answer(query)))
  const dns = client(place.port)
  // Root keys are missing here, so nothing is proved; but each question had its answer.
  const found = await dns.mx('example.org', nobody)
  expect(found.evidence).toEqual(['the resolver gives no signatures'])
  expect(place.connections.length).toBe(2)
  dns.close()
  await place.stop()
})

test('a server that does not answer is left in peace for a while, then asked again', async () => {
  const closed = await server(() => undefined)
  await closed.stop()
  const dns = client(closed.port)
  expect((await dns.mx('example.org', nobody)).evidence.join()).toMatch(/connection-refused/)
  expect((await dns.mx('example.org', nobody)).evidence.join()).toMatch(/no answer a moment ago/)
  dns.wait(31_000)
  expect((await dns.mx('example.org', nobody)).evidence.join()).toMatch(/connection-refused/)
  dns.close()
})

test('answers come back to their questions in any order', async () => {
  const held: (() => void)[] = []
  const place = await server((query, socket) => {
    held.unshift(() => socket.write(framed(answer(query).subarray(2))))
    if (held.length === 3) for (const send of held.splice(0)) send()
    else if (questionOf(query).name === '.') for (const send of held.splice(0)) send()
  })
  const dns = client(place.port)
  const all = await Promise.all(['a.example', 'b.example', 'c.example'].map(name => dns.mx(name, nobody)))
  expect(all.map(each => each.evidence)).toEqual(
    Array.from({ length: 3 }, () => ['the resolver gives no signatures']),
  )
  expect(place.connections).toHaveLength(1)
  dns.close()
  await place.stop()
})
