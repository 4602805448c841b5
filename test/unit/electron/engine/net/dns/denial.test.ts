import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { proveDenial } from '../../../../../../electron/engine/net/dns/denial'
import type { DnsRecord } from '../../../../../../electron/engine/net/dns/message'
import { nameToWire } from '../../../../../../electron/engine/net/dns/names'
import { recordType } from '../../../../../../electron/engine/net/dns/record-types'
import { newBudget } from '../../../../../../electron/engine/net/dns/verify'

const { A, NS, CNAME, SOA, MX, DS, DNAME, NSEC, NSEC3, RRSIG, TLSA } = recordType

/** One window of a type bitmap (RFC 4034 §4.1.2). */
function bitmap(types: readonly number[]): Buffer {
  const bits = Buffer.alloc(Math.floor(Math.max(...types) / 8) + 1)
  for (const type of types) bits[type >> 3] = (bits[type >> 3] ?? 0) | (0x80 >> (type & 7))
  return Buffer.concat([Buffer.of(0, bits.length), bits])
}

const nsec = (owner: string, next: string, ...types: number[]): DnsRecord => ({
  name: owner,
  type: NSEC,
  ttlSeconds: 60,
  rdata: Buffer.concat([nameToWire(next), bitmap([...types, RRSIG, NSEC])]),
})

const hashOf = (name: string, iterations: number) => {
  let hash = createHash('sha1').update(nameToWire(name)).digest()
  for (let round = 0; round < iterations; round++) hash = createHash('sha1').update(hash).digest()
  return hash
}
const base32Hex = (bytes: Buffer) =>
  BigInt(`0x${bytes.toString('hex')}`)
    .toString(32)
    .padStart(32, '0')
const shifted = (hash: Buffer, by: bigint) =>
  Buffer.from((BigInt(`0x${hash.toString('hex')}`) + by).toString(16).padStart(40, '0'), 'hex')

/** A record whose owner and next hash are given. */
const nsec3 = (
  owner: Buffer,
  next: Buffer,
  types: readonly number[],
  options: { optOut?: boolean; iterations?: number } = {},
): DnsRecord => ({
  name: `${base32Hex(owner)}.test.`,
  type: NSEC3,
  ttlSeconds: 60,
  rdata: Buffer.concat([
    Buffer.of(1, options.optOut ? 1 : 0, 0, options.iterations ?? 0, 0, next.length),
    next,
    bitmap([...types, RRSIG]),
  ]),
})
const at = (
  name: string,
  types: readonly number[],
  options: { optOut?: boolean; iterations?: number } = {},
) => {
  const hash = hashOf(name, options.iterations ?? 0)
  return nsec3(hash, shifted(hash, 1n), types, options)
}
const around = (name: string, options: { optOut?: boolean; iterations?: number } = {}) => {
  const hash = hashOf(name, options.iterations ?? 0)
  return nsec3(shifted(hash, -1n), shifted(hash, 1n), [A], options)
}

const prove = (records: readonly DnsRecord[], name: string, type: number) =>
  proveDenial(records, 'test.', name, type, newBudget())

