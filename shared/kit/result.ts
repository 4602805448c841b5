import {
  type CodeWithFacts,
  type ErrorCode,
  errorFacts,
  type FactName,
  type ParamsOf,
  type PlaceParams,
} from './error-facts'

export type { ErrorCode } from './error-facts'

/** Every code, for lists and schemas. */
export const errorCodes = Object.keys(errorFacts) as readonly ErrorCode[]

/** Facts of a failure whose code is known only when it happens; any may be missing. */
export type ErrorParams = Readonly<Partial<Record<FactName, string | number>>>

/** An expected failure as a value. `retryable`: the same call may succeed later without the user changing anything. */
export type Failure = Readonly<{ code: ErrorCode; retryable: boolean; params: ErrorParams }>

/** What every door answers. Electron flattens thrown errors, so failures travel as values. */
export type Result<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; error: Failure }>

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
export const failed = (error: Failure): Result<never> => ({ ok: false, error })

const retryableCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'offline',
  'name-unresolved',
  'connection-refused',
  'connection-timeout',
  'connection-lost',
  'server-unavailable',
  'server-full',
  'login-not-now',
  'proxy-failed',
  'keychain-locked',
  'profile-in-use',
])

interface ErrorOptions {
  readonly retryable?: boolean
  readonly cause?: unknown
}

/**
 * An expected failure on its way up inside one process. Use cases throw it, the doors turn it into a
 * `Failure`. Anything else that is thrown is a bug and becomes `internal`.
 */
export interface SiegelError extends Error {
  readonly code: ErrorCode
  readonly params: ErrorParams
  readonly retryable: boolean
  toFailure(): Failure
}

/** How one is made: with the facts that `error-facts.ts` lists for its code, and no others. */
interface SiegelErrorConstructor {
  new <C extends CodeWithFacts>(code: C, params: ParamsOf<C>, options?: ErrorOptions): SiegelError
  new <C extends Exclude<ErrorCode, CodeWithFacts>>(
    code: C,
    params?: ParamsOf<C>,
    options?: ErrorOptions,
  ): SiegelError
  readonly prototype: SiegelError
}

class ExpectedFailure extends Error implements SiegelError {
  readonly code: ErrorCode
  readonly params: ErrorParams
  readonly retryable: boolean

  constructor(code: ErrorCode, params: ErrorParams = {}, options: ErrorOptions = {}) {
    super(
      `${code} ${JSON.stringify(params)}`,
      options.cause === undefined ? undefined : { cause: options.cause },
    )
    this.name = 'SiegelError'
    this.code = code
    this.params = params
    this.retryable = options.retryable ?? retryableCodes.has(code)
  }

  toFailure(): Failure {
    return { code: this.code, retryable: this.retryable, params: this.params }
  }
}

export const SiegelError: SiegelErrorConstructor = ExpectedFailure

interface MakeFailure {
  <C extends CodeWithFacts>(code: C, params: ParamsOf<C>, options?: ErrorOptions): Failure
  <C extends Exclude<ErrorCode, CodeWithFacts>>(
    code: C,
    params?: ParamsOf<C>,
    options?: ErrorOptions,
  ): Failure
}

/** A failure as a value, where nothing is thrown. */
export const makeFailure: MakeFailure = (
  code: ErrorCode,
  params: ErrorParams = {},
  options: ErrorOptions = {},
) => new ExpectedFailure(code, params, options).toFailure()

/** A failure that came as a value (another process, a stored problem) as an error again. Facts may have been lost on its way. */
export const asError = (
  { code, params = {}, retryable }: Readonly<{ code: ErrorCode; params?: ErrorParams; retryable?: boolean }>,
  cause?: unknown,
): SiegelError =>
  new ExpectedFailure(code, params, { ...(retryable === undefined ? {} : { retryable }), cause })

/** The same error with what is known about the place where it happened. */
export const withPlace = (error: SiegelError, place: PlaceParams, cause: unknown = error): SiegelError =>
  asError({ code: error.code, retryable: error.retryable, params: { ...error.params, ...place } }, cause)

const mostKinds = 5

/** Keys that are sound and of no kind that is known here; `kinds` names them, as often as they come. */
export const unsupportedKind = (kinds: readonly string[]): SiegelError =>
  new SiegelError('key-kind-unsupported', { kind: [...new Set(kinds)].slice(0, mostKinds).join(', ') })

/** Any thrown value as a Failure; what is not a SiegelError is a bug and says nothing of its text. */
export function toFailure(error: unknown): Failure {
  if (error instanceof SiegelError) return error.toFailure()
  return {
    code: 'internal',
    retryable: false,
    params: { fault: error instanceof Error ? error.name : typeof error },
  }
}

/** A code that travelled as text. What is not in the list came from a newer or broken peer: `internal`. */
export function asErrorCode(text: string): ErrorCode {
  return errorCodes.find(code => code === text) ?? 'internal'
}
