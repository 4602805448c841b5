import {
  appendFileSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { nodeFileCalls } from '../../../../electron/keychain/atomic-file'
import { readBackupKey } from '../../../../electron/keychain/backup/backup-file'
import { type BackupStore, makeBackup } from '../../../../electron/keychain/backup/make-backup'
import { restoreBackup } from '../../../../electron/keychain/backup/restore-backup'
import { setProfileAside } from '../../../../electron/keychain/backup/set-aside'
import { changeCustody } from '../../../../electron/keychain/change-custody'
import {
  createProfile,
  type KeyCustodyParts,
  readProfile,
  type UnlockedProfile,
  unlockProfile,
} from '../../../../electron/keychain/profile-keys'
import { SiegelError } from '../../../../shared/kit/result'
import { startSourceVaultWorker } from '../vault/source-worker'
import { FileKeychain } from './file-keychain'

const phrase = 'a cold plum in november'
const backupPhrase = 'seven blue bicycles'

let base: string
let profile: string
let backup: string
let restored: string
let keychain: FileKeychain
let parts: KeyCustodyParts
let closing: UnlockedProfile[]

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'siegel-backup-'))
  profile = join(base, 'profile')
  backup = join(base, 'mail.siegel-backup')
  restored = join(base, 'restored')
  keychain = new FileKeychain(mkdtempSync(join(base, 'ring')))
  parts = { keychain, startVaultWorker: startSourceVaultWorker, files: nodeFileCalls }
  closing = []
})
afterEach(async () => {
  await Promise.all(closing.map(each => each.close()))
  rmSync(base, { recursive: true, force: true })
})

/** What stands for a database here: pages with the bytes that every store shows at its start. */
const database = (() => {
  const pages = Buffer.alloc(5 * 8192, 'encrypted ')
  pages.set([0x20, 0, 1, 1, 32, 64, 32, 32], 16)
  return pages
})()

const checked: string[] = []
const store: BackupStore = {
  copy: async path => writeFileSync(path, database, { flag: 'wx', mode: 0o600 }),
  check: async path => void checked.push(path),
  stop: async () => undefined,
}

const keep = async (profile: Promise<UnlockedProfile>): Promise<UnlockedProfile> => {
  const opened = await profile
  closing.push(opened)
  return opened
}
const create = (passphrase: string | null): Promise<UnlockedProfile> =>
  keep(
    createProfile(profile, { custody: passphrase === null ? 'keychain' : 'passphrase', passphrase }, parts),
  )
const hexKey = async (opened: UnlockedProfile): Promise<string> =>
  Buffer.from(await opened.storeKey()).toString('hex')
const write = (
  opened: UnlockedProfile,
  passphrase: string,
  options: { path?: string; replace?: boolean } = {},
) => makeBackup(profile, { path: backup, passphrase, replace: false, ...options }, opened, store)
const restore = (passphrase: string, options: { path?: string; present?: 'set-aside' } = {}) =>
  keep(
    restoreBackup(
      { path: options.path ?? backup, directory: restored, passphrase, present: options.present ?? 'refuse' },
      parts,
    ),
  )
const fails = (code: string) => expect.objectContaining({ code })

/** A written backup of a profile under `phrase`; answers its store key. */
const written = async (): Promise<string> => {
  const opened = await create(phrase)
  await write(opened, phrase)
  return hexKey(opened)
}

