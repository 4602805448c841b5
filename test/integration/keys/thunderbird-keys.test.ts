import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { thunderbirdDatabases } from '../../../electron/engine/features/keys/store/thunderbird-databases'
import {
  importThunderbirdProfile,
  type ThunderbirdImport,
} from '../../../electron/thunderbird/import-profile'
import type { ProfileVault } from '../../../electron/vault/profile-vault'
import type { ContactKey, OwnKey } from '../../../shared/features/keys/model'
import { TestProfile } from '../../support/command-line'
import { ThunderbirdProfile } from '../../support/thunderbird-profile'
import { openTestVault } from '../../support/vault-in-test'

const thunderbirdWith = (primaryPassword: string): ThunderbirdProfile => {
  const thunderbird = new ThunderbirdProfile(primaryPassword)
  onTestFinished(() => thunderbird.remove())
  return thunderbird
}

describe('secret keys that the real NSS locked open in the vault', () => {
  let vault: ProfileVault & { close(): Promise<void> }
  beforeAll(async () => {
    vault = await openTestVault()
  })
  afterAll(() => vault.close())

  const take = (thunderbird: ThunderbirdProfile, typed: string | null) =>
    vault.importThunderbird(
      {
        secretKeys: new Uint8Array(readFileSync(thunderbird.path('secring.gpg'))),
        encryptedPassphrase: new Uint8Array(
          readFileSync(thunderbird.path('encrypted-openpgp-passphrase.txt')),
        ),
        database: thunderbirdDatabases.keyDatabase(readFileSync(thunderbird.path('key4.db'))),
      },
      typed,
    )

  test.each([
    ['without a primary password', ''],
    ['with a primary password', 'Hauptpaßwort 7'],
  ])('%s, and read what was encrypted to them', async (_, primaryPassword) => {
    const thunderbird = thunderbirdWith(primaryPassword)
    const fingerprint = await thunderbird.generateOwn('anna@example.org')
    const { keys, locked } = await take(thunderbird, primaryPassword || null)
    expect(locked).toBe(0)
    expect(keys.map(({ facts, protection }) => [facts.fingerprint, protection])).toEqual([
      [fingerprint, 'vault'],
    ])

    await vault.calls.hold(keys.map(({ facts, sealed }) => ({ fingerprint: facts.fingerprint, sealed })))
    const encrypted = await thunderbird.encrypt('anna@example.org', 'We meet at eight.')
    const opened = await vault.calls.decrypt(encrypted, { verifyWith: [], nowMs: Date.now() })
    expect(Buffer.from(opened.bytes).toString()).toBe('We meet at eight.')
  })

  test('only with the primary password where there is one', async () => {
    const thunderbird = thunderbirdWith('Hauptpaßwort 7')
    await thunderbird.generateOwn('anna@example.org')
    await expect(take(thunderbird, null)).rejects.toMatchObject({ code: 'primary-password-needed' })
    await expect(take(thunderbird, 'hauptpaßwort 7')).rejects.toMatchObject({ code: 'wrong-passphrase' })
  })

  test('but not a key with a passphrase of its own, until that is typed', async () => {
    const thunderbird = thunderbirdWith('')
    const first = await thunderbird.generateOwn('anna@example.org')
    const second = await thunderbird.generateOwn('work@example.org', 'only mine')
    const without = await take(thunderbird, null)
    expect([without.keys.map(({ facts }) => facts.fingerprint), without.locked]).toEqual([[first], 1])
    const both = await take(thunderbird, 'only mine')
    expect([both.keys.map(({ facts }) => facts.fingerprint), both.locked]).toEqual([[first, second], 0])
  })

  test('of a profile that is not whole stay closed, and why is said; nothing is stored', async () => {
    const thunderbird = thunderbirdWith('')
    const stored: string[] = []
    const call = async (name: string, { keyDatabase, decisions }: Record<string, Uint8Array>) => {
      if (name !== 'keys.readThunderbird') stored.push(name)
      return {
        keyDatabase: keyDatabase && thunderbirdDatabases.keyDatabase(keyDatabase),
        decisions: decisions ? thunderbirdDatabases.decisions(decisions) : [],
      }
    }
    const failure = () =>
      importThunderbirdProfile(
        { path: thunderbird.folder, primaryPassword: null, accountId: null },
        { call: call as never, vault },
      ).then(
        () => 'imported',
        (error: { code: string }) => error.code,
      )
    const without = async (file: string, then: () => void = () => undefined) => {
      const bytes = readFileSync(thunderbird.path(file))
      rmSync(thunderbird.path(file))
      then()
      const code = await failure()
      thunderbird.write(file, bytes)
      return code
    }
    expect(await failure()).toBe('thunderbird-no-keys')
    await thunderbird.generateOwn('anna@example.org')
    thunderbird.writeDecisions([])

    expect(await without('key4.db')).toBe('thunderbird-no-passphrase')
    expect(await without('encrypted-openpgp-passphrase.txt')).toBe('thunderbird-no-passphrase')
    const nonsense: readonly (readonly [string, string])[] = [
      ['key4.db', 'no database'],
      ['openpgp.sqlite', 'no database'],
      ['secring.gpg', 'no keys'],
      ['encrypted-openpgp-passphrase.txt', 'no base64'],
      ['encrypted-openpgp-passphrase.txt', 'MAA='],
    ]
    for (const [file, text] of nonsense)
      expect(await without(file, () => thunderbird.write(file, text))).toBe('thunderbird-damaged')

    thunderbird.write('openpgp.sqlite-wal', 'half written')
    expect(await failure()).toBe('thunderbird-open')
    expect(stored).toEqual([])
  })
})

