import { execFile } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import dnsPacket from 'dns-packet'
import { until } from '../support/until'
import { type GuardedProcess, startGuarded } from './guarded-process'
import { leasePorts } from './ports'
import { createServerFolder } from './server-folder'
import { serviceUser } from './service-user'

const run = promisify(execFile)

/** A whole Tor network of its own on loopback: two authorities (guards), three exits, a client and an onion service. */
export interface TorNetwork {
  readonly socksPort: number
  /** Unix socket of the client's control port; cookie authentication. */
  readonly controlPath: string
  /** Name of the onion service before `onionPorts`. */
  readonly onion: string
  /** Exits by nickname. */
  readonly exits: Readonly<Record<string, string>>
  /** Lines that make any tor a client of this network. */
  readonly clientLines: readonly string[]
  /**
   * A bridge that the network does not know, as obfs4 where its program is installed, else plain. The line is what its
   * operator hands out; the others make any tor a client of this network through bridges, which takes no `EntryNodes`.
   */
  startBridge(): Promise<{ line: string; clientLines: readonly string[] }>
  /** Nickname (`onion` for the service) of the relay that runs as this process, or null: not of this network. */
  nodeOf(pid: number): string | null
  /** Names that exits have looked up, in lower case. */
  readonly asked: readonly string[]
  /** Everything the client has logged. */
  clientLog(): string
  /** As SIGKILL: every stream breaks and nothing listens any more. */
  killClient(): Promise<void>
  startClient(): Promise<void>
  /** As SIGKILL, for an exit by its nickname; the consensus goes on naming it for a while. */
  killExit(nickname: string): Promise<void>
  /** Back under the same keys. */
  startExit(nickname: string): void
  stop(): Promise<void>
}

/** What is missing on this machine; empty when all is there. */
export const missingTorPrograms = (): string[] =>
  ['/usr/bin/tor-gencert', '/usr/sbin/tor'].filter(
    path => !existsSync(path) && !existsSync(path.replace('sbin', 'bin')),
  )

/** As Debian has it; not needed for a plain bridge. */
const obfs4Program = '/usr/bin/obfs4proxy'
const authorities = ['a1', 'a2']
const relays = ['r1', 'r2', 'r3']
/** Keys outlive a run: making them at the start makes relays miss the first vote. Authority certificates live 12 months. */
const keyFolder = () => `/tmp/.siegel-tor-keys-${process.getuid?.() ?? 0}`
const keyLifeMs = 300 * 24 * 3_600_000

/**
 * Starts the network; about 12 s. Names below rig.test are 127.0.0.1 at its exits and nowhere else.
 * @param onionPorts local ports that the onion service shows under the same numbers.
 */
