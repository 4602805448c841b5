import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { nodeFileCalls } from '../../../../electron/keychain/atomic-file'
import { changeCustody } from '../../../../electron/keychain/change-custody'
import {
  createProfile,
  type KeyCustodyParts,
  readProfile,
  unlockProfile,
} from '../../../../electron/keychain/profile-keys'
import { passphraseWeakness } from '../../../../electron/vault/passphrase-strength'
import { startSourceVaultWorker } from '../vault/source-worker'
import { FileKeychain } from './file-keychain'

const phrase = 'a cold plum in november'
const otherPhrase = 'seven blue bicycles'

let base: string
let profile: string
let keychain: FileKeychain
let parts: KeyCustodyParts

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'siegel-keys-'))
  profile = join(base, 'profile')
  const ring = join(base, 'ring')
  keychain = new FileKeychain(mkdtempSync(ring))
  parts = { keychain, startVaultWorker: startSourceVaultWorker, files: nodeFileCalls }
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

const create = async (passphrase: string | null): Promise<Uint8Array> => {
  const opened = await createProfile(
    profile,
    { custody: passphrase === null ? 'keychain' : 'passphrase', passphrase },
    parts,
  )
  const key = await opened.storeKey()
  await opened.close()
  return key
}

const unlock = async (passphrase: string | null): Promise<Uint8Array> => {
  const opened = await unlockProfile(profile, { passphrase }, parts)
  const key = await opened.storeKey()
  await opened.close()
  return key
}

const fails = (code: string) => expect.objectContaining({ code })

const bytesOfProfile = (): Buffer =>
  Buffer.concat(readdirSync(profile).map(name => readFileSync(join(profile, name))))

describe('a profile', () => {
  test('made with the keychain opens again with the same store key', async () => {
    const key = await create(null)
    expect(readProfile(profile)?.custody).toBe('keychain')
    expect(await unlock(null)).toEqual(key)
  })

  test('made with a passphrase opens with it only', async () => {
    const key = await create(phrase)
    expect(await unlock(phrase)).toEqual(key)
    await expect(unlock(otherPhrase)).rejects.toEqual(fails('wrong-passphrase'))
    await expect(unlock(null)).rejects.toEqual(fails('wrong-passphrase'))
  })

  test('is not made over another one, nor with a weak passphrase, and nothing is left behind', async () => {
    await expect(create('12345678')).rejects.toMatchObject({
      code: 'weak-passphrase',
      params: { reason: 'only-digits' },
    })
    expect(readProfile(profile)).toBe(null)
    await create(phrase)
    await expect(create(null)).rejects.toEqual(fails('profile-exists'))
  })

  test('without a keychain nothing weaker is chosen silently', async () => {
    keychain.mode = 'unavailable'
    await expect(create(null)).rejects.toEqual(fails('keychain-unavailable'))
    expect(readProfile(profile)).toBe(null)
  })

  test('a locked ring, an absent key, another key and a damaged file are four different things', async () => {
    await create(null)
    keychain.mode = 'locked'
    await expect(unlock(null)).rejects.toEqual(fails('keychain-locked'))
    keychain.mode = 'available'
    const id = readProfile(profile)?.profileId ?? ''
    await keychain.write(id, new Uint8Array(32).fill(1))
    await expect(unlock(null)).rejects.toMatchObject({
      code: 'vault-damaged',
      params: { reason: 'another-key' },
    })
    await keychain.remove(id)
    await expect(unlock(null)).rejects.toEqual(fails('key-missing'))
    writeFileSync(join(profile, 'profile.json'), '{"format":1')
    await expect(unlock(null)).rejects.toEqual(fails('vault-damaged'))
    rmSync(join(profile, 'profile.json'))
    await expect(unlock(null)).rejects.toEqual(fails('no-profile'))
  })

  test('closes a directory that was open to others before', async () => {
    mkdirSync(profile, { mode: 0o755 })
    await create(phrase)
    expect(statSync(profile).mode & 0o077).toBe(0)
  })

  test('its directory holds neither key nor passphrase, and is for its owner only', async () => {
    await create(phrase)
    await changeCustody(
      profile,
      { custody: 'keychain', currentPassphrase: phrase, newPassphrase: null },
      parts,
    )
    const key = await keychain.read(readProfile(profile)?.profileId ?? '')
    await changeCustody(
      profile,
      { custody: 'passphrase', currentPassphrase: null, newPassphrase: otherPhrase },
      parts,
    )
    const storeKey = await unlock(otherPhrase)
    const bytes = bytesOfProfile()
    for (const secret of [key ?? new Uint8Array(), storeKey])
      for (const form of ['hex', 'base64', 'latin1', 'base64url'] as const)
        expect(bytes.includes(Buffer.from(Buffer.from(secret).toString(form), 'latin1'))).toBe(false)
    expect(bytes.includes(phrase) || bytes.includes(otherPhrase)).toBe(false)
    expect(statSync(join(profile, 'profile.json')).mode & 0o077).toBe(0)
    expect(statSync(profile).mode & 0o077).toBe(0)
  })
})

