import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { nodeFileCalls } from '../../../electron/keychain/atomic-file'
import type { CustodyChange } from '../../../electron/keychain/change-custody'
import { readProfileFile } from '../../../electron/keychain/profile-file'
import { createProfile, type KeyCustodyParts, unlockProfile } from '../../../electron/keychain/profile-keys'
import { everyNth } from '../../support/kill-share'
import { FileKeychain } from '../../unit/electron/keychain/file-keychain'
import { runTypeScript, startSourceVaultWorker } from '../../unit/electron/vault/source-worker'

const oldPhrase = 'a cold plum in november'
const newPhrase = 'seven blue bicycles'
const program = fileURLToPath(new URL('./change-and-die.ts', import.meta.url))

let base: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'siegel-kill-'))
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

type Place = { profile: string; ring: string }
const placeAt = (name: string): Place => ({
  profile: join(base, name, 'profile'),
  ring: join(base, name, 'ring'),
})

const partsAt = ({ ring }: Place): KeyCustodyParts => ({
  keychain: new FileKeychain(ring),
  startVaultWorker: startSourceVaultWorker,
  files: nodeFileCalls,
})

const run = ({ profile, ring }: Place, change: CustodyChange, dieAt: number) =>
  new Promise<{ signal: string | null; steps: number; errors: string }>(resolve => {
    const args = [...runTypeScript, program, profile, ring, JSON.stringify(change), String(dieAt)]
    execFile(process.execPath, args, (error, output, errors) =>
      resolve({ signal: error?.signal ?? null, steps: Number(output), errors }),
    )
  })

const keyBehind = async (place: Place, passphrase: string | null): Promise<string> => {
  const opened = await unlockProfile(place.profile, { passphrase }, partsAt(place))
  const key = Buffer.from(await opened.storeKey()).toString('hex')
  await opened.close()
  return key
}

/** Unlocks as a person would: with what profile.json asks for. */
const unlockAsAsked = async (place: Place): Promise<string> => {
  if (readProfileFile(place.profile)?.custody === 'keychain') return keyBehind(place, null)
  return keyBehind(place, newPhrase).catch(() => keyBehind(place, oldPhrase))
}

/** How many ways lead to the key once an unlock has tidied up. */
const waysLeft = ({ profile, ring }: Place): number =>
  (readProfileFile(profile)?.vaults.length ?? 0) + readdirSync(ring).length

const changes = {
  'from the keychain to a passphrase': [
    null,
    { custody: 'passphrase', currentPassphrase: null, newPassphrase: newPhrase },
  ],
  'from a passphrase to the keychain': [
    oldPhrase,
    { custody: 'keychain', currentPassphrase: oldPhrase, newPassphrase: null },
  ],
  'to another passphrase': [
    oldPhrase,
    { custody: 'passphrase', currentPassphrase: oldPhrase, newPassphrase: newPhrase },
  ],
} as const satisfies Record<string, readonly [string | null, CustodyChange]>

test.each(Object.entries(changes))(
  'killed at a step of a change %s, the profile opens with the same key and one way is left',
  async (_name, [passphrase, change]) => {
    const origin = placeAt('origin')
    mkdirSync(origin.ring, { recursive: true })
    const custody = passphrase === null ? 'keychain' : 'passphrase'
    const made = await createProfile(origin.profile, { custody, passphrase }, partsAt(origin))
    const key = Buffer.from(await made.storeKey()).toString('hex')
    await made.close()

    const copy = (name: string): Place => {
      cpSync(join(base, 'origin'), join(base, name), { recursive: true })
      return placeAt(name)
    }
    const whole = copy('whole')
    const { steps, errors } = await run(whole, change, 0)
    expect(errors).toBe('')
    expect(steps).toBeGreaterThan(10)
    expect(await unlockAsAsked(whole)).toBe(key)

    const dieAt = async (step: number): Promise<void> => {
      const place = copy(`step-${step}`)
      expect((await run(place, change, step)).signal).toBe('SIGKILL')
      expect(await unlockAsAsked(place)).toBe(key)
      expect(waysLeft(place)).toBe(1)
      // No store was ever opened here, so the mark of a new profile is still beside its key file.
      expect(readdirSync(place.profile).toSorted()).toEqual(['profile.json', 'store.new'])
      expect(await unlockAsAsked(place)).toBe(key)
    }
    const rest = everyNth(Array.from({ length: steps }, (_, index) => index + 1))
    const worker = async () => {
      for (let step = rest.shift(); step !== undefined; step = rest.shift()) await dieAt(step)
    }
    await Promise.all([worker(), worker()])
  },
  120_000,
)
