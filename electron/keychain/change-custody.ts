import type { Passphrase } from '../../shared/ipc/secrets'
import { SiegelError } from '../../shared/kit/result'
import type { KeyCustody } from '../../shared/kit/status'
import type { VaultClient } from '../vault/vault-client'
import { keychainNameOf, type ProfileFile, writeProfileFile } from './profile-file'
import { type KeyCustodyParts, openVault, requireProfileFile, storeInKeychain } from './profile-keys'

export type CustodyChange = Readonly<{
  custody: KeyCustody
  /** Needed when a passphrase guards the profile now. */
  currentPassphrase: Passphrase | null
  /** Needed when a passphrase shall guard it. */
  newPassphrase: Passphrase | null
}>

/** Adds the sealed key beside the old way, and believes it only after reading it from disk and opening it. */
const addPassphrase = async (
  directory: string,
  vault: VaultClient,
  file: ProfileFile,
  passphrase: Passphrase,
  { files }: KeyCustodyParts,
): Promise<ProfileFile> => {
  const sealed = await vault.wrap(file.profileId, passphrase)
  // What an earlier, killed change left behind goes now: only the way in force stays beside the new one.
  const inForce = file.custody === 'passphrase' ? file.vaults.slice(0, 1) : []
  await writeProfileFile(directory, { ...file, vaults: [...inForce, sealed] }, files)
  const written = requireProfileFile(directory)
  const added = written.vaults.at(-1)
  if (!added || !(await vault.verifyWrap(file.profileId, added, passphrase)))
    throw new SiegelError('vault-damaged', { reason: 'not-verified' })
  return written
}

const toPassphrase = async (
  directory: string,
  vault: VaultClient,
  file: ProfileFile,
  passphrase: Passphrase,
  parts: KeyCustodyParts,
): Promise<void> => {
  const both = await addPassphrase(directory, vault, file, passphrase, parts)
  // From here on the passphrase is the way in force; the keychain is listed until its entry is surely gone.
  const moved: ProfileFile = { ...both, custody: 'passphrase', vaults: both.vaults.slice(-1) }
  await writeProfileFile(directory, moved, parts.files)
  if (!moved.inKeychain) return
  await parts.keychain.remove(keychainNameOf(file))
  await writeProfileFile(directory, { ...moved, inKeychain: false }, parts.files)
}

const toKeychain = async (
  directory: string,
  vault: VaultClient,
  file: ProfileFile,
  { keychain, files }: KeyCustodyParts,
): Promise<void> => {
  // Listed before it is there: an entry nobody knows of could never be cleaned up.
  const listed: ProfileFile = { ...file, inKeychain: true }
  await writeProfileFile(directory, listed, files)
  try {
    await storeInKeychain(vault, keychainNameOf(file), keychain)
  } catch (error) {
    // Unlisted only when it is surely gone; otherwise the next unlock tries to remove it again.
    await keychain
      .remove(keychainNameOf(file))
      .then(() => writeProfileFile(directory, file, files))
      .catch(() => undefined)
    throw error
  }
  const moved: ProfileFile = { ...listed, custody: 'keychain' }
  await writeProfileFile(directory, moved, files)
  await writeProfileFile(directory, { ...moved, vaults: [] }, files)
}

/** Who changes how the key is kept shows again that the passphrase is known, though the profile is open. */
const requireRight = async (
  vault: VaultClient,
  { custody, profileId, vaults }: ProfileFile,
  passphrase: Passphrase | null,
): Promise<void> => {
  if (custody !== 'passphrase') return
  if (passphrase !== null)
    for (const sealed of vaults) if (await vault.verifyWrap(profileId, sealed, passphrase)) return
  throw new SiegelError('wrong-passphrase')
}

/**
 * Moves the master key to another way of keeping it, or under another passphrase. The new way is written and
 * verified before the old one is removed, so that a kill at any point leaves a profile that opens: with the
 * old way before profile.json names the new one, with the new way after. Throws what `unlockProfile` throws,
 * and `weak-passphrase`, `bad-request`, `disk-full`, `file-unwritable`; after an error the old way still opens,
 * except when only the removal of the old keychain entry failed (then the next unlock removes it). `open`: the vault
 * that holds the key already, and the passphrases that the page gave to it.
 */
export const changeCustody = async (
  directory: string,
  { custody, currentPassphrase, newPassphrase }: CustodyChange,
  parts: KeyCustodyParts,
  open: VaultClient | null = null,
): Promise<void> => {
  if ((custody === 'passphrase') !== (newPassphrase !== null))
    throw new SiegelError('bad-request', { field: 'newPassphrase' })
  const file = requireProfileFile(directory)
  const current = file.custody === 'passphrase' ? currentPassphrase : null
  if (open) await requireRight(open, file, current)
  const vault = open ?? (await openVault(file, current, parts)).vault
  try {
    if (newPassphrase !== null) await vault.requireStrong(newPassphrase)
    if (newPassphrase !== null) await toPassphrase(directory, vault, file, newPassphrase, parts)
    else if (file.custody === 'passphrase') await toKeychain(directory, vault, file, parts)
  } finally {
    if (!open) await vault.close()
  }
}