describe('a backup', () => {
  test('of a profile under a passphrase opens with it, elsewhere, without its key file and without a keychain', async () => {
    const opened = await create(phrase)
    const { sizeBytes } = await write(opened, phrase)
    const key = await hexKey(opened)
    expect(statSync(backup).size).toBe(sizeBytes)
    expect(checked.at(-1)).toMatch(/\.part$/)
    rmSync(profile, { recursive: true })
    keychain.mode = 'unavailable'
    const again = await restore(phrase)
    expect(await hexKey(again)).toBe(key)
    expect(readFileSync(join(restored, 'store.db'))).toEqual(database)
    expect(readProfile(restored)).toMatchObject({ custody: 'passphrase' })
    await again.close()
    expect(await hexKey(await keep(unlockProfile(restored, { passphrase: phrase }, parts)))).toBe(key)
  })

  test('of a profile in the keychain opens with the passphrase that was chosen for it', async () => {
    const opened = await create(null)
    await write(opened, backupPhrase)
    const key = await hexKey(opened)
    keychain.mode = 'unavailable'
    expect(await hexKey(await restore(backupPhrase))).toBe(key)
  })

  test('is for its owner only, holds no passphrase, and shows nothing of the key', async () => {
    const opened = await create(phrase)
    await write(opened, phrase)
    expect(statSync(backup).mode & 0o777).toBe(0o600)
    const content = readFileSync(backup)
    expect(content.includes(phrase)).toBe(false)
    expect(content.includes(Buffer.from(await opened.storeKey()))).toBe(false)
    expect(readdirSync(base).filter(name => name.includes('.part'))).toEqual([])
  })

  test('that is stopped at any of its steps leaves no file, and what was there stays', async () => {
    const opened = await create(phrase)
    await write(opened, phrase)
    const before = readFileSync(backup)
    const stopped: string[] = []
    for (const at of ['start', 'copy', 'hash', 'check']) {
      const stop = new AbortController()
      const end = (step: string): void => {
        if (step === at) stop.abort()
      }
      const steps: BackupStore = {
        copy: async path => {
          await store.copy(path)
          end('copy')
        },
        check: async () => end('check'),
        stop: async () => void stopped.push(at),
      }
      end('start')
      const wish = { path: backup, passphrase: phrase, replace: true }
      const work = { signal: stop.signal, onProgress: () => end('hash') }
      await expect(makeBackup(profile, wish, opened, steps, work), at).rejects.toEqual(fails('cancelled'))
      expect(readdirSync(base).filter(name => name.startsWith('mail.'))).toEqual(['mail.siegel-backup'])
      expect(readFileSync(backup)).toEqual(before)
    }
    expect(stopped).toEqual(['copy', 'hash', 'check'])
  })

  test('that is stopped while it is restored leaves no profile and no folder; not stopped, it says how far it is', async () => {
    await written()
    const stop = new AbortController()
    const wish = { path: backup, directory: restored, passphrase: phrase, present: 'refuse' } as const
    const stopped = restoreBackup(wish, parts, { signal: stop.signal, onProgress: () => stop.abort() })
    await expect(stopped).rejects.toEqual(fails('cancelled'))
    expect(existsSync(restored)).toBe(false)
    const shown: number[] = []
    await keep(restoreBackup(wish, parts, { onProgress: (done, total) => void shown.push(done / total) }))
    expect(shown.at(-1)).toBe(1)
  })

  test('is not written under another passphrase than the profile’s, nor under a weak one', async () => {
    const opened = await create(phrase)
    await expect(write(opened, backupPhrase)).rejects.toEqual(fails('wrong-passphrase'))
    rmSync(profile, { recursive: true })
    await expect(write(await create(null), 'password1')).rejects.toEqual(fails('weak-passphrase'))
    expect(existsSync(backup)).toBe(false)
  })

  test('takes no other file’s place unless that was agreed, and leaves it whole when it fails', async () => {
    const opened = await create(phrase)
    writeFileSync(backup, 'older')
    await expect(write(opened, phrase)).rejects.toEqual(fails('file-exists'))
    const broken: BackupStore = {
      ...store,
      check: () => Promise.reject(new SiegelError('backup-damaged', { path: backup })),
    }
    const wish = { path: backup, passphrase: phrase, replace: true }
    await expect(makeBackup(profile, wish, opened, broken)).rejects.toEqual(fails('backup-damaged'))
    expect(readFileSync(backup, 'utf8')).toBe('older')
    await write(opened, phrase, { replace: true })
    await readBackupKey(backup)
    expect(readdirSync(base).filter(name => name.includes('.part'))).toEqual([])
  })

  test('a full disk is named, and nothing half is left', async () => {
    const opened = await create(phrase)
    const full: BackupStore = {
      ...store,
      copy: path => {
        writeFileSync(path, 'half')
        return Promise.reject(Object.assign(new Error(), { code: 'ENOSPC' }))
      },
    }
    const wish = { path: backup, passphrase: phrase, replace: false }
    await expect(makeBackup(profile, wish, opened, full)).rejects.toEqual(fails('disk-full'))
    expect(readdirSync(base).filter(name => name.startsWith('mail'))).toEqual([])
  })

  test('what a killed one of this name left behind goes with the next; other files stay', async () => {
    const opened = await create(phrase)
    writeFileSync(`${backup}.0123456789ab.part`, 'half')
    writeFileSync(`${backup}.0123456789ab.part-journal`, 'half')
    writeFileSync(`${backup}.notes.part`, 'mine')
    await write(opened, phrase)
    expect(
      readdirSync(base)
        .filter(name => name.startsWith('mail'))
        .sort(),
    ).toEqual(['mail.siegel-backup', 'mail.siegel-backup.notes.part'])
  })
})