describe('changing how the key is kept', () => {
  test('keychain to passphrase to another passphrase to keychain: the store key stays, the old way goes', async () => {
    const key = await create(null)
    const id = readProfile(profile)?.profileId ?? ''

    await changeCustody(
      profile,
      { custody: 'passphrase', currentPassphrase: null, newPassphrase: phrase },
      parts,
    )
    expect(await keychain.read(id)).toBe(null)
    expect(await unlock(phrase)).toEqual(key)

    await changeCustody(
      profile,
      { custody: 'passphrase', currentPassphrase: phrase, newPassphrase: otherPhrase },
      parts,
    )
    await expect(unlock(phrase)).rejects.toEqual(fails('wrong-passphrase'))
    expect(await unlock(otherPhrase)).toEqual(key)

    await changeCustody(
      profile,
      { custody: 'keychain', currentPassphrase: otherPhrase, newPassphrase: null },
      parts,
    )
    expect(await unlock(null)).toEqual(key)
    expect(bytesOfProfile().includes('sealed')).toBe(false)
  })

  test('needs the current passphrase', async () => {
    await create(phrase)
    const change = {
      custody: 'passphrase',
      currentPassphrase: otherPhrase,
      newPassphrase: otherPhrase,
    } as const
    await expect(changeCustody(profile, change, parts)).rejects.toEqual(fails('wrong-passphrase'))
    expect(await unlock(phrase)).toHaveLength(32)
  })

  test('to a keychain that is locked or absent fails and changes nothing', async () => {
    const key = await create(phrase)
    for (const mode of ['locked', 'unavailable'] as const) {
      keychain.mode = mode
      const change = { custody: 'keychain', currentPassphrase: phrase, newPassphrase: null } as const
      await expect(changeCustody(profile, change, parts)).rejects.toEqual(fails(`keychain-${mode}`))
      expect(await unlock(phrase)).toEqual(key)
      expect(readProfile(profile)?.custody).toBe('passphrase')
    }
  })
})

describe('a passphrase', () => {
  test.each([
    ['short', 'too-short'],
    ['aaaaaaaaaaaa', 'too-few-different'],
    ['4711081512', 'only-digits'],
    ['qwertzuiop', 'row-of-keys'],
    ['Passwort123!', 'common'],
    ['x'.repeat(5000), 'too-long'],
  ])('%s is refused as %s', (passphrase, reason) => {
    expect(passphraseWeakness(passphrase)).toBe(reason)
  })

  test.each([phrase, 'größer als ein Haus', '東京の雪が静かに降る', 'x9!kQ2#z'])(
    '%s is taken',
    passphrase => {
      expect(passphraseWeakness(passphrase)).toBe(null)
    },
  )
})
