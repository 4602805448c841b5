import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDnsClient } from '../../../electron/engine/net/dns/dns-client'
import type { GateRequest, NetworkGate } from '../../../electron/engine/ports/net/gate'
import type { DnsServer } from '../../../electron/engine/ports/net/transport'
import { type DnsTree, startDnsTree } from '../../rig/dns-tree'
import { testGate } from '../../wire/gate/gate-places'

let tree: DnsTree
let caPem: string
beforeAll(async () => {
  tree = await startDnsTree()
  caPem = readFileSync(tree.caFile, 'utf8')
})
afterAll(() => tree?.stop())

const nobody = { accountId: null }
const permitDuring = <T>(_requests: readonly GateRequest[], work: () => Promise<T>) => work()

function client(server: DnsServer, options: { nowMs?: number } = {}) {
  const { gate: real, asked } = testGate()
  const gate: Pick<NetworkGate, 'dialTls' | 'dialClear'> = {
    dialClear: (request, limits) => real.dialClear(request, limits),
    // The authority of the rig in place of the public ones.
    dialTls: (request, trust, limits) => real.dialTls(request, { ...trust, caPem }, limits),
  }
  const now = () => options.nowMs ?? Date.now()
  const dns = createDnsClient({
    gate,
    policy: { permitDuring },
    clock: { now },
    random: { bytes: count => crypto.getRandomValues(new Uint8Array(count)) },
    servers: () => [server],
    anchors: [tree.anchor],
  })
  return Object.assign(dns, { asked, connections: () => real.connections() })
}

const knot = (): DnsServer => ({ kind: 'tcp', host: '127.0.0.1', port: tree.knotPort })
const unbound = (): DnsServer => ({ kind: 'tcp', host: '127.0.0.1', port: tree.resolverPort })
const overHttps = (path = '/dns-query'): DnsServer => ({
  kind: 'https',
  host: 'localhost',
  port: tree.httpsPort,
  path,
})

describe.each([
  ['servers with authority', knot],
  ['a resolver that validates', unbound],
  ['a resolver over HTTPS', overHttps],
])('answers of %s', (_what, server) => {
  test.each([
    ['an RSA zone', 'mail.good.test', 'secure found'],
    ['an alias inside a zone', 'alias.good.test', 'secure found'],
    ['an alias into another zone', 'mx.cname.test', 'secure found'],
    ['a moved tree (DNAME)', 'mail.old.dname.test', 'secure found'],
    ['a P-384 zone', 'mail.nsec3.test', 'secure found'],
    ['an Ed25519 zone', 'mail.ed.test', 'secure found'],
    ['no such name, NSEC', 'absent.good.test', 'secure no-name'],
    ['no such name, NSEC3', 'absent.nsec3.test', 'secure no-name'],
    ['no such domain', 'absent.test', 'secure no-name'],
    ['no such top-level domain', 'nothing.absent', 'secure no-name'],
    ['a name without addresses', 'good.test', 'secure no-data'],
    ['an empty non-terminal, NSEC', 'deep.down.good.test', 'secure no-data'],
    ['an empty non-terminal, NSEC3', 'deep.down.nsec3.test', 'secure no-data'],
    ['an unsigned domain', 'mail.insecure.test', 'insecure found'],
    ['no such name in an unsigned domain', 'absent.insecure.test', 'insecure no-name'],
    ['an unsigned child under opt-out', 'mail.child.opt-out.test', 'insecure found'],
    ['a wrong DS', 'mail.bogus.test', 'bogus failed'],
    ['no such name under a wrong DS', 'absent.bogus.test', 'bogus failed'],
    ['a zone that lost its signatures', 'mail.stripped.test', 'bogus failed'],
  ])('%s: %s is %s', async (_case, name, wanted) => {
    const dns = client(server())
    const answer = await dns.address(name, nobody)
    dns.close()
    expect(`${answer.status} ${answer.outcome}`, answer.evidence.join('\n')).toBe(wanted)
  })

  test('a wildcard answers with proof that nothing is closer', async () => {
    const dns = client(server())
    for (const domain of ['good.test', 'nsec3.test']) {
      expect(await dns.txt(`any.wild.${domain}`, nobody)).toMatchObject({
        status: 'secure',
        records: ['from a wildcard'],
      })
      expect(await dns.tlsa(`any.wild.${domain}`, nobody)).toMatchObject({
        status: 'secure',
        outcome: 'no-data',
      })
    }
    expect(await dns.txt('closer.wild.good.test', nobody)).toMatchObject({ records: ['not from a wildcard'] })
    dns.close()
  })

  test('records are read as they were written', async () => {
    const dns = client(server())
    expect((await dns.txt('good.test', nobody)).records).toEqual(['hello world'])
    expect((await dns.mx('good.test', nobody)).records).toEqual([{ preference: 10, host: 'mail.good.test' }])
    expect((await dns.mx('nullmx.test', nobody)).records).toEqual([{ preference: 0, host: '' }])
    const { records } = await dns.tlsa('_25._tcp.mail.good.test', nobody)
    expect(records).toEqual([{ usage: 3, selector: 1, matchingType: 1, data: new Uint8Array(32).fill(0xaa) }])
    dns.close()
  })
})

