import type { TFunction } from 'i18next'
import { serviceKind } from '../../shared/features/accounts/model'
import { type ErrorThing, errorThings, type FactName } from '../../shared/kit/error-facts'
import { type ErrorCode, type ErrorParams, errorCodes } from '../../shared/kit/result'
import { brokenWords } from './protocol-details'

/** A failure in words: what failed, why, what to do, and the facts that came with it. */
export type FailureWords = Readonly<{ what: string; why: string; fix: string; facts: readonly string[] }>

const codes: ReadonlySet<string> = new Set(errorCodes)

/** A code this program has no words for (a newer engine, a damaged row) is an internal failure. */
const codeOf = (code: string): ErrorCode => (codes.has(code) ? (code as ErrorCode) : 'internal')

/** So many messages are named at most where some are withheld. */
const namedMessages = 3

const thingNamed = (name: string | null): ErrorThing | undefined => errorThings.find(thing => thing === name)

/** Words of several hands one after the other, each ended: a server seldom sets a full stop. */
export const inSentences = (parts: readonly string[]): string =>
  parts
    .filter(part => part !== '')
    .map(part => (/[.!?…][”“"’)]?$/.test(part) ? part : `${part}.`))
    .join(' ')

/** Works for `Failure` and for the looser `problem` of accounts, outbox and tasks. */
export function describeFailure(
  t: TFunction<['errors', 'app', 'things']>,
  failure: Readonly<{ code: string; params?: ErrorParams; detail?: string }>,
): FailureWords {
  const code = codeOf(failure.code)
  const params = failure.params ?? {}
  const fact = (name: FactName): string | null => {
    const value = params[name]
    return value === undefined || value === '' ? null : String(value)
  }
  const host = fact('host')
  const port = fact('port')
  const detail = fact('detail') ?? (failure.detail || null)
  // Names of error conditions are ours or the library's; no server said them.
  const isOurs = code === 'protocol-violation'
  const isTechnical = detail !== null && (isOurs || /^[A-Z][A-Z0-9_]+$/.test(detail))
  const broken = isOurs && detail !== null ? brokenWords(detail) : null
  const mailbox = fact('mailbox')
  const messages = fact('messages')
  const count = Number(params.count ?? 0)
  const address = fact('address')
  const file = fact('path') ?? fact('file')
  const facts = [
    host === null ? null : t('app:problem.server', { server: port === null ? host : `${host}:${port}` }),
    mailbox === null ? null : t('app:problem.mailbox', { mailbox }),
    messages === null
      ? null
      : t(count > namedMessages ? 'app:problem.messagesOf' : 'app:problem.messages', { messages, count }),
    address === null ? null : t('app:problem.address', { address }),
    file === null ? null : t('app:problem.file', { file }),
    detail === null
      ? null
      : broken !== null
        ? t(`app:problem.broken.${broken}`)
        : t(isTechnical ? 'app:problem.technical' : 'app:problem.serverSays', { text: detail }),
    code === 'internal' ? t('app:problem.code', { code: failure.code }) : null,
  ].filter(words => words !== null)
  // Which facts a sentence may name, `wordsForErrors` holds; a stored problem may have lost them.
  const thing = thingNamed(fact('what'))
  const service = serviceKind.options.find(each => each === fact('service'))
  const named = {
    kind: fact('kind') ?? '?',
    name: fact('name') ?? t('app:problem.thisAccount'),
    service: service ? t(`app:service.${service}`) : t('app:problem.aService'),
    what: thing ? t(`things:${thing}`) : t('app:problem.something'),
  }
  const words = (part: 'what' | 'why' | 'fix'): string => t(`errors:${code}.${part}`, named)
  return { what: words('what'), why: words('why'), fix: words('fix'), facts }
}
