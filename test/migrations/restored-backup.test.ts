import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { layout } from '../../electron/engine/compose/layout'
import { openStore } from '../../electron/engine/compose/open-store'
import { openConnection } from '../../electron/engine/store/connection'
import { migrate } from '../../electron/engine/store/migrate'
import { systemClock, systemRandom } from '../../electron/engine/system'
import { nodeFileCalls } from '../../electron/keychain/atomic-file'
import { makeBackup } from '../../electron/keychain/backup/make-backup'
import { restoreBackup } from '../../electron/keychain/backup/restore-backup'
import {
  createProfile,
  type KeyCustodyParts,
  type UnlockedProfile,
} from '../../electron/keychain/profile-keys'
import { isSwitchedOff, servicesOf } from '../../shared/features/accounts/services'
import { silentLog } from '../support/engine-in-test'
import { FileKeychain } from '../unit/electron/keychain/file-keychain'
import { startSourceVaultWorker } from '../unit/electron/vault/source-worker'

const passphrase = 'a cold plum in november'
const server = (host: string) => ({ host, port: 993, security: 'tls' })
const mail = {
  userName: 'anna',
  imap: { ...server('imap.example.org'), onion: `${'a'.repeat(56)}.onion` },
  smtp: server('smtp.example.org'),
  caPem: null,
}

/** As the schema of before services has them. `password` null: never given, or forgotten. */
const people = [
  { address: 'anna@example.org', password: "pässwörd '; --", route: { kind: 'direct' } },
  { address: 'ben@example.org', password: 'hunter2', route: { kind: 'tor' } },
  {
    address: 'cleo@example.org',
    password: null,
    route: { kind: 'socks5', host: 'proxy.example', port: 1080, login: { user: 'u', password: 'p"' } },
  },
]

let base: string
let parts: KeyCustodyParts
const closing: UnlockedProfile[] = []
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'siegel-old-backup-'))
  parts = {
    keychain: new FileKeychain(mkdtempSync(join(base, 'ring'))),
    startVaultWorker: startSourceVaultWorker,
    files: nodeFileCalls,
  }
})
afterEach(async () => {
  await Promise.all(closing.splice(0).map(each => each.close()))
  rmSync(base, { recursive: true, force: true })
})

/** The store of a profile whose accounts had no services yet. */
function oldStore(path: string, key: Uint8Array): void {
  const connection = openConnection(path, key)
  migrate(
    connection,
    layout.migrations.filter(step => step.version <= 10),
  )
  const account = connection.prepare(
    'INSERT INTO accounts (id, config, position, signature, route) VALUES (?, ?, ?, ?, ?)',
  )
  const secret = connection.prepare('INSERT INTO account_passwords VALUES (?, ?)')
  people.forEach(({ address, password, route }, at) => {
    const config = { kind: 'imap', address, displayName: 'A', ...mail }
    account.run(String(at).repeat(32), JSON.stringify(config), at, 'Bye', JSON.stringify(route))
    if (password !== null) secret.run(at + 1, password)
  })
  const local = { kind: 'local', address: 'local', displayName: '' }
  account.run('f'.repeat(32), JSON.stringify(local), people.length, '', '{"kind":"direct"}')
  connection.pragma('journal_mode = DELETE')
  connection.close()
}

test('a backup of before accounts had services opens with accounts, passwords and ways', async () => {
  const opened = await createProfile(join(base, 'profile'), { custody: 'passphrase', passphrase }, parts)
  closing.push(opened)
  const [old, backup, directory] = ['old.db', 'mail.siegel-backup', 'restored'].map(name => join(base, name))
  oldStore(old!, await opened.storeKey())
  await makeBackup(join(base, 'profile'), { path: backup!, passphrase, replace: false }, opened, {
    copy: async path => copyFileSync(old!, path),
    check: async () => undefined,
    stop: async () => undefined,
  })
  const restored = await restoreBackup(
    { path: backup!, directory: directory!, passphrase, present: 'refuse' },
    parts,
  )
  closing.push(restored)
  const key = await restored.storeKey()
  // And once more, as it lies there then.
  for (let times = 0; times < 2; times += 1) {
    const { store } = openStore({
      directory: directory!,
      key,
      clock: systemClock,
      random: systemRandom,
      log: silentLog,
    })
    const accounts = store.accounts.list()
    expect(accounts.map(({ config }) => config.address)).toEqual([
      ...people.map(({ address }) => address),
      'local',
    ])
    for (const [at, { password, route }] of people.entries()) {
      const account = accounts[at]!
      expect(account).toMatchObject({ signature: 'Bye', config: { services: { mail } } })
      expect(isSwitchedOff(account, 'mail')).toBe(false)
      expect(store.accounts.password(account.id, 'mail')).toBe(password)
      expect(store.network.route(account.id, 'mail')).toEqual(route)
    }
    expect(servicesOf(accounts.at(-1)!)).toEqual([])
    store.close()
  }
})
