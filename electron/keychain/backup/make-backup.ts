import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, open, readdir, rename, rm, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { SiegelError } from '../../../shared/ipc/result'
import type { Passphrase } from '../../../shared/ipc/secrets'
import { requireProfileFile, type UnlockedProfile } from '../profile-keys'
import { encodeBackupKey, readBackupKey } from './backup-file'
import { requireGoing, type WatchedWork } from './watched-work'
import { writeError } from './write-errors'

/** What the engine does for a backup. */
export type BackupStore = Readonly<{
  /** Writes the whole database, encrypted as it is, to a new file. Throws `file-exists`, `disk-full`, `file-unwritable`. */
  copy(path: string): Promise<unknown>
  /** Opens the copy with the key of this store and reads every page. Throws `backup-damaged`. */
  check(path: string): Promise<unknown>
  /** Ends what either of them is at, with `cancelled`. */
  stop(): Promise<unknown>
}>

export type BackupWish = Readonly<{
  path: string
  /** That of the profile where one guards it; otherwise a new one for this file. */
  passphrase: Passphrase
  /** The person has agreed that a file of this name goes. */
  replace: boolean
}>

const readBytes = 1024 * 1024

const partsOf = (path: string): RegExp =>
  new RegExp(
    `^${basename(path).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\.[0-9a-f]{12}\\.part(-journal|-wal)?$`,
  )

/** What a kill in the middle of an earlier backup of this name left behind, SQLite's own journal included. */
const removeLeftParts = async (path: string): Promise<void> => {
  const pattern = partsOf(path)
  const names = await readdir(dirname(path)).catch(() => [])
  for (const name of names) if (pattern.test(name)) await rm(join(dirname(path), name), { force: true })
}

const syncDirectory = async (path: string): Promise<void> => {
  if (process.platform === 'win32') return
  const directory = await open(dirname(path), 'r')
  await directory.sync().finally(() => directory.close())
}

/** Hashes the database that lies in the file and puts the key behind it, durably. The second third of the work. */
const addKey = async (
  part: string,
  key: Omit<Parameters<typeof encodeBackupKey>[0], 'databaseBytes' | 'databaseSha256'>,
  work: WatchedWork,
): Promise<number> => {
  const file = await open(part, 'r+')
  try {
    const hash = createHash('sha256')
    const buffer = Buffer.alloc(readBytes)
    const total = (await file.stat()).size
    let databaseBytes = 0
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, readBytes, databaseBytes)
      if (bytesRead === 0) break
      hash.update(buffer.subarray(0, bytesRead))
      databaseBytes += bytesRead
      requireGoing(work)
      work.onProgress?.(total + databaseBytes, 3 * total)
    }
    const tail = encodeBackupKey({ ...key, databaseBytes, databaseSha256: hash.digest('hex') })
    await file.write(tail, 0, tail.length, databaseBytes)
    await file.sync()
    return databaseBytes + tail.length
  } finally {
    await file.close()
  }
}

/** Gives the finished file its name in one step, and takes no other file's place unless that was agreed. */
const publish = async (part: string, path: string, replace: boolean): Promise<void> => {
  if (replace) await rename(part, path)
  else
    try {
      await link(part, path)
      await unlink(part)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST' || existsSync(path)) throw error
      // A file system without hard links.
      await rename(part, path)
    }
  await syncDirectory(path)
}

/**
 * Writes one file that holds all mail, drafts, keys and settings, and opens with its passphrase alone. It carries its name
 * only after it was read back from the disk and opened. `directory` is the profile that `profile` was
 * opened from. Throws `wrong-passphrase` (a passphrase guards the profile and this is another one), `weak-passphrase`,
 * `file-exists`, `disk-full`, `file-unwritable`, `backup-damaged`, `cancelled` (then there is no file).
 */
export const makeBackup = async (
  directory: string,
  { path, passphrase, replace }: BackupWish,
  profile: UnlockedProfile,
  store: BackupStore,
  work: WatchedWork = {},
): Promise<{ sizeBytes: number }> => {
  const file = requireProfileFile(directory)
  if (file.custody === 'passphrase') {
    const opens = await Promise.all(file.vaults.map(sealed => profile.opensWith(sealed, passphrase)))
    if (!opens.includes(true)) throw new SiegelError('wrong-passphrase')
  } else await profile.requireStrong(passphrase)
  if (!replace && existsSync(path)) throw new SiegelError('file-exists', { path })

  await removeLeftParts(path)
  const part = `${path}.${randomBytes(6).toString('hex')}.part`
  const stop = (): void => void store.stop().catch(() => undefined)
  work.signal?.addEventListener('abort', stop)
  try {
    requireGoing(work)
    await store.copy(part)
    requireGoing(work)
    const { profileId, keyCheck } = file
    const vault = await profile.wrap(passphrase)
    const sizeBytes = await addKey(part, { format: 1, profileId, keyCheck, vault }, work)
    // What lies on the disk now, and not what was meant to: its key opens with the passphrase to the master key that is
    // held, and all of the database opens with what is derived from that.
    const onDisk = await readBackupKey(part)
    const isRight = onDisk.keyCheck === keyCheck && (await profile.opensWith(onDisk.vault, passphrase))
    if (!isRight) throw new SiegelError('backup-damaged', { path })
    requireGoing(work)
    await store.check(part)
    requireGoing(work)
    await publish(part, path, replace)
    return { sizeBytes }
  } catch (error) {
    for (const left of [part, `${part}-journal`, `${part}-wal`])
      await rm(left, { force: true }).catch(() => undefined)
    throw writeError(error, path)
  } finally {
    work.signal?.removeEventListener('abort', stop)
  }
}
