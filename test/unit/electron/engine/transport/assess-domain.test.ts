import { expect, test } from 'vitest'
import type {
  DnsAnswer,
  DnsLookups,
  DnssecStatus,
  TlsaRecord,
} from '../../../../../electron/engine/ports/net/transport'
import { assessDomain } from '../../../../../electron/engine/transport/assess-domain'

type Status = DnssecStatus | 'absent'
const answer = <T>(name: string, status: Status, records: readonly T[]): DnsAnswer<T> => {
  const isFailed = status === 'bogus' || status === 'indeterminate'
  return {
    status: status === 'absent' ? 'secure' : status,
    outcome: isFailed ? 'failed' : status === 'absent' || records.length === 0 ? 'no-data' : 'found',
    name,
    records: isFailed || status === 'absent' ? [] : records,
    ttlSeconds: isFailed ? 0 : 300,
    evidence: [],
  }
}
const record: TlsaRecord = { usage: 3, selector: 1, matchingType: 1, data: new Uint8Array(32) }

/** A domain as DNS shows it: its servers with the state of address and TLSA, and its policy record. */
async function assess(world: {
  mx?: Status
  servers: Readonly<Record<string, Readonly<{ address?: Status; tlsa?: Status }>>>
  policy?: Status
  remembered?: boolean
}) {
  const dns: DnsLookups = {
    mx: async domain =>
      answer(
        domain,
        world.mx ?? 'secure',
        Object.keys(world.servers).map((host, preference) => ({ preference, host })),
      ),
    srv: async name => answer(name, 'absent', []),
    txt: async name => answer(name, world.policy ?? 'absent', ['v=STSv1; id=1']),
    tlsa: async name =>
      answer(name, world.servers[name.slice('_25._tcp.'.length)]?.tlsa ?? 'absent', [record]),
    address: async host => answer(host, world.servers[host]?.address ?? 'secure', ['c0000201']),
  }
  const fetchPolicy = async () => ({ policy: null, finding: 'not there' })
  const policy = {
    id: '1',
    mode: 'enforce' as const,
    mx: ['*.example.org'],
    maxAgeSeconds: 999,
    fetchedAtMs: 0,
  }
  const { level, reasons } = await assessDomain(
    { dns, fetchPolicy, nowMs: 1000 },
    'example.org',
    world.remembered ? policy : null,
    { accountId: null },
  )
  return [level, ...reasons.filter(reason => reason !== 'opportunistic')]
}
const good = { tlsa: 'secure' } as const

test.each([
  ['all servers have records', { a: good, b: good }, ['dane', 'dane-published']],
  [
    'one has a forged address',
    { a: good, b: { address: 'bogus' } },
    ['dane', 'dane-published', 'server-bogus'],
  ],
  ['one has forged records', { a: { tlsa: 'bogus' }, b: good }, ['dane', 'dane-published', 'server-bogus']],
  [
    'two of three are forged',
    { a: good, b: { tlsa: 'bogus' }, c: { address: 'bogus' } },
    ['dane', 'dane-published', 'server-bogus'],
  ],
  ['all are forged', { a: { tlsa: 'bogus' }, b: { address: 'bogus' } }, ['none', 'dnssec-bogus']],
  ['the only one is forged', { a: { tlsa: 'bogus' } }, ['none', 'dnssec-bogus']],
  [
    'one is forged, the other not there',
    { a: { tlsa: 'bogus' }, b: { address: 'absent' } },
    ['none', 'dnssec-bogus'],
  ],
  [
    'one is forged, the other proved to have none',
    { a: { tlsa: 'bogus' }, b: {} },
    ['unknown', 'server-bogus'],
  ],
  [
    'one is forged, the other unsigned',
    { a: { tlsa: 'bogus' }, b: { address: 'insecure' } },
    ['unknown', 'server-bogus'],
  ],
  [
    'one cannot be asked',
    { a: good, b: { tlsa: 'indeterminate' } },
    ['unknown', 'lookup-failed', 'dane-partial'],
  ],
] as const)('when %s', async (_what, servers, expected) => {
  const named = Object.fromEntries(
    Object.entries(servers).map(([name, each]) => [`${name}.example.org`, each]),
  )
  expect(await assess({ servers: named })).toEqual(expected)
})

test('a forged answer about MX is no mail at all', async () => {
  expect(await assess({ mx: 'bogus', servers: { 'a.example.org': good } })).toEqual(['none', 'dnssec-bogus'])
})

test('a stripped or forged policy record is not "no policy"', async () => {
  const plain = { 'a.example.org': {} }
  expect(await assess({ servers: plain })).toEqual(['unknown'])
  expect(await assess({ servers: plain, policy: 'bogus' })).toEqual(['none', 'dnssec-bogus'])
  expect(await assess({ servers: plain, policy: 'bogus', mx: 'insecure' })).toEqual([
    'none',
    'domain-unsigned',
    'dnssec-bogus',
  ])
  expect(await assess({ servers: plain, policy: 'indeterminate' })).toEqual(['unknown'])
})

test('a policy that is remembered holds whatever becomes of its record, and DANE needs none', async () => {
  expect(await assess({ servers: { 'a.example.org': {} }, policy: 'bogus', remembered: true })).toEqual([
    'enforced',
    'sts-remembered',
    'sts-enforce',
  ])
  expect(await assess({ servers: { 'a.example.org': good }, policy: 'bogus' })).toEqual([
    'dane',
    'dane-published',
  ])
})
