import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3-multiple-ciphers'
import { Gnupg } from './openpgp-programs'

const nssEncrypt = join(import.meta.dirname, 'nss-encrypt.py')

type Decision = Readonly<{ fingerprint: string; decision: string; addresses?: readonly string[] }>

/**
 * A profile folder as Thunderbird 78 and later leaves it: the key database by the real NSS, secret keys by GnuPG under the
 * automatic passphrase that NSS encrypted.
 */
export class ThunderbirdProfile {
  readonly folder = mkdtempSync('/tmp/sgt-')
  readonly #gnupg = new Gnupg()
  readonly #secretKeys: Buffer[] = []
  readonly #passphrase: string

  /** `primaryPassword`: empty for none. */
  constructor(primaryPassword: string) {
    this.#passphrase = randomBytes(16).toString('hex')
    // The agent would spend a tenth of a second on each use of a passphrase, several times a key.
    writeFileSync(join(this.#gnupg.home, 'gpg-agent.conf'), 's2k-count 65536\n')
    const { status, stdout, stderr } = spawnSync('python3', [nssEncrypt, this.folder, primaryPassword], {
      input: this.#passphrase,
    })
    if (status !== 0) throw new Error(`NSS: ${stderr}`)
    this.write('encrypted-openpgp-passphrase.txt', stdout)
  }

  path(file: string): string {
    return join(this.folder, file)
  }

  write(file: string, bytes: Uint8Array | string): void {
    writeFileSync(this.path(file), bytes)
  }

  /** An own key; with `passphrase`, under one that the user chose instead of the automatic one. */
  async generateOwn(address: string, passphrase: string = this.#passphrase): Promise<string> {
    const unlock = ['--passphrase', passphrase]
    await this.#gnupg.run([
      ...unlock,
      '--quick-generate-key',
      `<${address}>`,
      'future-default',
      'default',
      '0',
    ])
    const listed = (await this.#gnupg.run(['--with-colons', '--list-keys', address])).toString()
    const fingerprint = /^fpr:+([0-9A-F]+):/m.exec(listed)?.[1]?.toLowerCase() ?? ''
    this.#secretKeys.push(await this.#gnupg.run([...unlock, '--export-secret-keys', fingerprint]))
    this.write('secring.gpg', Buffer.concat(this.#secretKeys))
    return fingerprint
  }

  /** Somebody else's key. */
  async generate(address: string): Promise<string> {
    const lines = ['Key-Type: eddsa', 'Key-Curve: ed25519', 'Subkey-Type: ecdh', 'Subkey-Curve: cv25519']
    return this.#gnupg.generate(address, lines)
  }

  /** Encrypts to a key of this profile. */
  async encrypt(address: string, text: string): Promise<Buffer> {
    return this.#gnupg.run(['--recipient', address, '--encrypt'], Buffer.from(text))
  }

  async writePublicKeys(...fingerprints: readonly string[]): Promise<void> {
    this.write('pubring.gpg', await this.#gnupg.run(['--export', ...fingerprints]))
  }

  /** `openpgp.sqlite` with the tables of Thunderbird's sqliteDb module. */
  writeDecisions(decisions: readonly Decision[]): void {
    const database = new BetterSqlite(this.path('openpgp.sqlite'))
    database.exec(
      `CREATE TABLE acceptance_email (fpr TEXT NOT NULL, email TEXT NOT NULL, UNIQUE(fpr, email));
       CREATE TABLE acceptance_decision (fpr TEXT NOT NULL, decision TEXT NOT NULL, UNIQUE(fpr));`,
    )
    for (const { fingerprint, decision, addresses = [] } of decisions) {
      database.prepare('INSERT INTO acceptance_decision VALUES (?, ?)').run(fingerprint, decision)
      for (const address of addresses)
        database.prepare('INSERT INTO acceptance_email VALUES (?, ?)').run(fingerprint, address)
    }
    database.close()
  }

  remove(): void {
    this.#gnupg.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
