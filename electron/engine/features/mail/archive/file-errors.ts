import { SiegelError } from '../../../../../shared/kit/result'

/** A file system error as an expected failure; anything that is none is thrown on. */
export function fileError(
  error: unknown,
  code: 'file-unreadable' | 'file-unwritable',
  path: string,
): unknown {
  if (error instanceof SiegelError || !(error instanceof Error) || !('code' in error)) return error
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT')
    return new SiegelError('disk-full', { path }, { cause: error })
  if (error.code === 'EEXIST') return new SiegelError('file-exists', { path }, { cause: error })
  return new SiegelError(code, { path, reason: String(error.code) }, { cause: error })
}

/** Throws `cancelled` once the signal has aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new SiegelError('cancelled')
}