test('a signature that has expired is bogus, and only in its own zone', async () => {
  const dns = client(knot(), { nowMs: Date.now() + 2 * 3_600_000 })
  const expired = await dns.mx('expired.test', nobody)
  expect(expired.status, expired.evidence.join('\n')).toBe('bogus')
  expect(expired.evidence.join()).toMatch(/expired 20/)
  expect((await dns.mx('good.test', nobody)).status).toBe('secure')
  dns.close()
})

test('with another trust anchor nothing is believed, and nothing is called bogus', async () => {
  const { gate } = testGate()
  const dns = createDnsClient({
    gate,
    policy: { permitDuring },
    clock: { now: () => Date.now() },
    random: { bytes: count => crypto.getRandomValues(new Uint8Array(count)) },
    servers: () => [knot()],
  })
  expect((await dns.mx('good.test', nobody)).status).toBe('indeterminate')
  dns.close()
})

test('one connection carries all questions, and an answer is not asked for twice while it holds', async () => {
  const dns = client(knot())
  await Promise.all([dns.mx('good.test', nobody), dns.txt('good.test', nobody), dns.mx('ed.test', nobody)])
  expect(dns.asked).toHaveLength(1)
  const before = dns.connections()[0]?.bytesOut
  await dns.mx('good.test', nobody)
  expect(dns.connections()[0]?.bytesOut).toBe(before)
  dns.close()
})

test('a server that is away is passed over for the next one', async () => {
  const { gate } = testGate()
  const dns = createDnsClient({
    gate,
    policy: { permitDuring },
    clock: { now: () => Date.now() },
    random: { bytes: count => crypto.getRandomValues(new Uint8Array(count)) },
    servers: () => [{ kind: 'tcp', host: '127.0.0.1', port: 1 }, knot()],
    anchors: [tree.anchor],
  })
  expect((await dns.mx('good.test', nobody)).status).toBe('secure')
  dns.close()
})

test('what a server of HTTPS refuses cannot be told', async () => {
  const dns = client(overHttps('/elsewhere'))
  expect(await dns.mx('good.test', nobody)).toMatchObject({ status: 'indeterminate', outcome: 'failed' })
  dns.close()
})

test('without a server nothing is asked; an onion name and an address never are', async () => {
  const { gate, asked } = testGate()
  const deps = {
    gate,
    policy: { permitDuring },
    clock: { now: () => Date.now() },
    random: { bytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)) },
  }
  const none = createDnsClient({ ...deps, servers: () => [] })
  expect(await none.mx('good.test', nobody)).toMatchObject({
    status: 'indeterminate',
    evidence: ['name-unresolved: no-resolver'],
  })
  const some = createDnsClient({ ...deps, servers: () => [knot()] })
  for (const name of ['abcdef.onion', '127.0.0.1', 'bad name', ''])
    expect((await some.address(name, nobody)).outcome).toBe('failed')
  expect(asked).toEqual([])
})
