import { readFile, stat, writeFile } from 'node:fs/promises'
import { SiegelError } from '../../../shared/kit/result'

/** Far above any keyring. */
const keyFileBytes = 10_000_000

/** A file of keys, armored or binary. Throws `file-unreadable`, `too-large`. */
export async function readKeyFile(path: string): Promise<Uint8Array> {
  try {
    if ((await stat(path)).size > keyFileBytes)
      throw new SiegelError('too-large', { limitBytes: keyFileBytes })
    return new Uint8Array(await readFile(path))
  } catch (error) {
    if (error instanceof SiegelError) throw error
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new SiegelError('file-unreadable', { path, reason }, { cause: error })
  }
}

/** Readable by its owner only; never replaces a file. Throws `file-exists`, `file-unwritable`. */
export async function writeKeyFile(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw exists
      ? new SiegelError('file-exists', { path }, { cause: error })
      : new SiegelError('file-unwritable', { path }, { cause: error })
  }
}