describe('keys import --from-thunderbird', () => {
  const thunderbird = new ThunderbirdProfile('Hauptpaßwort 7')
  const siegel = new TestProfile()
  const fingerprints: Record<string, string> = {}
  const from = (...more: string[]) => ['keys', 'import', '--from-thunderbird', thunderbird.folder, ...more]
  const primary = () => ['--key-passphrase-file', siegel.file('primary', 'Hauptpaßwort 7\n')]
  const digest = () =>
    readdirSync(thunderbird.folder)
      .sort()
      .map(name => [
        name,
        createHash('sha256')
          .update(readFileSync(thunderbird.path(name)))
          .digest('hex'),
      ])
  const list = () => siegel.json<{ own: OwnKey[]; contacts: ContactKey[] }>('keys', 'list')
  const states = async () =>
    Object.fromEntries(
      (await list()).contacts.map(({ address, inUse, rejected, trust }) => [
        address,
        [inUse ? 'in use' : rejected ? 'rejected' : 'kept', trust],
      ]),
    )

  beforeAll(async () => {
    await siegel.create()
    fingerprints.anna = await thunderbird.generateOwn('anna@example.org')
    for (const name of ['bob', 'carol', 'dave', 'erin'])
      fingerprints[name] = await thunderbird.generate(`${name}@example.org`)
    await thunderbird.writePublicKeys(...Object.values(fingerprints))
    const { anna = '', bob = '', carol = '', erin = '' } = fingerprints
    thunderbird.writeDecisions([
      { fingerprint: anna, decision: 'personal' },
      { fingerprint: bob, decision: 'verified', addresses: ['bob@example.org'] },
      { fingerprint: carol, decision: 'rejected' },
      { fingerprint: erin, decision: 'unverified', addresses: ['somebody-else@example.org'] },
    ])
  })
  afterAll(async () => {
    thunderbird.remove()
    await siegel.remove()
  })

  test('without the primary password nothing is taken, and it is asked for', async () => {
    const error = await siegel.failure(...from())
    expect(error.code).toBe('primary-password-needed')
    expect(error.message).toContain('--key-passphrase-file')
    expect(await list()).toMatchObject({ own: [], contacts: [] })
  })

  test('takes the own key and the others as they were decided, and leaves the profile as it was', async () => {
    const before = digest()
    const { imported, locked, others } = await siegel.json<ThunderbirdImport>(...from(...primary()))
    expect(imported.map(({ facts }) => facts.fingerprint)).toEqual([fingerprints.anna])
    expect([locked, others.keys.length, others.conflicts, others.broken]).toEqual([0, 4, [], 0])
    expect(digest()).toEqual(before)

    // Verified there is not verified here; what was not decided, or for another address, is kept and not used.
    expect(await states()).toEqual({
      'bob@example.org': ['in use', 'none'],
      'carol@example.org': ['rejected', 'none'],
      'dave@example.org': ['kept', 'none'],
      'erin@example.org': ['kept', 'none'],
    })
    const [bob] = (await list()).contacts
    expect(bob?.evidence).toMatchObject([{ source: 'imported', detail: 'Thunderbird' }])
  })

  test('a second time changes nothing that was decided here since', async () => {
    await siegel.json('keys', 'trust', 'carol@example.org', fingerprints.carol ?? '')
    await siegel.json('keys', 'trust', 'bob@example.org', fingerprints.bob ?? '', '--reject')
    await siegel.json(...from(...primary()))
    expect(await states()).toMatchObject({
      'bob@example.org': ['rejected', 'none'],
      'carol@example.org': ['in use', 'none'],
    })
    expect((await list()).own).toHaveLength(1)
  })
})