export async function startTorNetwork(onionPorts: readonly number[]): Promise<TorNetwork> {
  const user = serviceUser()
  const dir = createServerFolder()
  const lease = await leasePorts(authorities.length * 2 + relays.length + 3)
  const ports = [...lease.ports]
  const next = () => ports.pop() ?? 0
  const nodes = [...authorities, ...relays]
  const keys = await cachedKeys(nodes)
  const orPort = Object.fromEntries(nodes.map(name => [name, next()]))
  const dirPort = Object.fromEntries(authorities.map(name => [name, next()]))
  const socksPort = next()
  const bridgePorts = { or: next(), obfs4: next() }
  const resolver = await startResolver()
  const folder = (name: string) => join(dir, name)
  for (const name of [...nodes, 'client', 'onion', 'bridge']) mkdirSync(folder(name), { mode: 0o700 })
  for (const name of nodes)
    cpSync(join(keyFolder(), name, 'keys'), join(folder(name), 'keys'), { recursive: true })
  writeFileSync(join(dir, 'resolv.conf'), `nameserver 127.0.0.1:${resolver.port}\n`)

  const guards = authorities.map(name => keys[name]?.fingerprint).join(',')
  const common = [
    ...authorities.map(
      name =>
        `DirAuthority ${name} orport=${orPort[name]} no-v2 v3ident=${keys[name]?.identity} 127.0.0.1:${dirPort[name]} ${keys[name]?.fingerprint}`,
    ),
    'TestingTorNetwork 1',
    'AssumeReachable 1',
    'PathsNeededToBuildCircuits 0.25',
    'ShutdownWaitLength 0',
    'NumCPUs 1',
    'CircuitBuildTimeout 10',
    'LearnCircuitBuildTimeout 0',
    'AddressDisableIPv6 1',
    'VanguardsLiteEnabled 0',
  ]
  const clientLines = [...common, `EntryNodes ${guards}`, 'ConfluxEnabled 0']
  const relayLines = (name: string) => [
    `Nickname ${name}`,
    `ORPort 127.0.0.1:${orPort[name]}`,
    'Address 127.0.0.1',
    'SocksPort 0',
    'ExitPolicy accept *:*',
    `OutboundBindAddressExit 127.0.1.${nodes.indexOf(name) + 1}`,
    'ExitPolicyRejectPrivate 0',
    'ExitPolicyRejectLocalInterfaces 0',
    'ServerDNSDetectHijacking 0',
    'ServerDNSAllowBrokenConfig 1',
    'ServerDNSTestAddresses mail.rig.test',
    'ServerDNSSearchDomains 0',
    `ServerDNSResolvConfFile ${join(dir, 'resolv.conf')}`,
  ]
  const configure = (name: string, lines: readonly string[]) =>
    writeFileSync(
      join(folder(name), 'torrc'),
      [
        `DataDirectory ${folder(name)}`,
        `PidFile ${join(folder(name), 'pid')}`,
        `Log notice file ${join(folder(name), 'notice.log')}`,
        'AvoidDiskWrites 1',
        'SafeLogging 0',
        'DisableDebuggerAttachment 0',
        'RunAsDaemon 0',
        'CookieAuthentication 1',
        ...lines,
        '',
      ].join('\n'),
    )
  for (const name of authorities)
    configure(name, [
      ...common,
      ...relayLines(name),
      `DirPort 127.0.0.1:${dirPort[name]}`,
      'ExitRelay 0',
      'AuthoritativeDirectory 1',
      'V3AuthoritativeDirectory 1',
      `ContactInfo ${name}@rig.test`,
      'TestingV3AuthInitialVotingInterval 5',
      'TestingV3AuthInitialVoteDelay 2',
      'TestingV3AuthInitialDistDelay 2',
      'V3AuthVotingInterval 10',
      'V3AuthVoteDelay 2',
      'V3AuthDistDelay 2',
      'V3AuthNIntervalsValid 20',
      `TestingDirAuthVoteExit ${relays.map(relay => keys[relay]?.fingerprint).join(',')}`,
      `TestingDirAuthVoteGuard ${guards}`,
      'TestingDirAuthVoteHSDir *',
      'TestingMinExitFlagThreshold 0',
    ])
  for (const name of relays) configure(name, [...common, ...relayLines(name), 'ExitRelay 1'])
  configure('client', [
    ...clientLines,
    `SocksPort 127.0.0.1:${socksPort} IsolateSOCKSAuth`,
    // Logs every application that asks for an address: a name must have been looked up somewhere for it.
    'TestSocks 1',
    `ControlSocket ${join(folder('client'), 'control')}`,
  ])
  const speaksObfs4 = existsSync(obfs4Program)
  configure('bridge', [
    ...common,
    'Nickname bridge',
    `ORPort 127.0.0.1:${bridgePorts.or}`,
    'Address 127.0.0.1',
    'SocksPort 0',
    'BridgeRelay 1',
    'PublishServerDescriptor 0',
    'ExitRelay 0',
    ...(speaksObfs4
      ? [
          `ServerTransportPlugin obfs4 exec ${obfs4Program}`,
          `ServerTransportListenAddr obfs4 127.0.0.1:${bridgePorts.obfs4}`,
          'ExtORPort auto',
        ]
      : []),
  ])
  configure('onion', [
    ...clientLines,
    'SocksPort 0',
    `Log [rend]info file ${join(folder('onion'), 'rend.log')}`,
    `HiddenServiceDir ${join(folder('onion'), 'service')}`,
    ...onionPorts.map(port => `HiddenServicePort ${port} 127.0.0.1:${port}`),
  ])
  user.ownTree(dir)

  const processes = new Map<string, GuardedProcess>()
  const start = (name: string) =>
    processes.set(
      name,
      startGuarded(
        user.command(['tor', '--defaults-torrc', '/dev/null', '-f', join(folder(name), 'torrc')]),
        join(dir, `${name}.out`),
      ),
    )
  const log = (name: string, file = 'notice.log') => {
    const path = join(folder(name), file)
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
  }
  const stop = async () => {
    await Promise.all([...processes.values()].map(process => process.stop()))
    await resolver.stop()
    lease.release()
    rmSync(dir, { recursive: true, force: true })
  }
  const endMs = Date.now() + 90_000
  const inTime = async (condition: () => boolean, what: string) => {
    try {
      await until(condition, what, endMs - Date.now())
    } catch (error) {
      const last = [...processes.keys()].map(name => `${name}: ${log(name).trim().split('\n').at(-1)}`)
      await stop()
      throw new Error(`the Tor network does not start: ${what}\n${last.join('\n')}`, { cause: error })
    }
  }
  // Relays first: an authority votes 2 s after its start, and who registers later waits for the next vote.
  for (const name of relays) start(name)
  await inTime(() => relays.every(name => log(name).includes('Opened OR listener')), 'relays')
  for (const name of authorities) start(name)
  const consensus = () => log('a1', 'cached-microdesc-consensus').match(/^r /gm)?.length ?? 0
  await inTime(() => consensus() >= nodes.length, 'no consensus')
  // A client started earlier would fail its first download and rest for ten seconds.
  start('client')
  start('onion')
  const bootstraps = () => log('client').match(/Bootstrapped 100%/g)?.length ?? 0
  await inTime(() => bootstraps() > 0, 'the client does not bootstrap')
  await inTime(
    () => log('onion', 'rend.log').includes('Uploaded hidden service descriptor'),
    'no onion service',
  )

  return {
    socksPort,
    controlPath: join(folder('client'), 'control'),
    onion: readFileSync(join(folder('onion'), 'service/hostname'), 'utf8').trim(),
    exits: Object.fromEntries(relays.map(name => [name, keys[name]?.fingerprint ?? ''])),
    clientLines,
    async startBridge() {
      start('bridge')
      await until(() => log('bridge').includes('Bootstrapped 100%'), 'the bridge starts').catch(error => {
        throw new Error(`the bridge does not start: ${log('bridge').slice(-500)}`, { cause: error })
      })
      const fingerprint =
        readFileSync(join(folder('bridge'), 'fingerprint'), 'utf8')
          .trim()
          .split(' ')[1] ?? ''
      const file = join(folder('bridge'), 'pt_state', 'obfs4_bridgeline.txt')
      const [, secret] = speaksObfs4 ? (/ (cert=\S+ iat-mode=\d)/.exec(readFileSync(file, 'utf8')) ?? []) : []
      const line =
        secret === undefined
          ? `127.0.0.1:${bridgePorts.or} ${fingerprint}`
          : `obfs4 127.0.0.1:${bridgePorts.obfs4} ${fingerprint} ${secret}`
      return { line, clientLines: [...common, 'ConfluxEnabled 0'] }
    },
    nodeOf: pid =>
      [...nodes, 'client', 'onion', 'bridge'].find(name => {
        const path = join(folder(name), 'pid')
        return existsSync(path) && Number(readFileSync(path, 'utf8')) === pid
      }) ?? null,
    asked: resolver.asked,
    clientLog: () => log('client'),
    killClient: async () => {
      await processes.get('client')?.kill()
    },
    killExit: async nickname => {
      await processes.get(nickname)?.kill()
    },
    startExit: start,
    async startClient() {
      const before = bootstraps()
      start('client')
      await until(() => bootstraps() > before, 'the Tor client comes back')
    },
    stop,
  }
}

