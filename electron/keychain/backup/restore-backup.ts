import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { type FileHandle, open, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SiegelError } from '../../../shared/ipc/result'
import type { Passphrase } from '../../../shared/ipc/secrets'
import { encodeProfileFile, type ProfileFile } from '../profile-file'
import { type KeyCustodyParts, type UnlockedProfile, unlockedProfile } from '../profile-keys'
import { type BackupKey, openForReading } from './backup-file'
import { finishRestore, restoringProfile, restoringStore } from './finish-restore'
import { openBackup } from './open-backup'
import { hasProfileParts } from './set-aside'
import { requireGoing, type WatchedWork } from './watched-work'
import { writeError } from './write-errors'

export type RestoreWish = Readonly<{
  /** The backup. */
  path: string
  /** Where the profile shall lie; made when it is not there. */
  directory: string
  passphrase: Passphrase
  /** What to do with a profile, or parts of one, that lies there. */
  present: 'refuse' | 'set-aside'
}>

const copyBytes = 1024 * 1024

/** Copies the database out of the backup, and compares what was read with what the backup says of itself. */
const copyDatabase = async (path: string, key: BackupKey, to: string, work: WatchedWork): Promise<void> => {
  const from = await openForReading(path)
  let into: FileHandle | undefined
  try {
    into = await open(to, 'wx', 0o600)
    const hash = createHash('sha256')
    const buffer = Buffer.alloc(copyBytes)
    for (let offset = 0; offset < key.databaseBytes; ) {
      const wanted = Math.min(copyBytes, key.databaseBytes - offset)
      const { bytesRead } = await from.read(buffer, 0, wanted, offset)
      if (bytesRead === 0) throw new SiegelError('backup-cut', { path })
      const piece = buffer.subarray(0, bytesRead)
      hash.update(piece)
      await into.writeFile(piece)
      offset += bytesRead
      requireGoing(work)
      work.onProgress?.(offset, key.databaseBytes)
    }
    if (hash.digest('hex') !== key.databaseSha256) throw new SiegelError('backup-damaged', { path })
    await into.sync()
  } finally {
    await from.close()
    await into?.close()
  }
}

/** Says at once what would be said after gigabytes; where the system does not tell, the copy finds out. */
const requireRoom = async (directory: string, neededBytes: number): Promise<void> => {
  const facts = await statfs(directory).catch(() => null)
  if (facts && facts.bavail * facts.bsize < neededBytes)
    throw new SiegelError('disk-full', { path: directory })
}

/** True when the folder was made here, so that a restore that fails leaves none behind. */
const makeFolder = (directory: string): boolean => {
  const isNew = !existsSync(directory)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  if (process.platform !== 'win32') chmodSync(directory, 0o700)
  return isNew
}

/** Only a folder of our own may be closed to others and filled: nothing is restored among a person's other files. */
const requireOwnFolder = (directory: string): void => {
  if (!existsSync(directory)) return
  if (!lstatSync(directory).isDirectory()) throw new SiegelError('file-exists', { path: directory })
  const foreign = readdirSync(directory).some(
    name => !/^(window$|set-aside-|store-damaged-|tor$|(store\.db|profile\.json)\.restoring)/.test(name),
  )
  if (foreign && !hasProfileParts(directory))
    throw new SiegelError('directory-not-empty', { path: directory })
}

/**
 * Makes a profile of a backup and leaves it unlocked. It opens with the passphrase of the backup; its place in a keychain,
 * should it move there later, is its own, so that it and the profile it was made from do not touch each other. Until all
 * of it is there and compared, nothing of the directory is changed; after a kill it is either not there or whole
 * (`finishRestore`). Throws as `openBackup`, and `profile-exists`, `directory-not-empty`, `file-exists`, `disk-full`,
 * `file-unwritable`, `cancelled`.
 */
export const restoreBackup = async (
  { path, directory, passphrase, present }: RestoreWish,
  parts: KeyCustodyParts,
  work: WatchedWork = {},
): Promise<UnlockedProfile> => {
  requireOwnFolder(directory)
  if (present === 'refuse' && hasProfileParts(directory))
    throw new SiegelError('profile-exists', { path: directory })
  const { key, vault } = await openBackup(path, passphrase, parts)
  const [store, profile] = [join(directory, restoringStore), join(directory, restoringProfile)]
  let isNewFolder = false
  try {
    isNewFolder = makeFolder(directory)
    for (const left of [profile, store]) rmSync(left, { force: true })
    await requireRoom(directory, key.databaseBytes)
    await copyDatabase(path, key, store, work)
    const file: ProfileFile = {
      format: 1,
      profileId: key.profileId,
      custody: 'passphrase',
      keyCheck: key.keyCheck,
      inKeychain: false,
      vaults: [key.vault],
      keychainName: randomBytes(16).toString('hex'),
    }
    await writeFile(`${profile}.new`, encodeProfileFile(file), { mode: 0o600, flush: true })
    requireGoing(work)
    // From the moment it has this name the restore is finished, now or at the next start.
    await parts.files.rename(`${profile}.new`, profile)
    finishRestore(directory, Date.now())
    return unlockedProfile(file, vault)
  } catch (error) {
    await vault.close()
    if (!existsSync(profile)) {
      for (const left of [`${profile}.new`, store]) rmSync(left, { force: true })
      if (isNewFolder) rmSync(directory, { recursive: true, force: true })
    }
    throw writeError(error, directory)
  }
}
