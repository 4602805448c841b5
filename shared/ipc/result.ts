/**
 * Every expected failure, by name. The list is closed: the renderer and the command line have words
 * for each one (`renderer/i18n`, `cli/errors.ts`), and a test checks that none is missing.
 */
export const errorCodes = [
  // requests
  'bad-request',
  'not-found',
  'conflict',
  'too-large',
  'cancelled',
  'unsupported',
  'internal',
  // profile and keys
  'no-profile',
  'profile-exists',
  'profile-in-use',
  'locked',
  'wrong-passphrase',
  'weak-passphrase',
  'keychain-unavailable',
  'keychain-locked',
  'key-missing',
  'vault-damaged',
  'key-file-missing',
  // store
  'store-newer',
  'store-damaged',
  'store-wrong-key',
  'store-missing',
  'store-unreadable',
  'backup-foreign',
  'backup-cut',
  'backup-damaged',
  'backup-old-form',
  'directory-not-empty',
  'disk-full',
  'file-unreadable',
  'file-unwritable',
  'file-exists',
  // network
  'offline',
  'name-unresolved',
  'connection-refused',
  'connection-timeout',
  'connection-lost',
  'not-permitted',
  'tls-failed',
  'starttls-missing',
  /** TLS was begun at once where the server waits for STARTTLS, or the other way round; found by a connection test. */
  'expects-starttls',
  'expects-tls',
  'starttls-injection',
  'certificate-refused',
  'certificate-changed',
  'proxy-failed',
  // servers
  'login-refused',
  'login-not-now',
  'login-unsupported',
  'server-refused',
  'server-unavailable',
  'protocol-violation',
  'capability-missing',
  'mailbox-missing',
  'message-withheld',
  'quota-exceeded',
  'message-too-large',
  'preauth-refused',
  // sending
  'no-recipient',
  'bad-address',
  'recipient-refused',
  'sender-refused',
  'require-tls-missing',
  'require-tls-refused',
  'send-unknown',
  'no-sent-mailbox',
  // content
  'message-malformed',
  'import-unreadable',
  'body-not-here',
  'nothing-to-undo',
  'account-is-local',
  // OpenPGP
  'no-key',
  'key-locked',
  'thunderbird-no-keys',
  'thunderbird-no-passphrase',
  'thunderbird-damaged',
  'thunderbird-open',
  'primary-password-needed',
  'key-unusable',
  /** Sound, and of a version or with an algorithm that is not known here; `kind` names it. */
  'key-kind-unsupported',
  'key-exists',
  'key-not-backed-up',
  'decrypt-failed',
  'no-integrity',
  'message-changed',
  'cipher-unsupported',
  'passphrase-only',
  /** Also of data that was changed: where the packet with the session key proves nothing, the two cannot be told apart. */
  'message-passphrase-wrong',
  /** A message that asks for more work or memory to try a passphrase than is given. */
  'passphrase-too-costly',
  'self-check-failed',
  'encryption-needs-decision',
  /** An answer to an encrypted message would go to `addresses`, which nothing protected names. */
  'unprotected-address',
  /** A message names more people than are read of one (`limit`): an answer to all would not reach all. */
  'too-many-people',
  /** A draft of another program that is longer than what can be written on here (`limit` characters). */
  'draft-too-long',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** Facts for the words: host, port, mailbox, server text. Never a secret, never mail content. */
export type ErrorParams = Readonly<Record<string, string | number>>

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
  'login-not-now',
  'proxy-failed',
  'keychain-locked',
  'profile-in-use',
])

/**
 * An expected failure on its way up inside one process. Use cases throw it, the doors turn it into a
 * `Failure`. Anything else that is thrown is a bug and becomes `internal`.
 */
export class SiegelError extends Error {
  readonly code: ErrorCode
  readonly params: ErrorParams
  readonly retryable: boolean

  constructor(
    code: ErrorCode,
    params: ErrorParams = {},
    options: { retryable?: boolean; cause?: unknown } = {},
  ) {
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
    params: { name: error instanceof Error ? error.name : typeof error },
  }
}

/** A code that travelled as text. What is not in the list came from a newer or broken peer: `internal`. */
export function asErrorCode(text: string): ErrorCode {
  return errorCodes.find(code => code === text) ?? 'internal'
}
