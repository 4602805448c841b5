import { open, readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { SiegelError } from '../../../shared/kit/result'
import type { FilePort } from '../ports/files'

const tries = 1000

const reason = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown'

/** "report.pdf", "report (2).pdf", "report (3).pdf", ... */
function variant(fileName: string, at: number): string {
  if (at === 1) return fileName
  const extension = extname(fileName)
  return `${fileName.slice(0, fileName.length - extension.length)} (${at})${extension}`
}

/** False when there is a file of that name already. */
async function isCreated(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    return true
  } catch (error) {
    if (reason(error) === 'EEXIST') return false
    if (reason(error) === 'ENOSPC') throw new SiegelError('disk-full', { path }, { cause: error })
    throw new SiegelError('file-unwritable', { path, reason: reason(error) }, { cause: error })
  }
}

/** Files outside the profile. `wx` refuses an existing file or link, so nothing is ever overwritten or followed. */
export const userFiles: FilePort = {
  async read(path, maxBytes) {
    try {
      const facts = await stat(path)
      if (!facts.isFile()) throw new SiegelError('file-unreadable', { path, reason: 'not a file' })
      if (facts.size > maxBytes) throw new SiegelError('too-large', { path, limitBytes: maxBytes })
      return new Uint8Array(await readFile(path))
    } catch (error) {
      if (error instanceof SiegelError) throw error
      throw new SiegelError('file-unreadable', { path, reason: reason(error) }, { cause: error })
    }
  },
  async writeNew(directory, fileName, bytes) {
    for (let at = 1; at <= tries; at += 1) {
      const path = join(directory, variant(fileName, at))
      if (await isCreated(path, bytes)) return path
    }
    throw new SiegelError('file-exists', { path: join(directory, fileName) })
  },
  async create(path, bytes) {
    if (!(await isCreated(path, bytes))) throw new SiegelError('file-exists', { path })
  },
}
