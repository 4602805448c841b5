import type { Passphrase } from '../../../shared/ipc/secrets'
import { SiegelError } from '../../../shared/kit/result'
import { VaultClient } from '../../vault/vault-client'
import type { KeyCustodyParts } from '../profile-keys'
import { type BackupKey, readBackupKey } from './backup-file'

/** A backup that its passphrase has opened: the master key is held in a vault of its own. The caller closes the vault. */
export type OpenedBackup = Readonly<{ key: BackupKey; vault: VaultClient }>

/**
 * Opens the key of a backup with its passphrase, and nothing else is needed for it: not the profile it was made from, and
 * no keychain. Throws as `readBackupKey`, and `wrong-passphrase`, `backup-damaged`.
 */
export const openBackup = async (
  path: string,
  passphrase: Passphrase,
  { startVaultWorker }: Pick<KeyCustodyParts, 'startVaultWorker'>,
): Promise<OpenedBackup> => {
  const key = await readBackupKey(path)
  const vault = new VaultClient(startVaultWorker)
  try {
    await vault.unwrap(key.profileId, key.vault, passphrase)
    const keyCheck = Buffer.from(await vault.keyCheck(key.profileId)).toString('hex')
    if (keyCheck !== key.keyCheck) throw new SiegelError('backup-damaged', { path })
    return { key, vault }
  } catch (error) {
    await vault.close()
    if (error instanceof SiegelError && error.code === 'vault-damaged')
      throw new SiegelError('backup-damaged', { path }, { cause: error })
    throw error
  }
}
