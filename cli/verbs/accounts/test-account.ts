import type { AccountSummary, ConnectionTestReport } from '../../../shared/features/accounts/model'
import { mailServiceOf } from '../../../shared/features/accounts/services'
import { asErrorCode, type Failure, SiegelError } from '../../../shared/kit/result'
import type { Arguments } from '../../kit/arguments'
import { loadFolders } from '../../kit/folders'
import { withSession } from '../../kit/session'
import { errorWords } from '../../kit/words/error-words'
import type { Output } from '../../kit/words/output'

/** The first step of a server's report that failed, as a failure with the facts its words need. */
function stepFailure({ endpoint, steps, certificate }: ConnectionTestReport['imap']): Failure | null {
  const bad = steps.find(step => step.outcome === 'failed')
  if (!bad) return null
  return {
    code: asErrorCode(bad.code ?? 'internal'),
    retryable: false,
    params: {
      host: endpoint.host,
      port: endpoint.port,
      detail: bad.detail,
      capability: bad.detail,
      reason: certificate?.reason ?? bad.detail,
      fingerprint256: certificate?.fingerprint256 ?? '',
    },
  }
}

/** Tries the mail servers of an account and prints each step; the exit code is 1 where one failed. `check` may throw before. */
export async function testAccount(
  options: Arguments,
  output: Output,
  address: string,
  check: (account: AccountSummary) => void = () => undefined,
): Promise<void> {
  const report = await withSession(options, async session => {
    const account = (await loadFolders(session)).account(address)
    check(account)
    const mail = mailServiceOf(account)
    if (mail === null) throw new SiegelError('account-is-local', {})
    return session.call('accounts.test', {
      mail,
      password: null,
      accountId: account.id,
    })
  })
  const failure = [report.imap, report.smtp].map(stepFailure).find(each => each !== null)
  const words = failure ? { code: failure.code, message: errorWords(failure) } : null
  output.result(words ? { ...report, error: words } : report, () =>
    [report.imap, report.smtp].flatMap(server => [
      `${server.protocol} ${server.endpoint.host}:${server.endpoint.port}: ${server.ok ? 'ok' : 'failed'}`,
      ...server.steps.map(step => `  ${step.step.padEnd(12)} ${step.outcome}  ${step.detail}`),
    ]),
  )
  if (words && !output.json) output.error(words)
  if (!report.ok) process.exitCode = 1
}
