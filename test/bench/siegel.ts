import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from '../../build/paths.mjs'
import type { MailServers } from '../rig/mail-servers'
import { type Timed, timed } from './measure'

export const benchPassphrase = 'a bench has no secrets 7'

/** Siegel's built command line on one profile of its own, under a passphrase unless a keychain is there. */
export class SiegelCommandLine {
  readonly profile: string
  readonly #folder: string
  readonly #env: Readonly<Record<string, string>>
  readonly #custody: readonly string[]

  constructor(folder: string, options: { keychainEnv?: Readonly<Record<string, string>> } = {}) {
    this.#folder = folder
    this.profile = join(folder, 'profile')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'passphrase'), `${benchPassphrase}\n`, { mode: 0o600 })
    this.#env = options.keychainEnv ?? {}
    this.#custody = options.keychainEnv ? [] : ['--passphrase-file', join(folder, 'passphrase')]
  }

  run(...args: string[]): Promise<Timed> {
    return timed(
      process.execPath,
      [inProject('.vite', 'build', 'cli.mjs'), ...args, '--profile', this.profile, ...this.#custody],
      { env: this.#env },
    )
  }

  async create(): Promise<void> {
    await this.run('profile', 'create')
  }

  async addAccount(servers: MailServers, address: string, host = 'localhost'): Promise<void> {
    const password = servers.accounts.find(account => account.address === address)?.password ?? ''
    const passwordFile = join(this.#folder, 'password')
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
    await this.run(
      'account',
      'add',
      '--address',
      address,
      '--name',
      'Alice',
      '--imap',
      `tls://${host}:${servers.imapsPort}`,
      '--smtp',
      `tls://${host}:${servers.smtpsPort}`,
      '--password-file',
      passwordFile,
      '--ca',
      servers.caFile,
    )
  }
}
