import { SiegelError } from '../../../shared/kit/result'

/** A failed write as what a person can do something about: `disk-full`, `file-exists` or `file-unwritable`. */
export const writeError = (error: unknown, path: string): unknown => {
  if (error instanceof SiegelError) return error
  const { code } = error as NodeJS.ErrnoException
  if (code === undefined) return error
  if (code === 'ENOSPC' || code === 'EDQUOT') return new SiegelError('disk-full', { path }, { cause: error })
  if (code === 'EEXIST') return new SiegelError('file-exists', { path }, { cause: error })
  return new SiegelError('file-unwritable', { path, reason: code }, { cause: error })
}
