import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type CertificateFiles,
  type CertificateKind,
  createTestAuthority,
  type TestAuthority,
} from './certificates'
import { dovecotConfig } from './dovecot-config'
import { eximConfig } from './exim-config'
import { type GuardedProcess, startGuarded, waitForPort } from './guarded-process'
import { deliverByLmtp } from './lmtp-delivery'
import { createMaildir, deliverToMaildir, type MaildirFlag, maildirFolder } from './maildir-delivery'
import { leasePorts, waitUntilFree } from './ports'
import { createServerFolder } from './server-folder'
import { serviceUser } from './service-user'

/** Choices for one pair of servers. */
export interface MailServerOptions {
  /** Which certificate both servers show. Default: the good one. */
  readonly certificate?: CertificateKind
  /** Replaces the IMAP CAPABILITY answer: `IMAP4rev1 IDLE` makes a poor server (the hidden commands still work). */
  readonly capability?: string
  /** IMAP storage limit per user, as `1M`. Default 4G. */
  readonly quota?: string
  /** Names before @rig.test; the password is NAME-pw. Default alice, bob, carol. */
  readonly users?: readonly string[]
  /** Passwords other than NAME-pw, by name. */
  readonly passwords?: Readonly<Record<string, string>>
  /** Where mailboxes of one's own are (RFC 2342); there is none but INBOX then, and a public one, `Public<separator>All`. */
  readonly namespace?: { readonly prefix: string; readonly separator: string }
  /** SMTP SIZE limit, as `1M`. Default 30M. */
  readonly messageSizeLimit?: string
}

/** How a message gets into a mailbox. */
interface DeliveryOptions {
  /** Default INBOX; made when missing. Only for the default way. */
  readonly mailbox?: string
  readonly flags?: readonly MaildirFlag[]
  /** Becomes INTERNALDATE. */
  readonly receivedAt?: Date
  /** `maildir` (default): the exact bytes, no server involved. `lmtp`: through Dovecot, which adds its headers. */
  readonly through?: 'maildir' | 'lmtp'
}

type CertificateChoice = CertificateKind | CertificateFiles

/** A real Dovecot and a real Exim, on loopback ports of their own, in a folder of their own. */
export interface MailServers {
  readonly dir: string
  /** STARTTLS. (From loopback Dovecot takes a LOGIN before it too: test refusal of that on the scripted server.) */
  readonly imapPort: number
  readonly imapsPort: number
  /** STARTTLS; no AUTH before it. */
  readonly smtpPort: number
  readonly smtpsPort: number
  readonly lmtpPort: number
  /** PEM of the authority that signed the certificates. They name localhost, 127.0.0.1, rig.test and *.rig.test. */
  readonly caFile: string
  readonly accounts: readonly { readonly address: string; readonly password: string }[]
  deliver(address: string, message: Uint8Array | string, options?: DeliveryOptions): Promise<void>
  /** The Maildir of a mailbox on disk, made when missing. Call `adopt` after writing into it. */
  maildir(address: string, mailbox?: string): string
  /** Gives files written by the test to the user the servers run as. */
  adopt(path: string): void
  stopImap(): Promise<void>
  /** Starts IMAP again on the same ports, with another certificate when asked, also one of another authority. */
  startImap(options?: { readonly certificate?: CertificateChoice }): Promise<void>
  stopSmtp(): Promise<void>
  startSmtp(options?: { readonly certificate?: CertificateChoice }): Promise<void>
  /** Everything both servers have logged. */
  log(): string
  /** How often somebody signed in to IMAP. */
  imapLogins(): number
  /** Ends both servers and removes the folder. */
  stop(): Promise<void>
}

/** What is missing on this machine to run the servers; empty when all is there. */
export function missingServerPrograms(): string[] {
  return ['/usr/sbin/dovecot', '/usr/lib/dovecot/lmtp', '/usr/sbin/exim4', '/usr/bin/openssl'].filter(
    program => !existsSync(program),
  )
}

