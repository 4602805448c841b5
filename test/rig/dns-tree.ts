import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createTestAuthority } from './certificates'
import { type TestZone, testZones, zoneFile } from './dns-zones'
import { type GuardedProcess, startGuarded, waitForPort } from './guarded-process'
import { leasePorts } from './ports'
import { createServerFolder } from './server-folder'
import { serviceUser } from './service-user'

/** A DNS of its own on loopback, signed from its own root: knot holds every zone, unbound resolves. */
export interface DnsTree {
  /** The servers with authority, over TCP. */
  readonly knotPort: number
  /** A resolver over TCP. It validates too, but hands out what is bogus to who asks with CD. */
  readonly resolverPort: number
  /** The same over HTTPS at /dns-query; the certificate names localhost. */
  readonly httpsPort: number
  readonly caFile: string
  /** DS of the root. */
  readonly anchor: { keyTag: number; algorithm: number; digestType: number; digestHex: string }
  /** Replaces the records of a zone, signs it anew and waits until it is served (by knot; unbound forgets after 1 s). */
  change(zone: string, records: readonly string[]): void
  log(): string
  stop(): Promise<void>
}

/** What is missing on this machine to run the tree; empty when all is there. */
function missingDnsPrograms(): string[] {
  return [
    '/usr/sbin/knotd',
    '/usr/sbin/keymgr',
    '/usr/sbin/knotc',
    '/usr/sbin/unbound',
    '/usr/bin/openssl',
  ].filter(program => !existsSync(program))
}

