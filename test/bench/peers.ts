import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MailServers } from '../rig/mail-servers'
import { type Timed, timed } from './measure'

/** mbsync, mu and notmuch in a folder of their own, on one Maildir that mbsync fills. */
export class Peers {
  readonly #folder: string
  readonly maildir: string
  readonly #env: Record<string, string>

  constructor(
    folder: string,
    servers: MailServers,
    address: string,
    options: Readonly<{
      flushesToDisk?: boolean
      host?: string
      /** A command whose input and output are the connection. */
      tunnel?: string
    }> = {},
  ) {
    this.#folder = folder
    this.maildir = join(folder, 'mail')
    mkdirSync(this.maildir, { recursive: true })
    this.#env = {
      HOME: folder,
      XDG_CACHE_HOME: join(folder, 'cache'),
      XDG_CONFIG_HOME: join(folder, 'config'),
      NOTMUCH_CONFIG: join(folder, 'notmuch-config'),
    }
    const password = servers.accounts.find(account => account.address === address)?.password ?? ''
    // As its manual's example: everything from far to near, TLS with the same authority that Siegel trusts.
    const config = [
      ...(options.flushesToDisk === false ? ['FSync no', ''] : []),
      'IMAPAccount rig',
      `Host ${options.host ?? 'localhost'}`,
      `Port ${servers.imapsPort}`,
      ...(options.tunnel === undefined ? [] : [`Tunnel "${options.tunnel}"`]),
      `User ${address}`,
      `Pass ${password}`,
      'SSLType IMAPS',
      `CertificateFile ${servers.caFile}`,
      'SystemCertificates no',
      '',
      'IMAPStore far',
      'Account rig',
      '',
      'MaildirStore near',
      `Path ${this.maildir}/`,
      `Inbox ${this.maildir}/INBOX`,
      'SubFolders Verbatim',
      '',
      'Channel mail',
      'Far :far:',
      'Near :near:',
      'Patterns *',
      'Create Near',
      'Sync Pull',
      'SyncState *',
      '',
    ].join('\n')
    writeFileSync(join(folder, 'mbsyncrc'), config)
    chmodSync(join(folder, 'mbsyncrc'), 0o600)
    writeFileSync(
      join(folder, 'notmuch-config'),
      `[database]\npath=${this.maildir}\n[user]\nname=Alice\nprimary_email=${address}\n[new]\ntags=inbox\n[search]\nexclude_tags=\n`,
    )
  }

  mbsync(): Promise<Timed> {
    return timed('mbsync', ['-q', '-c', join(this.#folder, 'mbsyncrc'), 'mail'], { env: this.#env })
  }

  muInit(): Promise<Timed> {
    return timed('mu', ['init', `--maildir=${this.maildir}`, '--quiet'], { env: this.#env })
  }

  muIndex(): Promise<Timed> {
    return timed('mu', ['index', '--quiet'], { env: this.#env })
  }

  notmuchNew(): Promise<Timed> {
    return timed('notmuch', ['new', '--quiet'], { env: this.#env })
  }

  /** Newest first, up to `limit` hits with their subjects. Exit code 4 of mu means nothing was found. */
  async muFind(query: readonly string[], limit: number): Promise<Timed> {
    return timed(
      'mu',
      ['find', '--sortfield=date', '--reverse', `--maxnum=${limit}`, '--fields=d f s', ...query],
      { env: this.#env, mayFail: true },
    )
  }

  notmuchSearch(query: readonly string[], limit: number): Promise<Timed> {
    return timed(
      'notmuch',
      ['search', '--output=summary', '--sort=newest-first', `--limit=${limit}`, ...query],
      { env: this.#env },
    )
  }

  notmuchCount(query: readonly string[]): Promise<Timed> {
    return timed('notmuch', ['count', ...query], { env: this.#env })
  }
}
