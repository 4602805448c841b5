import { SiegelError } from '../../../shared/kit/result'

/** The result code of a SQLite failure ('SQLITE_FULL', ...), or null for anything else that was thrown. */
export function sqliteCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  return error.code.startsWith('SQLITE_') ? error.code : null
}

/** True when SQLite says that what it read is not what was written (page MAC, page structure). */
export function isDamage(error: unknown): boolean {
  if (error instanceof SiegelError) return error.code === 'store-damaged'
  const code = sqliteCode(error)
  return code !== null && (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
}

/**
 * A SQLite failure as an expected failure where it is one: `disk-full`, `store-damaged`, `profile-in-use`,
 * `file-unwritable`. Everything else is a bug and is given back as it is.
 */
export function asStoreError(error: unknown): unknown {
  const code = sqliteCode(error)
  if (code === null) return error
  if (code === 'SQLITE_FULL') return new SiegelError('disk-full', {}, { cause: error })
  if (isDamage(error)) return new SiegelError('store-damaged', { detail: code }, { cause: error })
  if (code.startsWith('SQLITE_BUSY') || code === 'SQLITE_LOCKED') {
    return new SiegelError('profile-in-use', {}, { cause: error })
  }
  if (
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    code.startsWith('SQLITE_IOERR')
  ) {
    return new SiegelError('file-unwritable', { path: 'store.db', reason: code }, { cause: error })
  }
  return error
}