describe('NSEC', () => {
  test.each<[string, DnsRecord[], string, number, string | null]>([
    ['the type is not there', [nsec('a.test.', 'b.test.', A)], 'a.test.', MX, 'no-data'],
    ['the type is there', [nsec('a.test.', 'b.test.', A, MX)], 'a.test.', MX, null],
    ['an alias answers for every type', [nsec('a.test.', 'b.test.', CNAME)], 'a.test.', MX, null],
    [
      'the parent of a delegation speaks about the child',
      [nsec('a.test.', 'b.test.', NS, DS)],
      'a.test.',
      MX,
      null,
    ],
    [
      'the parent of a delegation speaks about what is below',
      [nsec('a.test.', 'c.test.', NS), nsec('test.', 'a.test.', SOA)],
      'x.a.test.',
      TLSA,
      null,
    ],
    ['an unsigned delegation', [nsec('a.test.', 'b.test.', NS)], 'a.test.', DS, 'delegation'],
    ['a name that is no delegation', [nsec('a.test.', 'b.test.', A)], 'a.test.', DS, 'no-data'],
    ['the apex of the child about its own DS', [nsec('a.test.', 'b.test.', NS, SOA)], 'a.test.', DS, null],
    ['no such name', [nsec('a.test.', 'c.test.', A), nsec('test.', 'a.test.', SOA)], 'b.test.', A, 'no-name'],
    ['no such name, but a wildcard may answer', [nsec('a.test.', 'c.test.', A)], 'b.test.', A, null],
    [
      'a wildcard without the type',
      [nsec('a.test.', 'c.test.', A), nsec('*.test.', 'a.test.', A)],
      'b.test.',
      MX,
      'no-data',
    ],
    [
      'a wildcard with the type',
      [nsec('a.test.', 'c.test.', A), nsec('*.test.', 'a.test.', MX)],
      'b.test.',
      MX,
      null,
    ],
    [
      'the last record of a zone',
      [nsec('x.test.', 'test.', A), nsec('test.', 'a.test.', SOA)],
      'y.test.',
      A,
      'no-name',
    ],
    ['a gap elsewhere', [nsec('a.test.', 'c.test.', A), nsec('test.', 'a.test.', SOA)], 'd.test.', A, null],
    ['a name that only has others below it', [nsec('a.test.', 'x.b.test.', A)], 'b.test.', A, 'no-data'],
    [
      'what lies below a DNAME',
      [nsec('a.test.', 'c.test.', DNAME), nsec('test.', 'a.test.', SOA)],
      'x.a.test.',
      A,
      null,
    ],
    ['a record of another zone', [nsec('a.example.', 'z.example.', A)], 'b.example.', A, null],
    ['nothing', [], 'a.test.', A, null],
  ])('%s', (_what, records, name, type, denial) => {
    expect(prove(records, name, type)).toBe(denial)
  })
})

describe('NSEC3', () => {
  const apex = at('test.', [SOA, NS])
  test.each<[string, DnsRecord[], string, number, string | null]>([
    ['the type is not there', [at('a.test.', [A])], 'a.test.', MX, 'no-data'],
    ['the type is there', [at('a.test.', [MX])], 'a.test.', MX, null],
    ['the parent of a delegation speaks about the child', [at('a.test.', [NS, DS])], 'a.test.', MX, null],
    [
      'the parent of a delegation speaks about what is below',
      [at('a.test.', [NS]), around('b.a.test.'), around('*.a.test.')],
      'b.a.test.',
      MX,
      null,
    ],
    ['an unsigned delegation', [at('a.test.', [NS])], 'a.test.', DS, 'delegation'],
    ['the apex of the child about its own DS', [at('a.test.', [NS, SOA])], 'a.test.', DS, null],
    ['no such name', [apex, around('b.test.'), around('*.test.')], 'b.test.', A, 'no-name'],
    ['no such name, deep', [apex, around('b.test.'), around('*.test.')], 'x.y.b.test.', A, 'no-name'],
    ['no such name, but a wildcard may answer', [apex, around('b.test.')], 'b.test.', A, null],
    ['the next name is not denied', [apex, around('*.test.')], 'b.test.', A, null],
    ['nothing known of the ancestor', [around('b.test.'), around('*.test.')], 'b.test.', A, null],
    ['opt-out', [apex, around('b.test.', { optOut: true })], 'b.test.', DS, 'opt-out'],
    ['a wildcard without the type', [apex, around('b.test.'), at('*.test.', [A])], 'b.test.', MX, 'no-data'],
    [
      'hashed ten times',
      [
        at('test.', [SOA], { iterations: 10 }),
        around('b.test.', { iterations: 10 }),
        around('*.test.', { iterations: 10 }),
      ],
      'b.test.',
      A,
      'no-name',
    ],
    ['hashed so often that it is no use', [at('test.', [SOA], { iterations: 101 })], 'b.test.', A, 'opt-out'],
    [
      'records of two chains',
      [apex, around('b.test.', { iterations: 1 }), around('*.test.')],
      'b.test.',
      A,
      null,
    ],
  ])('%s', (_what, records, name, type, denial) => {
    expect(prove(records, name, type)).toBe(denial)
  })
})
