import { isServiceOn, isSwitchedOff } from '../../../shared/features/accounts/services'
import { asError, asErrorCode } from '../../../shared/kit/result'
import { loadFolders } from '../../kit/folders'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { errorWords } from '../../kit/words/error-words'
import { stuckTasks, taskLine } from '../../kit/words/task-words'

export const syncVerbs: readonly Verb[] = [
  {
    name: 'sync',
    usage: 'sync [--account A] [--folder F] [--watch]',
    about:
      'Replay queued changes and fetch what is new; --watch stays and reports new mail until interrupted',
    options: { account: { type: 'string' }, folder: { type: 'string' }, watch: { type: 'boolean' } },
    positionals: [0, 0],
    async run(options, output) {
      const watch = options.flag('watch')
      const only = options.text('account') ?? options.text('folder')?.split('/')[0]
      await withSession(
        options,
        async session => {
          const folders = await loadFolders(session)
          const address = options.text('account')
          const folder = options.text('folder')
          const mailbox = folder === undefined ? null : folders.find(folder)
          const accountId = mailbox?.accountId ?? (address === undefined ? null : folders.account(address).id)
          if (watch) {
            session.onEvent((name, payload) => {
              if (name === 'sync' || name === 'changed')
                output.result({ event: name, ...payload }, () => [
                  JSON.stringify({ event: name, ...payload }),
                ])
            })
            await new Promise<void>(resolve => {
              process.once('SIGINT', () => resolve())
              process.once('SIGTERM', () => resolve())
            })
            return
          }
          const { problems, ...totals } = await session.call('sync.run', {
            accountId,
            mailboxId: mailbox?.id ?? null,
          })
          const first = problems[0]
          // One account that fails, or one folder, does not hide what the others fetched; alone it is the answer.
          const lostAccounts = problems.filter(
            ({ problem }) => problem.params['mailbox'] === undefined,
          ).length
          const asked =
            accountId !== null ? 1 : folders.accounts.filter(account => isServiceOn(account, 'mail')).length
          if (first && lostAccounts >= Math.max(1, asked)) {
            throw asError({ ...first.problem, code: asErrorCode(first.problem.code) })
          }
          const words = problems.map(({ problem }) =>
            errorWords({
              code: asErrorCode(problem.code),
              params: problem.params,
            }),
          )
          const tasks = await session.call('tasks.list', {})
          const stuck = stuckTasks(tasks.filter(each => accountId === null || each.accountId === accountId))
          const error = first && { error: { code: first.problem.code, message: words[0] ?? '' } }
          output.result({ ...totals, problems, refused: stuck, ...error }, () => [
            `${totals.new} new of ${totals.messages} messages in ${totals.folders} folders, ${totals.bytes} bytes, ${totals.elapsedMs} ms`,
          ])
          for (const line of words) output.note(line)
          if (accountId === null)
            for (const account of folders.accounts.filter(each => isSwitchedOff(each, 'mail')))
              output.note(`Mail of ${account.config.address} is switched off`)
          for (const task of stuck) output.note(taskLine(task))
          if (stuck.length > 0)
            output.note(
              'These changes did not reach the server. Decide: "tasks --retry ID" or "tasks --discard ID"',
            )
          if (first || stuck.length > 0) process.exitCode = 1
        },
        {
          background: watch,
          watches: address => only === undefined || address.toLowerCase() === only.toLowerCase(),
        },
      )
    },
  },
]