/** Starts Dovecot and Exim. Safe to call many times at once. The servers end with this process, even on SIGKILL. */
export async function startMailServers(options: MailServerOptions = {}): Promise<MailServers> {
  const missing = missingServerPrograms()
  if (missing.length > 0) throw new Error(`mail servers for tests are not installed: ${missing.join(', ')}`)
  const user = serviceUser()
  const dir = createServerFolder()
  const lease = await leasePorts(5)
  const [imapPort, imapsPort, lmtpPort, smtpPort, smtpsPort] = lease.ports as [
    number,
    number,
    number,
    number,
    number,
  ]
  const names = options.users ?? ['alice', 'bob', 'carol']
  const accounts = names.map(name => ({
    address: `${name}@rig.test`,
    password: options.passwords?.[name] ?? `${name}-pw`,
  }))
  const authority = await createTestAuthority(join(dir, 'ca'))
  const imapFolder = join(dir, 'dovecot')
  const smtpFolder = join(dir, 'exim')
  const folderOf = (address: string, mailbox: string) =>
    maildirFolder(join(imapFolder, 'mail', address), mailbox)

  for (const folder of ['run', 'state', 'mail', 'home'])
    mkdirSync(join(imapFolder, folder), { recursive: true })
  for (const folder of ['spool', 'log']) mkdirSync(join(smtpFolder, folder), { recursive: true })
  writeFileSync(
    join(imapFolder, 'passwd'),
    accounts.map(a => `${a.address}:{PLAIN}${a.password}::::${imapFolder}/home/${a.address}::\n`).join(''),
  )
  writeFileSync(join(smtpFolder, 'users'), accounts.map(a => `${a.address}: ${a.password}\n`).join(''))
  for (const { address } of accounts) createMaildir(folderOf(address, 'INBOX'), user)
  if (options.namespace) createMaildir(join(imapFolder, 'public', '.All'), user)
  user.ownTree(imapFolder)
  user.ownTree(smtpFolder)

  const common = { user: user.name, group: user.group, lmtpPort }
  const imap = restartable(async choice => {
    const config = join(imapFolder, 'dovecot.conf')
    // Left by a killed Dovecot. Another process, or a zombie of the same, may have that number by now.
    rmSync(join(imapFolder, 'run/master.pid'), { force: true })
    const settings = { ...common, folder: imapFolder, imapPort, imapsPort, ...(await pem(authority, choice)) }
    const { capability, quota = '4G', namespace } = options
    writeFileSync(config, dovecotConfig({ ...settings, capability, quota, namespace }))
    const command = user.command(['/usr/sbin/dovecot', '-F', '-c', config])
    return started(command, join(imapFolder, 'output.log'), [imapPort, imapsPort, lmtpPort])
  })
  const smtp = restartable(async choice => {
    const config = join(smtpFolder, 'exim.conf')
    const settings = { ...common, folder: smtpFolder, smtpPort, smtpsPort, ...(await pem(authority, choice)) }
    writeFileSync(config, eximConfig({ ...settings, messageSizeLimit: options.messageSizeLimit ?? '30M' }))
    const command = user.command(['/usr/sbin/exim4', '-C', config, '-bdf', '-q1s'])
    return started(command, join(smtpFolder, 'output.log'), [smtpPort, smtpsPort])
  })
  const log = () => [imapFolder, smtpFolder, join(smtpFolder, 'log')].map(logsIn).join('')
  const stop = async () => {
    await Promise.all([imap.stop(), smtp.stop()])
    lease.release()
    await rm(dir, { recursive: true, force: true, maxRetries: 5 })
  }

  const certificate = options.certificate ?? 'server'
  const starts = await Promise.allSettled([imap.start(certificate), smtp.start(certificate)])
  const failure = starts.find(result => result.status === 'rejected')
  if (failure) {
    const words = log()
    await stop()
    throw new Error(`${String(failure.reason)}\n${words}`)
  }

  return {
    ...{
      dir,
      imapPort,
      imapsPort,
      lmtpPort,
      smtpPort,
      smtpsPort,
      accounts,
      caFile: authority.caFile,
      log,
      imapLogins: () => log().match(/imap-login: Info: Login: user=/g)?.length ?? 0,
      stop,
    },
    async deliver(address, message, delivery = {}) {
      const bytes = typeof message === 'string' ? Buffer.from(message, 'utf8') : Buffer.from(message)
      if (!accounts.some(account => account.address === address)) throw new Error(`no account ${address}`)
      if (delivery.through === 'lmtp') return deliverByLmtp(lmtpPort, address, bytes)
      const { mailbox = 'INBOX', flags = [], receivedAt } = delivery
      deliverToMaildir(folderOf(address, mailbox), bytes, user, { flags, receivedAt })
    },
    maildir(address, mailbox = 'INBOX') {
      const folder = folderOf(address, mailbox)
      createMaildir(folder, user)
      return folder
    },
    adopt: path => user.ownTree(path),
    stopImap: () => imap.stop(),
    startImap: (change = {}) => imap.start(change.certificate ?? certificate),
    stopSmtp: () => smtp.stop(),
    startSmtp: (change = {}) => smtp.start(change.certificate ?? certificate),
  }
}

async function pem(authority: TestAuthority, choice: CertificateChoice) {
  const files = typeof choice === 'string' ? await authority.certificate(choice) : choice
  return { certificateFile: files.certificate, keyFile: files.key }
}

async function started(
  command: string[],
  logFile: string,
  ports: readonly number[],
): Promise<GuardedProcess> {
  const server = startGuarded(command, logFile)
  try {
    for (const port of ports) await waitForPort(port, server)
  } catch (error) {
    await server.stop()
    throw error
  }
  const released = async (end: () => Promise<void>) => {
    await end()
    await waitUntilFree(ports)
  }
  return { ...server, stop: () => released(server.stop), kill: () => released(server.kill) }
}

/** A server that can be stopped and started again; doing either twice is harmless. */
function restartable(launch: (certificate: CertificateChoice) => Promise<GuardedProcess>) {
  let current: GuardedProcess | undefined
  return {
    async start(certificate: CertificateChoice) {
      if (!current?.isRunning()) current = await launch(certificate)
    },
    async stop() {
      await current?.stop()
      current = undefined
    },
  }
}

function logsIn(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('log'))
    .map(({ name }) => `--- ${name}\n${readFileSync(join(folder, name), 'utf8')}`)
    .join('')
}
