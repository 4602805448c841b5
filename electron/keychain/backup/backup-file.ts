import { type FileHandle, open } from 'node:fs/promises'
import { z } from 'zod'
import { SiegelError } from '../../../shared/kit/result'
import { passphraseVault } from '../../vault/protocol'
import { profileId } from '../../vault/protocol-values'

/**
 * A backup is one file: the encrypted database as it is, and behind it everything that opens it but the passphrase.
 * SQLite takes no notice of what follows its last page, so that a backup of any size is opened where it lies.
 *
 *     database pages | JSON of `backupKey` | its length, 4 bytes, big-endian | `magic`
 */
const magic = Buffer.from('Siegel backup 1\n', 'latin1')
const lengthBytes = 4
/** More than the key part ever is; what says that it is larger is not ours. */
const keyPartLimitBytes = 64 * 1024

const backupKey = z.strictObject({
  format: z.literal(1),
  profileId,
  /** Tells a foreign key from the right one, as in profile.json. */
  keyCheck: z.string().regex(/^[0-9a-f]{32}$/),
  /** The master key under the passphrase of the backup. */
  vault: passphraseVault,
  databaseBytes: z.number().int().positive(),
  /** SHA-256 of the database in hex: tells a copy that lost something on its way. Not a protection. */
  databaseSha256: z.string().regex(/^[0-9a-f]{64}$/),
})
/** What stands behind the database in a backup. */
export type BackupKey = z.infer<typeof backupKey>

/**
 * What every store of ours has in clear at offset 16: page size 8192, two bytes that say how it is journalled, 32 bytes a
 * page for nonce and MAC, and three constants of SQLite's file format (section 1.3).
 */
const looksLikeStore = (head: Buffer): boolean =>
  head.length >= 24 &&
  head.readUInt16BE(16) === 8192 &&
  head.subarray(20, 24).equals(Buffer.from([32, 64, 32, 32]))
const pageBytes = 8192

/** The bytes that go behind the database. */
export const encodeBackupKey = (key: BackupKey): Buffer => {
  const json = Buffer.from(JSON.stringify(backupKey.parse(key)), 'utf8')
  const length = Buffer.alloc(lengthBytes)
  length.writeUInt32BE(json.length)
  return Buffer.concat([json, length, magic])
}

const readAt = async (file: FileHandle, offset: number, length: number): Promise<Buffer> => {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, offset)
  return buffer.subarray(0, bytesRead)
}

/** Why a file without a readable end is not taken: another kind of file, a store alone, or the front of a backup. */
const withoutEnd = async (file: FileHandle, sizeBytes: number, path: string): Promise<SiegelError> => {
  if (!looksLikeStore(await readAt(file, 0, 24))) return new SiegelError('backup-foreign', { path })
  return new SiegelError(sizeBytes % pageBytes === 0 ? 'backup-old-form' : 'backup-cut', { path })
}

/** Opens a regular file for reading. Throws `file-unreadable`. */
export const openForReading = async (path: string): Promise<FileHandle> => {
  let file: FileHandle | undefined
  try {
    file = await open(path, 'r')
    if ((await file.stat()).isFile()) return file
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown'
    throw new SiegelError('file-unreadable', { path, reason }, { cause: error })
  }
  await file.close()
  throw new SiegelError('file-unreadable', { path, reason: 'EISDIR' })
}

/**
 * Reads what stands behind the database; opens nothing with it. Throws `file-unreadable`, `backup-foreign`, `backup-cut`,
 * `backup-old-form` (a store alone), `backup-damaged`.
 */
export const readBackupKey = async (path: string): Promise<BackupKey> => {
  const file = await openForReading(path)
  try {
    const { size } = await file.stat()
    const tailBytes = lengthBytes + magic.length
    const tail = await readAt(file, Math.max(0, size - tailBytes), tailBytes)
    if (!tail.subarray(lengthBytes).equals(magic)) throw await withoutEnd(file, size, path)
    const jsonBytes = tail.readUInt32BE(0)
    const databaseBytes = size - tailBytes - jsonBytes
    if (jsonBytes > keyPartLimitBytes || databaseBytes <= 0) throw new SiegelError('backup-damaged', { path })
    let key: BackupKey
    try {
      key = backupKey.parse(JSON.parse((await readAt(file, databaseBytes, jsonBytes)).toString('utf8')))
    } catch (error) {
      throw new SiegelError('backup-damaged', { path }, { cause: error })
    }
    if (key.databaseBytes > databaseBytes) throw new SiegelError('backup-cut', { path })
    if (key.databaseBytes !== databaseBytes) throw new SiegelError('backup-damaged', { path })
    return key
  } finally {
    await file.close()
  }
}
