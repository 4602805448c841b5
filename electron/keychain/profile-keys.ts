import { randomBytes } from 'node:crypto'
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import type { Passphrase } from '../../shared/ipc/secrets'
import { SiegelError } from '../../shared/kit/result'
import type { KeyCustody } from '../../shared/kit/status'
import { type ProfileVault, profileVault } from '../vault/profile-vault'
import type { PassphraseVault } from '../vault/protocol'
import { type StartVaultWorker, VaultClient } from '../vault/vault-client'
import type { FileCalls } from './atomic-file'
import { finishRestore } from './backup/finish-restore'
import { hasProfileParts } from './backup/set-aside'
import type { Keychain } from './keychain'
import {
  keychainNameOf,
  type ProfileFile,
  readProfileFile,
  removeUnfinishedWrites,
  writeProfileFile,
} from './profile-file'

/** What key custody stands on. `compose.ts` of each host fills it. */
export type KeyCustodyParts = Readonly<{
  keychain: Keychain
  startVaultWorker: StartVaultWorker
  files: FileCalls
}>

/** What is known of a profile without unlocking it. */
export type ProfileInfo = Readonly<{ profileId: string; custody: KeyCustody }>

/** A profile whose master key is held in a vault worker. */
export type UnlockedProfile = Readonly<{
  profileId: string
  custody: KeyCustody
  /** 32 bytes for the encrypted store, derived anew at each call; the caller wipes them. Throws `locked` after `close`. */
  storeKey(): Promise<Uint8Array>
  /** The master key under a passphrase, for a backup. Throws `locked` after `close`. */
  wrap(passphrase: Passphrase): Promise<PassphraseVault>
  /** Whether a sealed key opens with this passphrase to the key of this profile. */
  opensWith(sealed: PassphraseVault, passphrase: Passphrase): Promise<boolean>
  /** Throws `weak-passphrase`. */
  requireStrong(passphrase: Passphrase): Promise<void>
  /** OpenPGP and the secret keys. Throws `locked` after `close`. */
  vault: ProfileVault
  /** The vault itself, for a change of custody while it is open. */
  client: VaultClient
  /** Called if the vault ends by itself: nothing can be unlocked with it any more. */
  onVaultDeath(listener: () => void): void
  /** Ends the vault: the lock. Safe to call twice. */
  close(): Promise<void>
}>

/** Throws `key-file-missing` when there is no key file, but something of a store is here that only it could open. */
const findProfileFile = (directory: string): ProfileFile | null => {
  finishRestore(directory, Date.now())
  const file = readProfileFile(directory)
  if (!file && hasProfileParts(directory)) throw new SiegelError('key-file-missing', { path: directory })
  return file
}

/**
 * Null when the directory holds no profile, nor anything of one; finishes a restore that was killed before its last step.
 * Throws `key-file-missing`, `vault-damaged`, `file-unreadable`.
 */
export const readProfile = (directory: string): ProfileInfo | null => {
  const file = findProfileFile(directory)
  return file && { profileId: file.profileId, custody: file.custody }
}

/** As `readProfile`, but there must be one. Throws `no-profile`. */
export const requireProfileFile = (directory: string): ProfileFile => {
  const file = findProfileFile(directory)
  if (!file) throw new SiegelError('no-profile')
  return file
}

/** A profile whose key a vault holds already. */
export const unlockedProfile = (file: ProfileFile, vault: VaultClient): UnlockedProfile => ({
  profileId: file.profileId,
  custody: file.custody,
  storeKey: () => vault.deriveStoreKey(file.profileId),
  wrap: passphrase => vault.wrap(file.profileId, passphrase),
  opensWith: (sealed, passphrase) => vault.verifyWrap(file.profileId, sealed, passphrase),
  requireStrong: passphrase => vault.requireStrong(passphrase),
  vault: profileVault(vault, file.profileId),
  client: vault,
  onVaultDeath: listener => vault.onDeath(listener),
  close: () => vault.close(),
})

/** Beside a profile whose store was never made. */
const newStoreMarker = 'store.new'

/** Hands the held master key to the OS keychain and wipes the copy that had to pass through here. */
export const storeInKeychain = async (
  vault: VaultClient,
  keychainName: string,
  keychain: Keychain,
): Promise<void> => {
  if (vault.reachesKeychain) return vault.storeInKeychain(keychainName)
  const key = await vault.exportForKeychain()
  try {
    await keychain.write(keychainName, key)
  } finally {
    key.fill(0)
  }
}

/** Public hex by which the right master key is known again. */
const keyCheckOf = async (vault: VaultClient, profileId: string): Promise<string> =>
  Buffer.from(await vault.keyCheck(profileId)).toString('hex')

/**
 * Makes a profile with a new random master key and leaves it unlocked. `passphrase` is used when `custody` is
 * 'passphrase' and must be null otherwise. Throws `profile-exists`, `weak-passphrase`, `keychain-unavailable`,
 * `keychain-locked`, `disk-full`, `file-unwritable`, `bad-request`, `key-file-missing`.
 */
