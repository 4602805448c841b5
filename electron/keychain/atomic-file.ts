import { randomBytes } from 'node:crypto'
import { type FileHandle, open, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The few calls a durable write is made of; tests put a version here that dies between any two of them. */
export type FileCalls = {
  open(path: string, flags: string, mode?: number): Promise<Pick<FileHandle, 'writeFile' | 'sync' | 'close'>>
  rename(from: string, to: string): Promise<void>
  unlink(path: string): Promise<void>
}

export const nodeFileCalls: FileCalls = { open, rename, unlink }

/**
 * Replaces a file so that after a power cut at any moment either the old or the new content is there, whole:
 * written beside it, synced, renamed over it, directory synced. Readable by its owner only.
 */
export const writeFileAtomically = async (path: string, content: string, calls: FileCalls): Promise<void> => {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.new`
  const file = await calls.open(temporary, 'wx', 0o600)
  try {
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await calls.rename(temporary, path)
  } catch (error) {
    await calls.unlink(temporary).catch(() => undefined)
    throw error
  }
  // Windows cannot open a directory; its rename is journalled by the file system.
  if (process.platform === 'win32') return
  const directory = await calls.open(dirname(path), 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