describe('a restore', () => {
  const damages: Readonly<Record<string, [code: string, spoil: (path: string) => void]>> = {
    'a file that is not there': ['file-unreadable', path => rmSync(path)],
    'a folder': [
      'file-unreadable',
      path => {
        rmSync(path)
        mkdirSync(path)
      },
    ],
    'an empty file': ['backup-foreign', path => truncateSync(path, 0)],
    'a text': ['backup-foreign', path => writeFileSync(path, 'From a@b Mon\n'.repeat(900))],
    'a key file': ['backup-foreign', path => copyFileSync(join(profile, 'profile.json'), path)],
    'its first half': ['backup-cut', path => truncateSync(path, 20_000)],
    'all but its last byte': ['backup-cut', path => truncateSync(path, statSync(path).size - 1)],
    'the store alone': ['backup-old-form', path => truncateSync(path, database.length)],
    'something behind it': ['backup-cut', path => appendFileSync(path, 'x')],
    'a byte of the store changed': ['backup-damaged', path => change(path, 9000)],
    'a page of the store lost in the middle': [
      'backup-cut',
      path => {
        const content = readFileSync(path)
        writeFileSync(path, Buffer.concat([content.subarray(0, 8192), content.subarray(16_384)]))
      },
    ],
    'a page too many in the middle': [
      'backup-damaged',
      path => {
        const content = readFileSync(path)
        writeFileSync(path, Buffer.concat([content.subarray(0, 8192), content]))
      },
    ],
    'its key part changed': ['backup-damaged', path => change(path, database.length + 4)],
    'a key part of four gigabytes': [
      'backup-damaged',
      path => {
        const content = readFileSync(path)
        content.fill(0xff, content.length - 20, content.length - 16)
        writeFileSync(path, content)
      },
    ],
  }
  const change = (path: string, offset: number): void => {
    const content = readFileSync(path)
    content[offset] = (content[offset] ?? 0) ^ 1
    writeFileSync(path, content)
  }

  test('says of each file that is no whole backup what is wrong with it, and makes nothing of it', async () => {
    await written()
    for (const [name, [code, spoil]] of Object.entries(damages)) {
      const path = join(base, 'spoilt')
      rmSync(path, { recursive: true, force: true })
      copyFileSync(backup, path)
      spoil(path)
      await expect(restore(phrase, { path }), name).rejects.toEqual(fails(code))
      expect(existsSync(restored), name).toBe(false)
    }
  })

  test('with another passphrase makes nothing', async () => {
    await written()
    await expect(restore(backupPhrase)).rejects.toEqual(fails('wrong-passphrase'))
    expect(existsSync(restored)).toBe(false)
  })

  test('never lies over a profile, over parts of one, or among other files', async () => {
    await written()
    for (const name of ['profile.json', 'store.db', 'store.db-wal', 'store.meta', 'letter.txt']) {
      mkdirSync(restored)
      writeFileSync(join(restored, name), 'mine')
      const code = name === 'letter.txt' ? 'directory-not-empty' : 'profile-exists'
      await expect(restore(phrase), name).rejects.toEqual(fails(code))
      expect(readdirSync(restored)).toEqual([name])
      rmSync(restored, { recursive: true })
    }
    writeFileSync(restored, 'a file')
    await expect(restore(phrase)).rejects.toEqual(fails('file-exists'))
    rmSync(restored)
    mkdirSync(restored)
    await restore(phrase)
  })

  test('keeps what it finds in a folder beside it where that was wished, log and all', async () => {
    await written()
    mkdirSync(join(restored, 'window'), { recursive: true })
    for (const name of ['profile.json', 'store.db', 'store.db-wal', 'store.meta'])
      writeFileSync(join(restored, name), `old ${name}`)
    await restore(phrase, { present: 'set-aside' })
    const aside = readdirSync(restored).find(name => name.startsWith('set-aside-')) ?? ''
    expect(readdirSync(join(restored, aside)).sort()).toEqual([
      'profile.json',
      'store.db',
      'store.db-wal',
      'store.meta',
    ])
    expect(readFileSync(join(restored, aside, 'store.db-wal'), 'utf8')).toBe('old store.db-wal')
    expect(readdirSync(restored).sort()).toEqual(
      [aside, 'profile.json', 'store.db', 'store.restored', 'window'].sort(),
    )
    expect(statSync(restored).mode & 0o777).toBe(0o700)
  })

  test('that was killed is not there, or is whole, whenever it was', async () => {
    const key = await written()
    await (await restore(phrase)).close()
    const whole = Object.fromEntries(
      ['profile.json', 'store.db'].map(name => [name, readFileSync(join(restored, name))]),
    )
    const at = (files: Readonly<Record<string, Buffer | undefined>>): void => {
      rmSync(restored, { recursive: true })
      mkdirSync(restored)
      for (const [name, content] of Object.entries(files))
        if (content) writeFileSync(join(restored, name), content)
    }
    // While the database is copied, and while the key file is written.
    for (const files of [
      { 'store.db.restoring': database.subarray(0, 9000) },
      { 'store.db.restoring': database, 'profile.json.restoring.new': whole['profile.json'] },
    ]) {
      at(files)
      expect(readProfile(restored)).toBeNull()
      await (await restore(phrase)).close()
      expect(readFileSync(join(restored, 'store.db'))).toEqual(database)
    }
    // From the moment that the key file waits, with and without the store in place.
    for (const files of [
      { 'store.db.restoring': database, 'profile.json.restoring': whole['profile.json'] },
      { 'store.db': database, 'profile.json.restoring': whole['profile.json'] },
    ]) {
      at(files)
      const opened = await keep(unlockProfile(restored, { passphrase: phrase }, parts))
      expect(await hexKey(opened)).toBe(key)
      expect(readdirSync(restored).some(name => name.includes('restoring'))).toBe(false)
    }
  })

  test('beside the profile it came from: moving one to the keychain and back leaves the other its key', async () => {
    const opened = await create(null)
    await write(opened, backupPhrase)
    await opened.close()
    await (await restore(backupPhrase)).close()
    const toKeychain = { custody: 'keychain', currentPassphrase: backupPhrase, newPassphrase: null } as const
    await changeCustody(restored, toKeychain, parts)
    await (await keep(unlockProfile(restored, { passphrase: null }, parts))).close()
    const back = { custody: 'passphrase', currentPassphrase: null, newPassphrase: phrase } as const
    await changeCustody(restored, back, parts)
    await (await keep(unlockProfile(restored, { passphrase: phrase }, parts))).close()
    await keep(unlockProfile(profile, { passphrase: null }, parts))
  })
})

