import { readFile } from 'node:fs/promises'
import { SiegelError } from '../../shared/kit/result'

/** A text file the user named. Throws `file-unreadable` with the path and the system's reason. */
export async function readTextFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new SiegelError('file-unreadable', { path, reason }, { cause: error })
  }
}
