import type { PlaceParams } from '../../../../../shared/kit/error-facts'
import { asError, type ErrorCode, SiegelError } from '../../../../../shared/kit/result'
import { judgeRefusedLogin } from '../../../ports/net/login-refusal'

/** What imapflow's errors carry. Read as unknown values: some are Node's, some its own. */
type WireErrorFacts = {
  code?: unknown
  message?: unknown
  responseStatus?: unknown
  responseText?: unknown
  response?: unknown
  reason?: unknown
  authenticationFailed?: unknown
  serverResponseCode?: unknown
  tlsFailed?: unknown
}

/** Response codes (RFC 5530, RFC 3501 §7.1, RFC 9208, RFC 7889) that say more than NO. */
const codeOfResponse: Readonly<Record<string, ErrorCode>> = {
  OVERQUOTA: 'quota-exceeded',
  TRYCREATE: 'mailbox-missing',
  NONEXISTENT: 'mailbox-missing',
  TOOBIG: 'message-too-large',
  UNAVAILABLE: 'server-unavailable',
  INUSE: 'server-unavailable',
  LIMIT: 'server-unavailable',
  SERVERBUG: 'server-unavailable',
  THROTTLED: 'server-unavailable',
}

const violationCodes: ReadonlySet<unknown> = new Set([
  'LineTooLarge',
  'LiteralTooLarge',
  'ResponseTooLarge',
  'TooManyTokens',
  'TooManyResponses',
  'UnexpectedTag',
  'MissingTag',
  'InvalidResponse',
  'ResponseProcessingFailed',
  'MAX_IMAP_NESTING_REACHED',
  'ParserErrorInternal',
  'ParserError',
])
const timeoutCodes: ReadonlySet<unknown> = new Set([
  'CONNECT_TIMEOUT',
  'GREETING_TIMEOUT',
  'UPGRADE_TIMEOUT',
  'ETIMEOUT',
  'ETIMEDOUT',
])
const lostCodes: ReadonlySet<unknown> = new Set([
  'NoConnection',
  'EConnectionClosed',
  'StateLogout',
  'ClosedAfterConnectText',
  'ClosedAfterConnectTLS',
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_DESTROYED',
])

/** Server text fit for display and logs: one line, no control characters, at most 300 characters. */
export function serverText(text: unknown): string {
  return typeof text === 'string'
    ? text
        .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
        .trim()
        .slice(0, 300)
    : ''
}

/**
 * Any error of imapflow or its socket as SiegelError. NO and BAD keep the server's words in `detail`; what has no
 * name of its own is a `protocol-violation`. `facts` are added to the params (host, mailbox), and the response code of
 * a NO as `serverCode`. `wasAccepted`: the server took the same password before.
 */
export function mapImapError(
  error: unknown,
  facts: PlaceParams = {},
  options: { wasAccepted?: boolean } = {},
): SiegelError {
  if (error instanceof SiegelError) return error
  const wire: WireErrorFacts = error instanceof Error ? error : {}
  const serverCode = wire.responseStatus === 'NO' ? responseCodeName(wire) : ''
  const known = { ...facts, ...(serverCode === '' ? {} : { serverCode }) }
  const make = (code: ErrorCode, detail: unknown) =>
    asError({ code, params: { ...known, detail: serverText(detail) } }, error)

  if (wire.authenticationFailed === true) return mapLoginError(wire, options.wasAccepted === true, make)
  if (wire.message === 'Unsupported authentication mechanism') return make('login-unsupported', wire.message)
  // Microsoft 365 says it with BAD, also to a login.
  if (wire.code === 'ETHROTTLE') return make('server-unavailable', wire.responseText)
  if (wire.responseStatus === 'NO') {
    const byCode = codeOfResponse[serverCode]
    if (byCode) return make(byCode, wire.responseText)
    if (/\bquota\b/i.test(serverText(wire.responseText))) return make('quota-exceeded', wire.responseText)
    if (/too (large|big)/i.test(serverText(wire.responseText)))
      return make('message-too-large', wire.responseText)
    return make('server-refused', wire.responseText)
  }
  if (wire.responseStatus === 'BAD') return make('server-refused', wire.responseText)
  if (wire.responseStatus === 'BYE' || typeof wire.reason === 'string')
    return make('server-unavailable', wire.reason)
  if (wire.code === 'STARTTLS_INJECTION') return make('starttls-injection', '')
  if (violationCodes.has(wire.code) || /^ParserError/.test(String(wire.code ?? '')))
    return make('protocol-violation', wire.message)
  if (timeoutCodes.has(wire.code)) return make('connection-timeout', '')
  if (lostCodes.has(wire.code)) return make('connection-lost', '')
  if (wire.tlsFailed === true) return make('starttls-missing', '')
  return make('protocol-violation', wire.message)
}

function mapLoginError(
  wire: WireErrorFacts,
  wasAccepted: boolean,
  make: (code: ErrorCode, detail: unknown) => SiegelError,
): SiegelError {
  const text = wire.response ?? wire.responseText ?? wire.message
  if (wire.message === 'Login is disabled' || wire.message === 'No matching authentication method') {
    return make('login-unsupported', text)
  }
  const responseCode =
    typeof wire.serverResponseCode === 'string' ? wire.serverResponseCode.toUpperCase() : ''
  return make(judgeRefusedLogin({ responseCode, text: serverText(text), wasAccepted }), text)
}

function responseCodeName(wire: WireErrorFacts): string {
  const response = wire.response as { attributes?: { section?: { value?: unknown }[] }[] } | undefined
  const name = response?.attributes?.[0]?.section?.[0]?.value
  return typeof name === 'string' ? name.toUpperCase().slice(0, 40) : ''
}
