import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createTestAuthority } from './certificates'
import { startGuarded, waitForPort } from './guarded-process'
import { leasePorts, waitUntilFree } from './ports'
import { createServerFolder } from './server-folder'
import { serviceUser } from './service-user'
import { unpackedServers } from './unpacked-servers'

/** One IMAP server with TLS, for alice and bob @rig.test, password NAME-pw. */
export interface ImapServer {
  readonly port: number
  /** PEM. */
  readonly ca: string
  stop(): Promise<void>
}

/**
 * A real Cyrus without altnamespace and with `.` between levels: mailboxes of one's own are below `INBOX.`, those of
 * others below `user.`, and everything else is shared. It has INBOX only.
 */
export async function startCyrus(): Promise<ImapServer> {
  const user = serviceUser()
  const folder = createServerFolder()
  const programs = unpackedServers(folder, user)
  const authority = await createTestAuthority(join(folder, 'ca'))
  const { certificate, key } = await authority.certificate('server')
  const lease = await leasePorts(1)
  const [port = 0] = lease.ports
  const home = join(folder, 'cyrus')
  for (const part of ['conf', 'spool', 'lock', 'proc', 'sock', 'sieve'])
    mkdirSync(join(home, part), { recursive: true })
  const bin = programs.at('usr/lib/cyrus/bin')
  writeFileSync(
    join(home, 'imapd.conf'),
    `configdirectory: ${home}/conf
partition-default: ${home}/spool
defaultpartition: default
sievedir: ${home}/sieve
proc_path: ${home}/proc
mboxname_lockpath: ${home}/lock
idlesocket: ${home}/sock/idle
notifysocket: ${home}/sock/notify
lmtpsocket: ${home}/sock/lmtp
cyrus_user: ${user.name}
servername: rig.test
virtdomains: userid
defaultdomain: internal
admins: cyrus
altnamespace: no
unixhierarchysep: no
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: ${home}/sasldb2
sasl_mech_list: PLAIN
allowplaintext: no
tls_server_cert: ${certificate}
tls_server_key: ${key}
autocreate_quota: 0
autocreate_post: yes
sendmail: /bin/true
syslog_prefix: rig
`,
  )
  writeFileSync(
    join(home, 'cyrus.conf'),
    `START {
  recover cmd="${bin}/ctl_cyrusdb -C ${home}/imapd.conf -r"
}
SERVICES {
  imaps cmd="${bin}/imapd -C ${home}/imapd.conf -s" listen="127.0.0.1:${port}" prefork=0
}
EVENTS {
  checkpoint cmd="${bin}/ctl_cyrusdb -C ${home}/imapd.conf -c" period=600
}
`,
  )
  user.ownTree(home)
  for (const name of ['alice', 'bob']) {
    const [program = '', ...args] = programs.command({}, [
      programs.at('usr/sbin/saslpasswd2'),
      ...['-p', '-c', '-f', join(home, 'sasldb2'), '-u', 'rig.test', name],
    ])
    execFileSync(program, args, { input: `${name}-pw`, stdio: ['pipe', 'ignore', 'pipe'] })
  }
  const master = programs.command({}, [
    ...[join(bin, 'master'), '-C', join(home, 'imapd.conf'), '-M', join(home, 'cyrus.conf')],
    ...['-p', join(home, 'master.pid')],
  ])
  const server = startGuarded(master, join(home, 'output.log'))
  const stop = async () => {
    await server.stop()
    await waitUntilFree([port])
    lease.release()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    await waitForPort(port, server)
  } catch (error) {
    const words = readFileSync(join(home, 'output.log'), 'utf8')
    await stop()
    throw new Error(`${String(error)}\n${words}`)
  }
  return { port, ca: readFileSync(authority.caFile, 'utf8'), stop }
}
