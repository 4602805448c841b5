import { execFileSync } from 'node:child_process'
import { Resolver } from 'node:dns/promises'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { AccountRoute } from '../../../shared/features/network/model'
import type { AccountId } from '../../../shared/kit/ids'
import type { ConnectionInfo, SyncStatus } from '../../../shared/kit/status'
import { type DnsTree, startDnsTree } from '../../rig/dns-tree'
import { type MailServers, missingServerPrograms, startMailServers } from '../../rig/mail-servers'
import { missingTorPrograms, startTorNetwork, type TorNetwork } from '../../rig/tor-network'
import { openTestEngine, type TestEngine } from '../../support/engine-in-test'
import { testMessage } from '../../support/sync-profile'
import { until as untilTrue } from '../../support/until'

const missing = [...missingServerPrograms(), ...missingTorPrograms()]

describe.skipIf(missing.length > 0)(`through a private Tor network ${missing.join(' ')}`, () => {
  let servers: MailServers
  let network: TorNetwork
  let tree: DnsTree
  const opened: { engine: TestEngine; directory: string }[] = []

  beforeAll(async () => {
    servers = await startMailServers()
    tree = await startDnsTree()
    network = await startTorNetwork([servers.imapsPort, servers.smtpsPort])
    for (const number of [1, 2, 3]) await servers.deliver('alice@rig.test', testMessage(number))
  }, 330_000)
  afterEach(async () => {
    for (const { engine, directory } of opened.splice(0)) {
      await engine.close()
      rmSync(directory, { recursive: true, force: true })
    }
  })
  afterAll(async () => {
    await network?.stop()
    await tree?.stop()
    await servers?.stop()
  })

  const start = async (
    background: boolean,
    emit?: (status: SyncStatus) => void,
    extraLines: readonly string[] = network.clientLines,
    changed?: () => void,
  ) => {
    const directory = mkdtempSync(join(tmpdir(), 'siegel-tor-'))
    const engine = await openTestEngine(directory, {
      background,
      tests: {
        dnsAnchors: [tree.anchor],
        torPlaces: {
          addresses: [{ host: '127.0.0.1', port: network.socksPort }],
          controls: [{ path: network.controlPath }],
          extraLines,
        },
      },
      emit: (name, payload) => {
        if (name === 'sync') emit?.(payload as SyncStatus)
        if (name === 'changed') changed?.()
      },
    })
    opened.push({ engine, directory })
    return engine
  }
  /** `mail.rig.test` is a name that only the exits can look up: nothing direct would find it. */
  const addAccount = async (
    engine: TestEngine,
    name: string,
    options: { onion?: string; route?: AccountRoute } = {},
  ): Promise<AccountId> => {
    const onion = options.onion === undefined ? {} : { onion: options.onion }
    const account = await engine.call('accounts.add', {
      config: {
        address: `${name}@rig.test`,
        displayName: name,
        services: {
          mail: {
            userName: `${name}@rig.test`,
            imap: { host: 'mail.rig.test', port: servers.imapsPort, security: 'tls', ...onion },
            smtp: { host: 'mail.rig.test', port: servers.smtpsPort, security: 'tls', ...onion },
            caPem: readFileSync(servers.caFile, 'utf8'),
          },
        },
      },
      password: `${name}-pw`,
      route: options.route ?? { kind: 'tor' },
    })
    return account.id
  }
  const until = async <T>(
    look: () => Promise<T | null | false> | T | null | false,
    what: string,
    ms = 120_000,
  ) => {
    let found: T | null | false = null
    const isFound = async () => {
      found = await look()
      return Boolean(found)
    }
    await untilTrue(isFound, what, ms)
    return found as T
  }
  const openOf = async (
    engine: TestEngine,
    accountId: AccountId,
    purpose = 'imap',
  ): Promise<ConnectionInfo[]> =>
    (await engine.call('net.connections', {})).filter(
      each => each.accountId === accountId && each.purpose === purpose && each.state === 'open' && each.tls,
    )
  /** Connections of an account whose circuit is known. */
  const circuitsOf = (engine: TestEngine, accountId: AccountId) =>
    until(async () => {
      const circuits = (await openOf(engine, accountId)).flatMap(each => (each.circuit ? [each.circuit] : []))
      return circuits.length > 0 ? circuits : null
    }, 'an open connection with its circuit')
  /** Who holds the client's end of the connections to a server: relays by name, or a stranger. */
  const holders = (port: number): string[] =>
    [
      ...execFileSync('ss', ['-Htnp', 'state', 'established', `dport = :${port}`], {
        encoding: 'utf8',
      }).matchAll(/pid=(\d+)/g),
    ].map(([, pid]) => network.nodeOf(Number(pid)) ?? `stranger ${pid}`)
  const send = async (engine: TestEngine, accountId: AccountId, to: string, subject: string) => {
    const draft = await engine.call('drafts.create', { mode: 'new', messageId: null, accountId })
    await engine.call('drafts.save', {
      draftId: draft.id,
      content: { ...draft.content, to: [{ name: '', address: to }], subject, text: 'Through the onion.' },
      revision: draft.revision,
    })
    return engine.call('outbox.send', { draftId: draft.id })
  }
  const sentState = (engine: TestEngine, subject: string) => async () =>
    (await engine.call('outbox.list', {})).find(each => each.subject === subject)?.state === 'sent'

  test('an account signs in, syncs and sends, and the servers see only exits', async () => {
    const engine = await start(true)
    const alice = await addAccount(engine, 'alice')
    const [circuit] = await circuitsOf(engine, alice)
    expect(Object.values(network.exits)).toContain(circuit?.path.at(-1)?.fingerprint)
    expect(circuit?.path.length).toBeGreaterThanOrEqual(3)
    const owners = holders(servers.imapsPort)
    expect(owners.length).toBeGreaterThan(0)
    for (const owner of owners) expect(owner).toMatch(/^r\d$/)
    expect(network.asked).toContain('mail.rig.test')

    await send(engine, alice, 'bob@rig.test', 'by the exit')
    await until(sentState(engine, 'by the exit'), 'the message is sent')
    const list = await engine.call('net.connections', {})
    expect(list.length).toBeGreaterThan(1)
    for (const each of list)
      expect(each).toMatchObject({ way: 'tor', proxy: `127.0.0.1:${network.socksPort}` })
    const smtp = list.find(each => each.purpose === 'smtp')
    expect(smtp?.circuit?.id).toBeDefined()
    expect(smtp?.circuit?.id).not.toBe(circuit?.id)
    expect(await engine.call('net.status', {})).toMatchObject({
      tor: { state: 'ready', source: 'running', control: 'open' },
      accounts: [{ way: 'tor', route: { kind: 'tor' } }],
    })
    expect(network.clientLog()).not.toContain('giving Tor only an IP address')
  })

  test('accounts ride circuits of their own; a new identity changes those of one', async () => {
    const engine = await start(true)
    const alice = await addAccount(engine, 'alice')
    const bob = await addAccount(engine, 'bob')
    const idsOf = async (id: AccountId) => new Set((await circuitsOf(engine, id)).map(circuit => circuit.id))
    const before = [await idsOf(alice), await idsOf(bob)]
    expect(before.map(ids => ids.size)).toEqual([1, 1])
    expect(before[0]).not.toEqual(before[1])
    const olds = (await openOf(engine, alice)).map(each => each.id)

    await engine.call('tor.newIdentity', { accountId: alice })
    const after = await until(async () => {
      const ids = await idsOf(alice)
      return [...ids].some(id => before[0]?.has(id)) ? null : ids
    }, 'another circuit')
    expect(after.size).toBe(1)
    expect((await openOf(engine, alice)).some(each => olds.includes(each.id))).toBe(false)
    expect(await idsOf(bob)).toEqual(before[1])
  })

  test('the onion service is dialled where one is given, and its certificate is that of the provider', async () => {
    const engine = await start(true)
    const carol = await addAccount(engine, 'carol', { onion: network.onion })
    await until(async () => (await openOf(engine, carol)).length > 0, 'a connection')
    expect(holders(servers.imapsPort)).toContain('onion')
    await send(engine, carol, 'bob@rig.test', 'by the onion')
    await until(sentState(engine, 'by the onion'), 'the message is sent')
    const list = await engine.call('net.connections', {})
    for (const each of list.filter(one => one.tls))
      expect(each).toMatchObject({ way: 'tor', host: 'mail.rig.test', onion: network.onion })
    // Through the system's resolver or an exit such a name must never go.
    expect(network.asked.filter(name => name.endsWith('.onion'))).toEqual([])
    expect(await engine.call('net.policy', {})).toMatchObject([
      { purpose: 'imap', way: 'tor', onion: network.onion },
      { purpose: 'smtp', way: 'tor', onion: network.onion },
    ])
  })

  test('the exit of the provider is the one that is used, once it is pinned', async () => {
    const engine = await start(true)
    for (const nickname of ['r2', 'r3']) {
      const fingerprint = network.exits[nickname] ?? ''
      await engine.call('tor.set', { exits: [{ host: 'mail.rig.test', fingerprint }] })
      const { accounts } = await engine.call('net.status', {})
      const alice = accounts[0]?.accountId ?? (await addAccount(engine, 'alice'))
      // A connection that was closed a moment ago may still be listed.
      const exits = await until(async () => {
        const found = (await circuitsOf(engine, alice)).map(circuit => circuit.path.at(-1)?.nickname)
        return found.every(exit => exit === nickname) ? found : null
      }, `the exit ${nickname}`)
      expect(exits.length).toBeGreaterThan(0)
    }
  })

  test('while the pinned relay is away the account waits, and no other exit takes its place', async () => {
    const statuses: SyncStatus[] = []
    const engine = await start(true, status => statuses.push(status))
    const fingerprint = network.exits['r2'] ?? ''
    await engine.call('tor.set', { mode: 'running', exits: [{ host: 'mail.rig.test', fingerprint }] })
    await addAccount(engine, 'alice')
    await until(() => statuses.find(each => each.state === 'watching') ?? null, 'watching')
    expect(new Set(holders(servers.imapsPort))).toEqual(new Set(['r2']))
    await network.killExit('r2')
    try {
      const from = statuses.length
      const log = servers.log().length
      await engine.call('sync.now', { accountId: null })
      await until(
        () => statuses.slice(from).find(each => each.state === 'waiting' && each.problem !== null) ?? null,
        'paused',
        180_000,
      )
      expect(holders(servers.imapsPort)).toEqual([])
      expect(servers.log().slice(log)).not.toMatch(/Login: user=/)
      for (const each of await engine.call('net.connections', {})) expect(each.way).toBe('tor')
    } finally {
      network.startExit('r2')
    }
    const from = statuses.length
    await until(
      async () => {
        await engine.call('sync.now', { accountId: null })
        return statuses.slice(from).some(each => each.state === 'watching')
      },
      'watching again',
      180_000,
    )
    expect(new Set(holders(servers.imapsPort))).toEqual(new Set(['r2']))
  }, 660_000)

  test('killing Tor pauses accounts with their queue, nothing goes direct, and all goes on when it is back', async () => {
    const statuses: SyncStatus[] = []
    const engine = await start(true, status => statuses.push(status))
    // An own Tor would take its place otherwise.
    await engine.call('tor.set', { mode: 'running' })
    const alice = await addAccount(engine, 'alice')
    await until(() => statuses.find(each => each.state === 'watching') ?? null, 'watching')
    await network.killClient()
    const paused = await until(
      () =>
        statuses.findLast(each => each.state === 'waiting' && each.problem?.code === 'proxy-failed') ?? null,
      'paused',
    )
    expect(paused).toMatchObject({ accountId: alice, problem: { retryable: true } })
    // What the exits had under way when Tor died may still reach the servers before this; nothing may after it.
    const log = servers.log().length
    await send(engine, alice, 'bob@rig.test', 'later')
    const { ids } = await engine.call('messages.index', {
      mailboxId: null,
      role: 'inbox',
      unreadOnly: false,
      flaggedOnly: false,
    })
    await engine.call('messages.setFlags', { ids: ids.slice(0, 1), add: ['flagged'], remove: [] })
    await engine.call('sync.now', { accountId: null })
    await until(
      async () =>
        (await engine.call('outbox.list', {})).some(
          each =>
            each.subject === 'later' && each.state === 'queued' && each.problem?.code === 'proxy-failed',
        ),
      'the message waits',
    )
    expect(await engine.call('tasks.list', {})).not.toEqual([])
    // Exits may still be closing theirs; nobody else may have any.
    const held = [...holders(servers.imapsPort), ...holders(servers.smtpsPort)]
    expect(held.filter(holder => !/^r\d$/.test(holder))).toEqual([])
    expect(servers.log().slice(log)).not.toMatch(/Login: user=|SMTP connection from/)
    for (const each of await engine.call('net.connections', {})) expect(each.way).toBe('tor')

    await network.startClient()
    await engine.call('sync.now', { accountId: null })
    await until(
      () => statuses.at(-1)?.state === 'watching' && statuses.at(-1)?.problem === null,
      'watching again',
      60_000,
    )
    await until(sentState(engine, 'later'), 'the message is sent', 60_000)
    await until(
      async () => (await engine.call('tasks.list', {})).every(each => each.state === 'done'),
      'tasks done',
    )
    for (const each of await engine.call('net.connections', {})) expect(each.way).toBe('tor')
  })

  test('everything goes through Tor when the switch says so, set-up included, and leaves no name behind', async () => {
    const engine = await start(false)
    await engine.call('tor.set', { forEverything: true })
    const alice = await addAccount(engine, 'alice', { route: { kind: 'direct' } })
    const run = await engine.call('sync.run', { accountId: alice, mailboxId: null })
    expect(run).toMatchObject({ problems: [] })
    expect(run.messages).toBeGreaterThanOrEqual(3)
    const report = await engine.call('accounts.discover', { address: 'dora@nowhere.rig.test' })
    expect(report.steps.length).toBeGreaterThan(3)
    for (const each of await engine.call('net.connections', {}))
      expect(['tor', 'refused']).toContain(each.way)
    expect(report.steps.filter(step => step.source === 'srv').every(step => step.outcome === 'failed')).toBe(
      true,
    )
  })

  test('servers are found by SRV records through an exit, and never by the resolver of this machine', async () => {
    const system = vi.spyOn(Resolver.prototype, 'resolveSrv')
    const engine = await start(false)
    const find = async (domain: string) => {
      const report = await engine.call('accounts.discover', { address: `dora@${domain}`, overTor: true })
      return { ...report, srv: report.steps.filter(step => step.source === 'srv') }
    }
    const nobodyChosen = await find('services.test')
    expect(nobodyChosen.srv.map(step => step.outcome)).toEqual(Array.from({ length: 4 }, () => 'failed'))
    expect(nobodyChosen.srv[0]?.detail).toContain('no-resolver')

    await engine.call('transport.setServers', {
      servers: [{ kind: 'tcp', host: '127.0.0.1', port: tree.resolverPort }],
    })
    expect(await find('services.test')).toMatchObject({
      imap: [
        { endpoint: { host: 'mail.services.test', port: 9993, security: 'tls' }, source: 'srv' },
        { endpoint: { host: 'second.services.test', port: 993, security: 'tls' }, source: 'srv' },
      ],
      smtp: [{ endpoint: { host: 'mail.services.test', port: 465, security: 'tls' }, source: 'srv' }],
    })
    const forged = await find('services-bogus.test')
    expect(forged.imap).toEqual([])
    expect(forged.srv.map(step => step.detail)).toEqual(
      Array.from({ length: 4 }, () => expect.stringContaining('bogus')),
    )

    expect(system).not.toHaveBeenCalled()
    vi.restoreAllMocks()
    const list = await engine.call('net.connections', {})
    expect(list.filter(each => each.purpose === 'dns' && each.bytesIn > 0).length).toBeGreaterThan(0)
    for (const each of list) expect(each.way).toBe('tor')
    for (const holder of holders(tree.resolverPort)) expect(holder).toMatch(/^r\d$/)
  })

  test('the tor of the system is started where none runs, and ends with the engine', async () => {
    const engine = await start(false)
    await engine.call('tor.set', { mode: 'own' })
    const alice = await addAccount(engine, 'alice')
    const run = await until(async () => {
      const tried = await engine.call('sync.run', { accountId: alice, mailboxId: null }).catch(() => null)
      return tried && tried.problems.length === 0 ? tried : null
    }, 'a sync')
    expect(run.messages).toBeGreaterThanOrEqual(3)
    const { tor } = await engine.call('net.status', {})
    expect(tor).toMatchObject({ state: 'ready', source: 'own', control: 'open', bootstrap: { percent: 100 } })
    expect(tor.address?.port).not.toBe(network.socksPort)
    await engine.close()
    const listens = () => execFileSync('ss', ['-Htln', `sport = :${tor.address?.port}`], { encoding: 'utf8' })
    expect(listens()).toBe('')
  })

  test('a pasted bridge is the only way in: the start is shown, the account signs in, and without it nothing goes', async () => {
    const { line, clientLines } = await network.startBridge()
    const percents: number[] = []
    const looks: Promise<unknown>[] = []
    const engine = await start(false, undefined, clientLines, () => {
      looks.push(
        engine.call('net.status', {}).then(({ tor }) => {
          if (tor.bootstrap && tor.bootstrap.percent !== percents.at(-1)) percents.push(tor.bootstrap.percent)
        }),
      )
    })
    await engine.call('tor.set', { bridges: [`Bridge ${line}`] })
    const alice = await addAccount(engine, 'alice')
    const run = await until(async () => {
      const tried = await engine.call('sync.run', { accountId: alice, mailboxId: null }).catch(() => null)
      return tried && tried.problems.length === 0 ? tried : null
    }, 'a sync through the bridge')
    expect(run.messages).toBeGreaterThanOrEqual(3)
    await Promise.all(looks)
    expect(percents.length).toBeGreaterThan(2)
    expect(percents).toEqual(percents.toSorted((a, b) => a - b))
    expect(percents.at(-1)).toBe(100)
    const { tor } = await engine.call('net.status', {})
    expect(tor).toMatchObject({ state: 'ready', source: 'own' })
    // A Tor that somebody else runs is there all the while and must not be taken: it would go in without the bridge.
    expect(tor.address?.port).not.toBe(network.socksPort)
    const bridge = line.match(/[0-9A-F]{40}/)?.[0]
    const paths = (await engine.call('net.connections', {})).flatMap(each =>
      each.circuit ? [each.circuit.path] : [],
    )
    expect(paths.length).toBeGreaterThan(0)
    for (const path of paths) expect(path[0]?.fingerprint).toBe(bridge)

    const wrong = line.replace(/[0-9A-F]{40}/, 'F'.repeat(40))
    await engine.call('tor.set', { bridges: [wrong] })
    const failed = await engine.call('sync.run', { accountId: alice, mailboxId: null })
    expect(failed.problems).toMatchObject([{ problem: { code: 'proxy-failed' } }])
  }, 450_000)
})
