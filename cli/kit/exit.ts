import { type Failure, SiegelError, toFailure } from '../../shared/kit/result'

/** 0 ok, 1 failed, 2 usage. */
export type ExitCode = 0 | 1 | 2

/** The command line was used wrongly; the message says how. */
export class UsageError extends Error {
  readonly hint: string
  constructor(message: string, hint = 'See: npm run cli -- --help') {
    super(message)
    this.name = 'UsageError'
    this.hint = hint
  }
}

export const exitCodeOf = (error: unknown): ExitCode => (error instanceof UsageError ? 2 : 1)

/** Any thrown value as what is printed: a code and one clear line. */
export function describe(
  error: unknown,
  words: (failure: Failure) => string,
): { code: string; message: string } {
  if (error instanceof UsageError) return { code: 'usage', message: `${error.message}. ${error.hint}` }
  const failure = error instanceof SiegelError ? error.toFailure() : toFailure(error)
  return { code: failure.code, message: words(failure) }
}
