import type { TFunction } from 'i18next'
import { type ErrorCode, type ErrorParams, errorCodes } from '../../shared/kit/result'

/** A failure in words: what failed, why, what to do, and the facts that came with it. */
export type FailureWords = Readonly<{ what: string; why: string; fix: string; facts: readonly string[] }>

const codes: ReadonlySet<string> = new Set(errorCodes)

/** A code this program has no words for (a newer engine, a damaged row) is an internal failure. */
const codeOf = (code: string): ErrorCode => (codes.has(code) ? (code as ErrorCode) : 'internal')

/** So many messages are named at most where some are withheld. */
const namedMessages = 3

const textOf = (params: ErrorParams, ...names: readonly string[]): string | null => {
  for (const name of names) {
    const value = params[name]
    if (value !== undefined && value !== '') return String(value)
  }
  return null
}

/** Works for `Failure` and for the looser `problem` of accounts, outbox and tasks. */
export function describeFailure(
  t: TFunction<['errors', 'app']>,
  failure: Readonly<{ code: string; params?: ErrorParams; detail?: string }>,
): FailureWords {
  const code = codeOf(failure.code)
  const params = failure.params ?? {}
  const host = textOf(params, 'host', 'server')
  const port = textOf(params, 'port')
  const said = textOf(params, 'text', 'serverText', 'response', 'detail') ?? (failure.detail || null)
  // Names of error conditions are ours or the library's; no server said them.
  const isTechnical = said !== null && /^[A-Z][A-Z0-9_]+$/.test(said)
  const path = textOf(params, 'path')
  // A place on the disk; mailboxes have paths too, but those do not begin like this.
  const isOnDisk = path !== null && /^(\/|[A-Za-z]:\\)/.test(path)
  const mailbox = textOf(params, 'mailbox') ?? (isOnDisk ? null : path)
  const messages = textOf(params, 'messages')
  const count = Number(params['count'] ?? 0)
  const address = textOf(params, 'address', 'recipient')
  const file = textOf(params, 'file', 'fileName') ?? (isOnDisk ? path : null)
  const facts = [
    host === null ? null : t('app:problem.server', { server: port === null ? host : `${host}:${port}` }),
    mailbox === null ? null : t('app:problem.mailbox', { mailbox }),
    messages === null
      ? null
      : t(count > namedMessages ? 'app:problem.messagesOf' : 'app:problem.messages', { messages, count }),
    address === null ? null : t('app:problem.address', { address }),
    file === null ? null : t('app:problem.file', { file }),
    said === null
      ? null
      : t(isTechnical ? 'app:problem.technical' : 'app:problem.serverSays', { text: said }),
    code === 'internal' ? t('app:problem.code', { code: failure.code }) : null,
  ].filter(fact => fact !== null)
  const why = t(`errors:${code}.why`, { kind: textOf(params, 'kind') ?? '' })
  return { what: t(`errors:${code}.what`), why, fix: t(`errors:${code}.fix`), facts }
}