type Keys = Readonly<Record<string, { fingerprint: string; identity: string }>>

async function cachedKeys(names: readonly string[]): Promise<Keys> {
  const user = serviceUser()
  const cache = keyFolder()
  mkdirSync(cache, { recursive: true })
  user.own(cache)
  const found = await Promise.all(
    names.map(async name => {
      const folder = join(cache, name)
      const file = join(folder, 'fingerprint.txt')
      if (!existsSync(file) || Date.now() - statSync(file).mtimeMs > keyLifeMs)
        await makeKeys(name, folder, file)
      const certificate = join(folder, 'keys/authority_certificate')
      const identity = existsSync(certificate)
        ? (/^fingerprint (\S+)/m.exec(readFileSync(certificate, 'utf8'))?.[1] ?? '')
        : ''
      const fingerprint = readFileSync(file, 'utf8').trim().split(' ').slice(1).join('')
      return [name, { fingerprint, identity }] as const
    }),
  )
  return Object.fromEntries(found)
}

async function makeKeys(name: string, folder: string, file: string): Promise<void> {
  const user = serviceUser()
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'keys'), { recursive: true, mode: 0o700 })
  const zeros = '0'.repeat(40)
  writeFileSync(
    join(folder, 'torrc'),
    `DataDirectory ${folder}\nORPort 127.0.0.1:1\nNickname ${name}\nDirAuthority x orport=1 no-v2 v3ident=${zeros} 127.0.0.1:1 ${zeros}\nTestingTorNetwork 1\n`,
  )
  user.ownTree(folder)
  const asUser = (command: string[], cwd: string) => {
    const [program = '', ...args] = user.command(command)
    return run(program, args, { cwd, env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/tmp' } })
  }
  if (authorities.includes(name))
    await asUser(
      ['sh', '-c', 'echo pw | tor-gencert --create-identity-key -m 12 --passphrase-fd 0'],
      join(folder, 'keys'),
    )
  const { stdout } = await asUser(
    ['tor', '--list-fingerprint', '--quiet', '--defaults-torrc', '/dev/null', '-f', join(folder, 'torrc')],
    folder,
  )
  writeFileSync(file, stdout)
}

/** Answers every name below rig.test with 127.0.0.1 and everything else with NXDOMAIN. */
async function startResolver() {
  const asked: string[] = []
  const socket = createSocket('udp4')
  socket.on('message', (message, from) => {
    try {
      const query = dnsPacket.decode(message)
      const question = query.questions?.[0]
      if (!question) return
      const name = question.name.toLowerCase()
      asked.push(name)
      const isOurs = name === 'rig.test' || name.endsWith('.rig.test')
      const answers =
        isOurs && question.type === 'A'
          ? [{ type: 'A' as const, name: question.name, ttl: 60, data: '127.0.0.1' }]
          : []
      const flags = dnsPacket.RECURSION_DESIRED | dnsPacket.RECURSION_AVAILABLE | (isOurs ? 0 : 3)
      const answer = dnsPacket.encode({
        type: 'response',
        id: query.id ?? 0,
        flags,
        questions: [question],
        answers,
      })
      socket.send(answer, from.port, from.address)
    } catch {
      // Not a question.
    }
  })
  await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve))
  return {
    port: socket.address().port,
    asked,
    stop: () => new Promise<void>(resolve => socket.close(() => resolve())),
  }
}
