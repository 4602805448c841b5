import { expect, test } from 'vitest'
import type {
  DnsAnswer,
  DnsLookups,
  RememberedTlsa,
  TlsaRecord,
} from '../../../../../electron/engine/ports/net/transport'
import { createDaneForServers } from '../../../../../electron/engine/transport/dane-for-servers'

const record: TlsaRecord = { usage: 3, selector: 1, matchingType: 1, data: new Uint8Array(32).fill(7) }
const answer = <T>(change: Partial<DnsAnswer<T>>): DnsAnswer<T> => ({
  status: 'secure',
  outcome: 'found',
  name: 'imap.example.org',
  records: [],
  ttlSeconds: 60,
  evidence: [],
  ...change,
})
const failed = { status: 'indeterminate', outcome: 'failed' } as const

function servers(
  dns: { address?: Partial<DnsAnswer<string>>; tlsa?: Partial<DnsAnswer<TlsaRecord>> },
  seen = false,
) {
  const asked: string[] = []
  const rows = new Map<string, RememberedTlsa>()
  if (seen)
    rows.set('imap.example.org 993', { host: 'imap.example.org', port: 993, records: [record], seenAtMs: 0 })
  const unused = () => Promise.reject(new Error('not asked here'))
  const lookups: DnsLookups = {
    mx: unused,
    srv: unused,
    txt: unused,
    address: async host => {
      asked.push(host)
      return answer({ name: host, ...dns.address })
    },
    tlsa: async name => {
      asked.push(name)
      return answer({ name, ...dns.tlsa })
    },
  }
  const make = (on = true, canAsk = true) =>
    createDaneForServers({
      dns: lookups,
      canAsk: () => canAsk,
      store: {
        domain: () => null,
        saveDomain: () => undefined,
        tlsa: (host, port) => rows.get(`${host} ${port}`) ?? null,
        saveTlsa: row => void rows.set(`${row.host} ${row.port}`, row),
        forgetTlsa: (host, port) => void rows.delete(`${host} ${port}`),
        servers: () => [],
        setServers: () => undefined,
      },
      lookupsOn: () => on,
      clock: { now: () => 5, sleep: () => new Promise(() => undefined) },
    })
  return { asked, rows, make }
}
const nobody = { accountId: null }
const published = { tlsa: { records: [record] } }

test('records that are proved must match from then on', async () => {
  const { make, rows, asked } = servers(published)
  expect(await make().policyFor('IMAP.example.org.', 993, nobody)).toEqual({
    verdict: 'require',
    records: [record],
    names: ['imap.example.org'],
    from: 'dns',
  })
  expect([...rows.keys()]).toEqual(['imap.example.org 993'])
  expect(asked).toEqual(['imap.example.org', '_993._tcp.imap.example.org'])
})

test('records at the end of an alias come first, and both names may stand in a certificate', async () => {
  const { make, asked } = servers({ address: { name: 'real.example.net' }, ...published })
  expect(await make().policyFor('imap.example.org', 993, nobody)).toMatchObject({
    names: ['imap.example.org', 'real.example.net'],
  })
  expect(asked).toEqual(['imap.example.org', '_993._tcp.real.example.net'])
})

test.each([
  ['nobody answers', { address: failed }],
  ['nobody answers about the records', { tlsa: failed }],
  ['the zone is suddenly unsigned', { address: { status: 'insecure' } }],
] as const)('what was seen once holds when %s', async (_what, dns) => {
  const { make, rows } = servers(dns, true)
  expect(await make().policyFor('imap.example.org', 993, nobody)).toMatchObject({
    verdict: 'require',
    records: [record],
    from: 'remembered',
  })
  expect(rows.size).toBe(1)
  expect(await servers(dns).make().policyFor('imap.example.org', 993, nobody)).toMatchObject({
    verdict: 'none',
  })
})

test('only a proof that the records are gone ends them', async () => {
  const { make, rows } = servers({ tlsa: { outcome: 'no-data' } }, true)
  expect(await make().policyFor('imap.example.org', 993, nobody)).toEqual({
    verdict: 'none',
    why: 'no-records',
  })
  expect(rows.size).toBe(0)
})

test('a bogus answer forbids the connection', async () => {
  for (const dns of [
    { address: { ...failed, status: 'bogus' } },
    { tlsa: { ...failed, status: 'bogus' } },
  ] as const)
    expect(await servers(dns).make().policyFor('imap.example.org', 993, nobody)).toEqual({
      verdict: 'refuse',
      why: 'bogus',
    })
})

test('nothing is asked with look-ups off, without a resolver, or about addresses and onion services', async () => {
  const off = servers(published, true)
  expect(await off.make(false).policyFor('imap.example.org', 993, nobody)).toEqual({
    verdict: 'none',
    why: 'lookups-off',
  })
  expect(await off.make(true, false).policyFor('imap.example.org', 993, nobody)).toMatchObject({
    from: 'remembered',
  })
  for (const host of ['127.0.0.1', '::1', 'localhost', 'mail.localhost', 'abc.onion', 'printer.local'])
    expect(await off.make().policyFor(host, 993, nobody)).toEqual({ verdict: 'none', why: 'address' })
  expect(off.asked).toEqual([])
})