describe('a profile directory', () => {
  test('without its key file is no empty place: the key file is missing, and nothing is made over what is there', async () => {
    for (const name of ['store.db', 'store.meta', 'store.db-wal', 'store-recovering.db']) {
      mkdirSync(profile)
      writeFileSync(join(profile, name), 'something')
      expect(() => readProfile(profile)).toThrow(fails('key-file-missing'))
      await expect(create(phrase), name).rejects.toEqual(fails('key-file-missing'))
      await expect(unlockProfile(profile, { passphrase: phrase }, parts)).rejects.toEqual(
        fails('key-file-missing'),
      )
      expect(readdirSync(profile)).toEqual([name])
      rmSync(profile, { recursive: true })
    }
  })

  test('a profile set aside is moved whole, leaves room for a new one, and opens again when it is moved back', async () => {
    const opened = await create(phrase)
    const key = await hexKey(opened)
    await opened.close()
    writeFileSync(join(profile, 'store.db'), database)
    const aside = setProfileAside(profile, Date.UTC(2026, 1, 3)) ?? ''
    expect(aside).toBe('set-aside-2026-02-03T00-00-00-000Z')
    expect(readProfile(profile)).toBeNull()
    expect(setProfileAside(profile, 0)).toBeNull()
    await (await create(backupPhrase)).close()
    setProfileAside(profile, Date.UTC(2026, 1, 4))
    for (const name of readdirSync(join(profile, aside)))
      renameSync(join(profile, aside, name), join(profile, name))
    expect(await hexKey(await keep(unlockProfile(profile, { passphrase: phrase }, parts)))).toBe(key)
  })

  test('a hard link to the backup’s name is no way over another file', async () => {
    const opened = await create(phrase)
    const other = join(base, 'letter')
    writeFileSync(other, 'mine')
    linkSync(other, backup)
    await expect(write(opened, phrase)).rejects.toEqual(fails('file-exists'))
    await write(opened, phrase, { replace: true })
    expect(readFileSync(other, 'utf8')).toBe('mine')
  })
})
