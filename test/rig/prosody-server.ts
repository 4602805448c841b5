import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type CertificateKind, createTestAuthority } from './certificates'
import { type GuardedProcess, startGuarded, waitForPort } from './guarded-process'
import { leasePorts, waitUntilFree } from './ports'
import { createServerFolder } from './server-folder'
import { serviceUser } from './service-user'

/** A real Prosody on localhost for the domain rig.test: alice, bob and carol, password NAME-pw; alice and bob are each other's contacts. */
export interface ProsodyServer {
  readonly starttlsPort: number
  /** TLS from the first byte on. */
  readonly tlsPort: number
  /** Files are put and fetched here. */
  readonly httpsPort: number
  readonly caFile: string
  /** PEM. */
  readonly ca: string
  /** Ends it in order and starts it again on the same ports, with what it keeps on disk. */
  restart(): Promise<void>
  /** As a power cut would. */
  kill(): Promise<void>
  /** What it wrote to its log. */
  log(): string
  stop(): Promise<void>
}

export type ProsodyOptions = Readonly<{
  certificate?: CertificateKind
  /** Versions of TLS in the words of LuaSec: `tlsv1_2` is that one alone, `tlsv1_2+` (usual) that and later ones. */
  tls?: 'tlsv1_2' | 'tlsv1_2+' | 'tlsv1_3'
  /** `plain` keeps passwords as they are, so that every mechanism is offered; `hashed` knows SCRAM-SHA-1 alone. */
  passwords?: 'plain' | 'hashed'
  /** Mechanisms that are not offered. */
  without?: readonly string[]
  users?: readonly string[]
  /** Without it STARTTLS is not offered. */
  hasTls?: boolean
  /** How long a stream that broke may be taken up again. */
  hibernationSeconds?: number
}>

const luaString = (text: string) => JSON.stringify(text)

/** Starts one; about a second. */
export async function startProsody(options: ProsodyOptions = {}): Promise<ProsodyServer> {
  const { users = ['alice', 'bob', 'carol'], tls = 'tlsv1_2+', hasTls = true } = options
  const user = serviceUser()
  const folder = createServerFolder()
  const authority = await createTestAuthority(join(folder, 'ca'))
  const files = await authority.certificate(options.certificate ?? 'server')
  const upload = await authority.certificate('server')
  const lease = await leasePorts(4)
  const [starttlsPort = 0, tlsPort = 0, httpsPort = 0, proxyPort = 0] = lease.ports
  const home = join(folder, 'prosody')
  const data = join(home, 'data')
  const host = join(data, 'rig%2etest')
  for (const part of ['accounts', 'roster']) mkdirSync(join(host, part), { recursive: true })
  for (const name of users)
    writeFileSync(join(host, 'accounts', `${name}.dat`), `return { ["password"] = "${name}-pw" };\n`)
  for (const [one, other] of [
    ['alice', 'bob'],
    ['bob', 'alice'],
  ])
    writeFileSync(
      join(host, 'roster', `${one}.dat`),
      `return { [false] = { ["version"] = 1 }; ["${other}@rig.test"] = { ["subscription"] = "both"; ["groups"] = {} } };\n`,
    )
  const certificate = `{ certificate = ${luaString(files.certificate)}; key = ${luaString(files.key)}; protocol = "${tls}" }`
  const config = join(home, 'prosody.cfg.lua')
  writeFileSync(
    config,
    `pidfile = ${luaString(join(home, 'prosody.pid'))}
data_path = ${luaString(data)}
log = { info = ${luaString(join(home, 'prosody.log'))} }
interfaces = { "127.0.0.1" }
local_interfaces = { "127.0.0.1" }
c2s_ports = { ${starttlsPort} }
c2s_direct_tls_ports = { ${hasTls ? tlsPort : ''} }
s2s_ports = { }
s2s_direct_tls_ports = { }
component_ports = { }
http_ports = { }
https_ports = { ${httpsPort} }
https_interfaces = { "127.0.0.1" }
proxy65_ports = { ${proxyPort} }
modules_enabled = {
  "roster"; "saslauth"; ${hasTls ? '"tls";' : ''} "disco"; "carbons"; "pep"; "private"; "blocklist"; "vcard4";
  "vcard_legacy"; "ping"; "mam"; "csi_simple"; "smacks"; "bookmarks";
}
modules_disabled = { "s2s"; "limits"${hasTls ? '' : '; "tls"'} }
allow_registration = false
authentication = "internal_${options.passwords ?? 'plain'}"
storage = "internal"
archive_expires_after = "never"
storage_archive_item_limit = 200000
smacks_hibernation_time = ${options.hibernationSeconds ?? 60}
c2s_require_encryption = ${hasTls}
allow_unencrypted_plain_auth = ${!hasTls}
disable_sasl_mechanisms = { ${(options.without ?? []).map(luaString).join('; ')} }
ssl = ${certificate}
c2s_direct_tls_ssl = ${certificate}
https_ssl = { certificate = ${luaString(upload.certificate)}; key = ${luaString(upload.key)} }
http_default_host = "upload.rig.test"
VirtualHost "rig.test"
Component "conference.rig.test" "muc"
  modules_enabled = { "muc_mam"; "vcard_muc" }
  restrict_room_creation = false
  muc_room_default_persistent = true
Component "upload.rig.test" "http_file_share"
  http_external_url = "https://127.0.0.1:${httpsPort}/"
  http_file_share_size_limit = 16*1024*1024
  http_file_share_daily_quota = 1024*1024*1024
`,
  )
  user.ownTree(home)
  const output = join(home, 'output.log')
  const command = user.command(['/usr/bin/lua5.4', '/usr/bin/prosody', '-F', '--config', config])
  const log = () => {
    try {
      return readFileSync(join(home, 'prosody.log'), 'utf8')
    } catch {
      return ''
    }
  }
  let server: GuardedProcess
  const begin = async () => {
    server = startGuarded(command, output)
    try {
      await waitForPort(starttlsPort, server)
      if (hasTls) await waitForPort(tlsPort, server)
    } catch (error) {
      await server.stop()
      throw new Error(`${String(error)}\n${readFileSync(output, 'utf8')}\n${log()}`)
    }
  }
  const stop = async () => {
    await server.stop()
    await waitUntilFree(lease.ports)
    lease.release()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  await begin()
  return {
    ...{ starttlsPort, tlsPort, httpsPort, caFile: authority.caFile, log, stop },
    ca: readFileSync(authority.caFile, 'utf8'),
    restart: async () => {
      await server.stop()
      await waitUntilFree(lease.ports)
      await begin()
    },
    kill: () => server.kill(),
  }
}