export const createProfile = async (
  directory: string,
  options: { custody: KeyCustody; passphrase: Passphrase | null },
  { keychain, startVaultWorker, files }: KeyCustodyParts,
): Promise<UnlockedProfile> => {
  const { custody, passphrase } = options
  // Throws where something of a store is here: a new key would lie in the place of the one that opens it.
  if (findProfileFile(directory)) throw new SiegelError('profile-exists')
  if ((custody === 'passphrase') !== (passphrase !== null))
    throw new SiegelError('bad-request', { field: 'passphrase' })
  const vault = new VaultClient(startVaultWorker)
  try {
    if (passphrase !== null) await vault.requireStrong(passphrase)
  } catch (error) {
    await vault.close()
    throw error
  }
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    // It may have been there already, with whatever rights the user's umask gives.
    if (process.platform !== 'win32') chmodSync(directory, 0o700)
  } catch (error) {
    await vault.close()
    throw new SiegelError('file-unwritable', { file: 'profile' }, { cause: error })
  }
  const profileId = randomBytes(16).toString('hex')
  try {
    await vault.generate()
    if (custody === 'keychain') await storeInKeychain(vault, profileId, keychain)
    const file: ProfileFile = {
      format: 1,
      profileId,
      custody,
      keyCheck: await keyCheckOf(vault, profileId),
      inKeychain: custody === 'keychain',
      vaults: passphrase === null ? [] : [await vault.wrap(profileId, passphrase)],
    }
    // With it the engine knows that there is no store yet, and not that one is gone.
    closeSync(openSync(join(directory, newStoreMarker), 'w', 0o600))
    await writeProfileFile(directory, file, files)
    return unlockedProfile(file, vault)
  } catch (error) {
    await vault.close()
    if (custody === 'keychain') await keychain.remove(profileId).catch(() => undefined)
    throw error
  }
}

/** Throws `vault-damaged` when the held key is not the key of this profile. */
const requireRightKey = async (vault: VaultClient, file: ProfileFile): Promise<void> => {
  if ((await keyCheckOf(vault, file.profileId)) !== file.keyCheck)
    throw new SiegelError('vault-damaged', { reason: 'another-key' })
}

const openWithKeychain = async (vault: VaultClient, file: ProfileFile, keychain: Keychain): Promise<void> => {
  const name = keychainNameOf(file)
  if (vault.reachesKeychain) {
    const found = await vault.adoptFromKeychain(name)
    if (found === 'none') throw new SiegelError('key-missing')
    if (found === 'another') throw new SiegelError('vault-damaged', { reason: 'another-key' })
    return
  }
  const key = await keychain.read(name)
  if (!key) throw new SiegelError('key-missing')
  if (key.byteLength !== 32) {
    key.fill(0)
    throw new SiegelError('vault-damaged', { reason: 'another-key' })
  }
  await vault.adopt(key)
}

/** Tries the sealed keys in order and answers which one opened. */
const openWithPassphrase = async (
  vault: VaultClient,
  file: ProfileFile,
  passphrase: Passphrase,
): Promise<number> => {
  let lastError: unknown = new SiegelError('wrong-passphrase')
  for (const [index, sealed] of file.vaults.entries())
    try {
      await vault.unwrap(file.profileId, sealed, passphrase)
      return index
    } catch (error) {
      lastError = error
    }
  throw lastError
}

/**
 * A vault that holds the master key, and which way opened it: the keychain, or the sealed key at an index.
 * Errors as `unlockProfile`; on an error the vault is ended.
 */
export const openVault = async (
  file: ProfileFile,
  passphrase: Passphrase | null,
  { keychain, startVaultWorker }: Pick<KeyCustodyParts, 'keychain' | 'startVaultWorker'>,
): Promise<{ vault: VaultClient; openedBy: 'keychain' | number }> => {
  if (passphrase === null && file.custody === 'passphrase') throw new SiegelError('wrong-passphrase')
  // A stray passphrase for a profile of the keychain is ignored, unless a change of custody left a sealed key.
  const byPassphrase = passphrase !== null && file.vaults.length > 0
  const vault = new VaultClient(startVaultWorker)
  try {
    let openedBy: 'keychain' | number = 'keychain'
    if (byPassphrase) openedBy = await openWithPassphrase(vault, file, passphrase)
    else await openWithKeychain(vault, file, keychain)
    await requireRightKey(vault, file)
    return { vault, openedBy }
  } catch (error) {
    await vault.close()
    throw error
  }
}

/**
 * Finishes a change of custody that was killed half-way, in the direction profile.json names. Failing is no
 * harm: the profile opens either way and the next unlock tries again.
 */
const settle = async (
  directory: string,
  file: ProfileFile,
  openedBy: 'keychain' | number,
  { keychain, files }: KeyCustodyParts,
): Promise<void> => {
  removeUnfinishedWrites(directory)
  if (file.custody === 'keychain' && openedBy === 'keychain' && file.vaults.length > 0)
    await writeProfileFile(directory, { ...file, vaults: [] }, files)
  if (file.custody !== 'passphrase' || openedBy === 'keychain') return
  if (file.vaults.length > 1)
    await writeProfileFile(
      directory,
      { ...file, vaults: file.vaults.filter((_, index) => index === openedBy) },
      files,
    )
  if (file.inKeychain) {
    await keychain.remove(keychainNameOf(file))
    await writeProfileFile(directory, { ...requireProfileFile(directory), inKeychain: false }, files)
  }
}

/**
 * Opens a profile with the keychain (`passphrase: null`) or with the passphrase. Throws `no-profile`,
 * `wrong-passphrase` (also when one is needed and none was given), `key-missing`, `keychain-locked`,
 * `keychain-unavailable`, `vault-damaged`.
 */
export const unlockProfile = async (
  directory: string,
  { passphrase }: { passphrase: Passphrase | null },
  parts: KeyCustodyParts,
): Promise<UnlockedProfile> => {
  const file = requireProfileFile(directory)
  const { vault, openedBy } = await openVault(file, passphrase, parts)
  await settle(directory, file, openedBy, parts).catch(() => undefined)
  return unlockedProfile(file, vault)
}
