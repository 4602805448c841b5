import { X509Certificate } from 'node:crypto'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDnsClient } from '../../../electron/engine/net/dns/dns-client'
import { createEgressPolicy } from '../../../electron/engine/net/egress-policy'
import type { GateRequest, NetworkGate } from '../../../electron/engine/ports/net/gate'
import type {
  DnsServer,
  RememberedDomain,
  TransportStore,
} from '../../../electron/engine/ports/net/transport'
import { createPolicyFetch } from '../../../electron/engine/transport/fetch-policy'
import { createTransportLevels } from '../../../electron/engine/transport/transport-levels'
import { createTestAuthority, readCertificate } from '../../rig/certificates'
import { type DnsTree, startDnsTree } from '../../rig/dns-tree'
import { testZones } from '../../rig/dns-zones'
import { createServerFolder } from '../../rig/server-folder'
import { clearPlace, realClock, recordingLog, testGate } from '../../wire/gate/gate-places'

const DAY_MS = 86_400_000

/** A policy server: what it says per domain, and what it was asked for. */
async function startPolicyServer() {
  const { certificate } = await createTestAuthority(createServerFolder())
  const files = await readCertificate(await certificate('server'))
  const documents = new Map<string, { status?: number; type?: string; body: string; location?: string }>()
  const requests: string[][] = []
  const server = createServer(files, (request, response) => {
    const [, domain = ''] = /^\/mta-sts\.([^/]+)\/\.well-known\/mta-sts\.txt$/.exec(request.url ?? '') ?? []
    requests.push(request.rawHeaders)
    const document = documents.get(domain)
    const location = document?.location === undefined ? {} : { location: document.location }
    response.writeHead(document?.status ?? (document ? 200 : 404), {
      'content-type': document?.type ?? 'text/plain',
      ...location,
    })
    response.end(document?.body ?? '')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    documents,
    requests,
    port: (server.address() as AddressInfo).port,
    fingerprint: new X509Certificate(files.cert).fingerprint256.toLowerCase(),
    stop: () => new Promise(resolve => server.close(resolve)),
  }
}

function memory(): TransportStore & { rows: Map<string, RememberedDomain> } {
  const rows = new Map<string, RememberedDomain>()
  return {
    rows,
    domain: domain => rows.get(domain) ?? null,
    saveDomain: row => void rows.set(row.domain, row),
    tlsa: () => null,
    saveTlsa: () => undefined,
    forgetTlsa: () => undefined,
    servers: () => [],
    setServers: () => undefined,
  }
}

let tree: DnsTree
let policies: Awaited<ReturnType<typeof startPolicyServer>>
beforeAll(async () => {
  tree = await startDnsTree()
  policies = await startPolicyServer()
  const say = (mode: string, mx: string) =>
    `version: STSv1\r\nmode: ${mode}\r\nmx: ${mx}\r\nmax_age: 86400\r\n`
  policies.documents.set('sts.test', { body: say('enforce', 'mail.sts.test') })
  policies.documents.set('sts-testing.test', { body: say('testing', '*.sts-testing.test') })
  policies.documents.set('sts-mismatch.test', { body: say('enforce', 'mx.elsewhere.test') })
  policies.documents.set('sts-broken.test', { body: 'version: STSv1\nmode: enforce\n' })
})
afterAll(async () => {
  await policies?.stop()
  await tree?.stop()
})

/** Everything as the engine joins it, but with this DNS, and with the policy server in the place of every mta-sts host. */
function person(
  options: {
    store?: TransportStore
    afterMs?: number
    server?: DnsServer
    lookups?: () => boolean
    offline?: boolean
    patienceMs?: number
  } = {},
) {
  const egress = createEgressPolicy({ accounts: () => [] })
  const toPolicyServer = (request: GateRequest) =>
    request.host === 'localhost' && request.port === policies.port
  const { gate: real, asked, pin } = testGate(request => toPolicyServer(request) || egress.permits(request))
  pin('localhost', policies.port, policies.fingerprint)
  const gate: Pick<NetworkGate, 'httpsGet'> = {
    httpsGet(request, limits) {
      expect(egress.permits(request), 'the policy names the place while it is asked').toBe(true)
      const { publicOnly, ...rest } = request
      expect(publicOnly, 'a recipient cannot point into the network around this machine').toBe(true)
      const place = {
        ...rest,
        host: 'localhost',
        port: policies.port,
        path: `/${request.host}${request.path}`,
      }
      return real.httpsGet(place, limits)
    },
  }
  const clock = { ...realClock, now: () => Date.now() + (options.afterMs ?? 0) }
  const server = options.server ?? { kind: 'tcp', host: '127.0.0.1', port: tree.knotPort }
  const dns = createDnsClient({
    gate: real,
    policy: egress,
    clock,
    random: { bytes: count => crypto.getRandomValues(new Uint8Array(count)) },
    servers: () => [server],
    anchors: [tree.anchor],
  })
  const store = options.store ?? memory()
  const transport = createTransportLevels({
    dns,
    canAsk: () => true,
    fetchPolicy: createPolicyFetch({ gate, policy: egress }),
    store,
    lookupsOn: options.lookups ?? (() => true),
    isOffline: () => options.offline ?? false,
    clock,
    log: recordingLog(),
    patienceMs: options.patienceMs ?? 20_000,
  })
  const level = async (domain: string) => {
    const [found] = await transport.levels([`alice@${domain}`], null)
    if (!found) throw new Error('no level')
    return found
  }
  return {
    ...transport,
    level,
    store,
    asked,
    egress,
    connections: () => real.connections(),
    close: () => dns.close(),
  }
}

describe('the level of a domain', () => {
  test.each([
    ['TLSA at its server, RSA', 'good.test', 'dane', 'dane-published'],
    ['TLSA at its server, P-384 and NSEC3', 'nsec3.test', 'dane', 'dane-published'],
    ['TLSA at its server, Ed25519', 'ed.test', 'dane', 'dane-published'],
    ['a server that is an alias', 'cname.test', 'dane', 'dane-published'],
    ['TLSA of an issuer', 'anchor.test', 'dane', 'dane-published'],
    ['TLSA and no MX', 'implicit.test', 'dane', 'dane-published'],
    ['no TLSA', 'missing.test', 'unknown', 'opportunistic'],
    ['TLSA at one server of two', 'partial.test', 'unknown', 'dane-partial,opportunistic'],
    ['TLSA that nobody can use', 'unusable.test', 'unknown', 'dane-unusable,opportunistic'],
    ['TLSA in an unsigned zone', 'insecure.test', 'unknown', 'domain-unsigned,opportunistic'],
    ['TLSA under opt-out', 'child.opt-out.test', 'unknown', 'domain-unsigned,opportunistic'],
    ['a server in an unsigned zone', 'elsewhere.test', 'unknown', 'opportunistic'],
    ['a wrong DS', 'bogus.test', 'none', 'dnssec-bogus'],
    ['signatures taken away', 'stripped.test', 'none', 'dnssec-bogus'],
    ['no such domain', 'absent.test', 'none', 'no-such-domain'],
    ['a null MX', 'nullmx.test', 'none', 'no-mail-here'],
    ['MTA-STS enforce', 'sts.test', 'enforced', 'domain-unsigned,sts-enforce'],
    ['MTA-STS testing', 'sts-testing.test', 'unknown', 'domain-unsigned,sts-testing,opportunistic'],
    ['MTA-STS that its own servers break', 'sts-mismatch.test', 'none', 'domain-unsigned,sts-mx-mismatch'],
    [
      'MTA-STS that cannot be read',
      'sts-broken.test',
      'unknown',
      'domain-unsigned,sts-unusable,opportunistic',
    ],
  ])('%s: %s is %s', async (_case, domain, level, reasons) => {
    const someone = person()
    const found = await someone.level(domain)
    someone.close()
    expect(`${found.level} ${found.reasons.join()}`, JSON.stringify(found.evidence, null, 1)).toBe(
      `${level} ${reasons}`,
    )
    expect(found.evidence[0]).toMatchObject({ step: 'mx', subject: domain })
    expect(found).toMatchObject({ dropped: false, previous: null })
  })

  test('an expired signature is a refusal, not an unsigned domain', async () => {
    const someone = person({ afterMs: 2 * 3_600_000 })
    expect(await someone.level('expired.test')).toMatchObject({ level: 'none', reasons: ['dnssec-bogus'] })
    expect(await someone.level('good.test')).toMatchObject({ level: 'dane' })
    someone.close()
  })

  test('a policy behind a redirect, or not as text, is no policy', async () => {
    const good = policies.documents.get('sts.test')
    for (const spoilt of [
      { status: 301, body: '', location: '/mta-sts.sts-testing.test/.well-known/mta-sts.txt' },
      { body: good?.body ?? '', type: 'text/html' },
    ]) {
      policies.documents.set('sts.test', spoilt)
      const someone = person()
      expect((await someone.level('sts.test')).reasons).toContain('sts-unusable')
      someone.close()
    }
    policies.documents.set('sts.test', good ?? { body: '' })
  })
})

describe('what was seen once', () => {
  const withoutTlsa = ['@ MX 10 mail', 'mail A 127.0.0.1']

  test('a level that falls says so until the user takes it, and rises again by itself', async () => {
    const store = memory()
    const at = (afterMs: number) => person({ store, afterMs })
    const first = at(0)
    expect(await first.level('ed.test')).toMatchObject({ level: 'dane', dropped: false })
    first.close()
    tree.change('ed.test.', withoutTlsa)
    const second = at(DAY_MS)
    expect(await second.level('ed.test')).toMatchObject({ level: 'unknown', dropped: true, previous: 'dane' })
    const third = at(2 * DAY_MS)
    expect(await third.level('ed.test')).toMatchObject({ dropped: true, previous: 'dane' })
    expect(third.accept('ed.test')).toMatchObject({ level: 'unknown', dropped: false, previous: null })
    expect(await third.level('ed.test')).toMatchObject({ level: 'unknown', dropped: false })
    const fourth = at(3 * DAY_MS)
    expect(await fourth.level('ed.test')).toMatchObject({ level: 'unknown', dropped: false })
    tree.change('ed.test.', testZones.find(({ name }) => name === 'ed.test.')?.records ?? [])
    const fifth = at(4 * DAY_MS)
    expect(await fifth.level('ed.test')).toMatchObject({ level: 'dane', dropped: false })
    for (const someone of [second, third, fourth, fifth]) someone.close()
  })

  test('an answer that is blocked is a fall too', async () => {
    const store = memory()
    const before = person({ store })
    expect(await before.level('good.test')).toMatchObject({ level: 'dane' })
    const blocked = person({ store, afterMs: DAY_MS, server: { kind: 'tcp', host: '127.0.0.1', port: 1 } })
    expect(await blocked.level('good.test')).toMatchObject({
      level: 'unknown',
      reasons: ['lookup-failed'],
      dropped: true,
      previous: 'dane',
    })
    const offline = person({ store, afterMs: 2 * DAY_MS, offline: true })
    expect(await offline.level('good.test')).toMatchObject({
      reasons: ['offline'],
      dropped: true,
      previous: 'dane',
    })
    expect(offline.asked).toEqual([])
    for (const someone of [before, blocked, offline]) someone.close()
  })

  test('a policy that was hidden holds until its time is over', async () => {
    const store = memory()
    const before = person({ store })
    expect(await before.level('sts.test')).toMatchObject({ level: 'enforced' })
    tree.change('sts.test.', withoutTlsa)
    const hidden = person({ store, afterMs: 3_600_000 })
    expect(await hidden.level('sts.test')).toMatchObject({
      level: 'enforced',
      reasons: ['domain-unsigned', 'sts-remembered', 'sts-enforce'],
    })
    const late = person({ store, afterMs: 2 * DAY_MS })
    expect(await late.level('sts.test')).toMatchObject({
      level: 'unknown',
      dropped: true,
      previous: 'enforced',
    })
    tree.change('sts.test.', testZones.find(({ name }) => name === 'sts.test.')?.records ?? [])
    for (const someone of [before, hidden, late]) someone.close()
  })

  test('while an answer holds nobody is asked again', async () => {
    const store = memory()
    const someone = person({ store })
    await someone.level('good.test')
    const next = person({ store })
    expect(await next.level('good.test')).toMatchObject({ level: 'dane' })
    expect(next.asked).toEqual([])
    for (const one of [someone, next]) one.close()
  })
})

describe('what leaves this machine', () => {
  test('with look-ups off no packet does, whatever is asked and was known', async () => {
    const store = memory()
    const before = person({ store })
    await before.level('good.test')
    before.close()
    const off = person({ store, lookups: () => false })
    const levels = await off.levels(['a@good.test', 'b@sts.test', 'c@bogus.test', 'not an address'], null)
    expect(levels.map(({ level, reasons, previous }) => [level, reasons.join(), previous])).toEqual([
      ['unknown', 'lookups-off', 'dane'],
      ['unknown', 'lookups-off', null],
      ['unknown', 'lookups-off', null],
      ['unknown', 'bad-address', null],
    ])
    expect(off.asked).toEqual([])
    expect(off.connections()).toEqual([])
  })

  test('only the DNS server and mta-sts hosts are contacted, for DNS, and permitted only while it lasts', async () => {
    const someone = person()
    await someone.levels(['alice@good.test', 'bob@sts.test'], null)
    const places = someone
      .connections()
      .map(({ purpose, host, port, state }) => [purpose, host, port, state === 'refused'])
    expect(places).toEqual([
      ['dns', '127.0.0.1', tree.knotPort, false],
      ['dns', 'localhost', policies.port, false],
    ])
    expect(
      someone.egress.permits({ accountId: null, purpose: 'dns', host: '127.0.0.1', port: tree.knotPort }),
    ).toBe(false)
    expect(
      someone.egress.permits({ accountId: null, purpose: 'dns', host: 'mta-sts.sts.test', port: 443 }),
    ).toBe(false)
    const names = policies.requests.at(-1)?.filter((_, at) => at % 2 === 0)
    expect(names).toEqual(['Host', 'Accept', 'Accept-Encoding', 'Connection'])
    someone.close()
  })

  test('the part before the @ is never sent', async () => {
    const heard: Buffer[] = []
    const listener = await clearPlace(socket => socket.on('data', chunk => heard.push(chunk)))
    const someone = person({
      server: { kind: 'tcp', host: '127.0.0.1', port: listener.port },
      patienceMs: 300,
    })
    await someone.levels(['very.secret.person@good.test'], null)
    const bytes = Buffer.concat(heard).toString('latin1')
    expect(bytes).toContain('good')
    expect(bytes).not.toMatch(/secret|person/)
    someone.close()
    await listener.stop()
  })
})

test('writing does not wait: a server that says nothing makes the level unknown in time, and the domain is told apart', async () => {
  const silent = await clearPlace(() => undefined)
  const someone = person({ server: { kind: 'tcp', host: '127.0.0.1', port: silent.port }, patienceMs: 200 })
  const startedMs = performance.now()
  const levels = await someone.levels(['a@good.test', 'b@ed.test'], null)
  expect(performance.now() - startedMs).toBeLessThan(15_000)
  expect(levels.map(({ address, level, reasons }) => [address, level, reasons.join()])).toEqual([
    ['a@good.test', 'unknown', 'timeout'],
    ['b@ed.test', 'unknown', 'timeout'],
  ])
  someone.close()
  await silent.stop()
})
