import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { createTestAuthority } from './certificates'
import type { DavServer } from './dav-servers'
import { startGuarded, waitForPort } from './guarded-process'
import { leasePorts, waitUntilFree } from './ports'
import { createServerFolder } from './server-folder'
import { serviceUser } from './service-user'
import { unpackedServers } from './unpacked-servers'

const davConfig = `httpmodules: caldav carddav
httpallowcompress: no
caldav_allowscheduling: on
calendar_user_address_set: rig.test
calendarprefix: #calendars
caldav_realm: rig
conversations: yes
conversations_db: twoskip
tls_session_timeout: 0
`

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
export const startCyrus = (): Promise<ImapServer> => start(false)

/**
 * The same server for CalDAV and CardDAV, which schedules (RFC 6638), with calendars and address books for alice and bob: it
 * makes those of a person at the first request after the first sign-in by IMAP.
 */
export async function startCyrusDav(): Promise<DavServer> {
  const { davPort, ca, stop, port: imapPort } = await start(true)
  for (const name of ['alice', 'bob']) await signIn(imapPort, ca, name)
  return {
    ...{ port: davPort, ca, stop, url: `https://localhost:${davPort}/` },
    ...{ userName: 'alice@rig.test', password: 'alice-pw' },
  }
}

function signIn(port: number, ca: string, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: 'localhost', ca })
    let heard = ''
    socket.on('error', reject)
    socket.on('data', bytes => {
      heard += bytes.toString()
      if (/^a (?!OK)/m.test(heard)) reject(new Error(heard))
      if (/^a OK/m.test(heard)) socket.end()
    })
    socket.on('close', () => resolve())
    socket.write(`a LOGIN ${name}@rig.test ${name}-pw\r\n`)
  })
}

async function start(hasDav: boolean): Promise<ImapServer & { davPort: number }> {
  const user = serviceUser()
  const folder = createServerFolder()
  const programs = unpackedServers(folder, user)
  const authority = await createTestAuthority(join(folder, 'ca'))
  const { certificate, key } = await authority.certificate('server')
  const lease = await leasePorts(hasDav ? 2 : 1)
  const [port = 0, davPort = 0] = lease.ports
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
altnamespace: ${hasDav ? 'yes' : 'no'}
unixhierarchysep: ${hasDav ? 'yes' : 'no'}
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
${hasDav ? davConfig : ''}`,
  )
  writeFileSync(
    join(home, 'cyrus.conf'),
    `START {
  recover cmd="${bin}/ctl_cyrusdb -C ${home}/imapd.conf -r"
}
SERVICES {
  imaps cmd="${bin}/imapd -C ${home}/imapd.conf -s" listen="127.0.0.1:${port}" prefork=0
${hasDav ? `  https cmd="${bin}/httpd -C ${home}/imapd.conf -s" listen="127.0.0.1:${davPort}" prefork=0\n` : ''}}
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
    await waitUntilFree(lease.ports)
    lease.release()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    for (const each of lease.ports) await waitForPort(each, server)
  } catch (error) {
    const words = readFileSync(join(home, 'output.log'), 'utf8')
    await stop()
    throw new Error(`${String(error)}\n${words}`)
  }
  return { port, davPort, ca: readFileSync(authority.caFile, 'utf8'), stop }
}