/** Starts the tree. Its servers end with this process, even on SIGKILL. */
export async function startDnsTree(): Promise<DnsTree> {
  const missing = missingDnsPrograms()
  if (missing.length > 0) throw new Error(`DNS servers for tests are not installed: ${missing.join(', ')}`)
  const user = serviceUser()
  const dir = createServerFolder()
  const lease = await leasePorts(3)
  const [knotPort, resolverPort, httpsPort] = lease.ports as [number, number, number]
  const authority = await createTestAuthority(join(dir, 'ca'))
  const { certificate, key } = await authority.certificate('server')
  const zones = join(dir, 'zones')
  for (const folder of ['zones', 'run', 'unbound']) mkdirSync(join(dir, folder))
  const knotConfig = join(dir, 'knot.conf')
  const socket = join(dir, 'run/knot.sock')
  writeFileSync(knotConfig, knotText({ dir, port: knotPort, socket }))
  user.ownTree(dir)

  const as = (...command: string[]) => {
    const [file = '', ...rest] = user.command(command)
    return execFileSync(file, rest, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  }
  const digests = new Map<string, string>()
  for (const { name, signing } of testZones) {
    if (!signing) continue
    as('keymgr', '-c', knotConfig, name, 'generate', `algorithm=${signing.algorithm}`, 'ksk=yes', 'zsk=yes')
    // The key tag, the algorithm, and the SHA-256 digest.
    const line = as('keymgr', '-c', knotConfig, name, 'ds')
      .split('\n')
      .find(text => / DS \d+ \d+ 2 /.test(text))
    digests.set(name, line?.replace(/^.* DS /, '') ?? '')
  }
  let serial = 1
  const write = (zone: TestZone) => {
    const children = testZones.filter(child => child !== zone && parentOf(child.name) === zone.name)
    const delegations = children.flatMap(child => delegation(child, digests.get(child.name)))
    const file = join(zones, `${fileName(zone.name)}.zone`)
    writeFileSync(file, zoneFile(zone, delegations, serial++))
    user.own(file)
  }
  testZones.forEach(write)
  const [keyTag = '', algorithm = '', digestType = '', digestHex = ''] = (digests.get('.') ?? '').split(' ')
  const unboundConfig = join(dir, 'unbound.conf')
  writeFileSync(
    unboundConfig,
    unboundText({ dir, knotPort, resolverPort, httpsPort, certificate, key, anchor: digests.get('.') ?? '' }),
  )
  user.own(unboundConfig)

  const logFile = join(dir, 'output.log')
  const servers: GuardedProcess[] = []
  const start = async (command: string[], port: number) => {
    const server = startGuarded(user.command(command), logFile)
    servers.push(server)
    await waitForPort(port, server)
  }
  const log = () => readFileSync(logFile, 'utf8')
  const stop = async () => {
    await Promise.all(servers.map(server => server.stop()))
    lease.release()
    await rm(dir, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    await start(['/usr/sbin/knotd', '-c', knotConfig], knotPort)
    await start(['/usr/sbin/unbound', '-d', '-p', '-c', unboundConfig], resolverPort)
  } catch (error) {
    const words = log()
    await stop()
    throw new Error(`${String(error)}\n${words}`)
  }
  return {
    knotPort,
    resolverPort,
    httpsPort,
    caFile: authority.caFile,
    anchor: {
      keyTag: Number(keyTag),
      algorithm: Number(algorithm),
      digestType: Number(digestType),
      digestHex: digestHex.trim().toLowerCase(),
    },
    change(name, records) {
      const zone = testZones.find(each => each.name === name)
      if (!zone) throw new Error(`no zone ${name}`)
      write({ ...zone, records })
      as('knotc', '-s', socket, '-b', 'zone-reload', name)
    },
    log,
    stop,
  }
}

const fileName = (zone: string) => (zone === '.' ? 'root' : zone.slice(0, -1))

function parentOf(zone: string): string {
  const labels = zone.slice(0, -1).split('.').slice(1)
  for (; labels.length > 0; labels.shift()) {
    const name = `${labels.join('.')}.`
    if (testZones.some(each => each.name === name)) return name
  }
  return '.'
}

function delegation(zone: TestZone, digest: string | undefined): string[] {
  const lines = [`${zone.name} NS ns.${zone.name}`, `ns.${zone.name} A 127.0.0.1`]
  if (zone.delegation === 'signed' && digest) lines.push(`${zone.name} DS ${digest}`)
  if (zone.delegation === 'wrong')
    lines.push(
      `${zone.name} DS ${digest?.split(' ').slice(0, 3).join(' ') ?? '12345 13 2'} ${'0'.repeat(64)}`,
    )
  return lines
}

function knotText({ dir, port, socket }: { dir: string; port: number; socket: string }): string {
  const policies = new Map<string, string>()
  const lines = testZones.map(({ name, signing }) => {
    const file = `${fileName(name)}.zone`
    if (!signing) return `- domain: "${name}"\n  file: ${file}`
    const { algorithm, denial, lifetime } = signing
    const policy = `${algorithm}-${denial}-${lifetime}`
    policies.set(
      policy,
      `- id: ${policy}
  algorithm: ${algorithm}
  single-type-signing: on
  ksk-lifetime: 0
  rrsig-lifetime: ${lifetime}
  rrsig-refresh: ${lifetime === '1h' ? '10m' : '7d'}
  rrsig-pre-refresh: 1m
  propagation-delay: 1m
  nsec3: ${denial === 'nsec' ? 'off' : 'on'}
  nsec3-iterations: ${denial === 'nsec3' ? 5 : 0}
  nsec3-opt-out: ${denial === 'opt-out' ? 'on' : 'off'}`,
    )
    return `- domain: "${name}"\n  file: ${file}\n  dnssec-signing: on\n  dnssec-policy: ${policy}`
  })
  return `server:
  rundir: ${dir}/run
  listen: 127.0.0.1@${port}
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
control:
  listen: ${socket}
database:
  storage: ${dir}/run
  journal-db-max-size: 8M
  kasp-db-max-size: 8M
log:
- target: stderr
  any: warning
policy:
${[...policies.values()].join('\n')}
template:
- id: default
  storage: ${dir}/zones
  zonefile-load: difference-no-serial
  zonefile-sync: -1
  journal-content: all
zone:
${lines.join('\n')}
`
}

function unboundText(options: {
  dir: string
  knotPort: number
  resolverPort: number
  httpsPort: number
  certificate: string
  key: string
  anchor: string
}): string {
  const stubs = testZones.map(
    ({ name }) => `stub-zone:\n  name: "${name}"\n  stub-addr: 127.0.0.1@${options.knotPort}`,
  )
  return `server:
  directory: "${options.dir}/unbound"
  username: ""
  chroot: ""
  pidfile: "${options.dir}/unbound/pid"
  logfile: ""
  use-syslog: no
  verbosity: 1
  interface: 127.0.0.1@${options.resolverPort}
  interface: 127.0.0.1@${options.httpsPort}
  https-port: ${options.httpsPort}
  tls-service-key: "${options.key}"
  tls-service-pem: "${options.certificate}"
  do-ip6: no
  num-threads: 1
  access-control: 127.0.0.0/8 allow
  do-not-query-localhost: no
  module-config: "validator iterator"
  trust-anchor: ". DS ${options.anchor.trim()}"
  local-zone: "test." nodefault
  cache-max-ttl: 1
  cache-max-negative-ttl: 1
  val-bogus-ttl: 1
  harden-below-nxdomain: no
${stubs.join('\n')}
remote-control:
  control-enable: no
`
}
