import { useTranslation } from 'react-i18next'
import type { TaskSummary } from '../../../shared/features/writing/model'
import { useHost } from '../../host/host-context'
import { inSentences } from '../../i18n/describe-failure'
import { useFailureWords } from '../../i18n/use-failure-words'
import { useFormat } from '../../i18n/use-format'
import { runCommand } from '../../state/run-command'
import { useSecondsUntil } from '../../state/time/use-seconds-until'
import { Button } from '../../ui/actions/button'
import { ListRow } from '../../ui/layout/list-row'

/** One change on its way to the server (`isOff`: of an account that is switched off); one that failed can be tried again or given up. */
export function TaskRow({ task, isOff }: Readonly<{ task: TaskSummary; isOff: boolean }>) {
  const { t } = useTranslation(['app', 'common'])
  const host = useHost()
  const words = useFailureWords()
  const format = useFormat()
  const problem = task.problem === null ? null : words(task.problem)
  const failed = task.state === 'failed'
  // No server saw it, and another try reads it no better.
  const isUnreadable = task.problem?.code === 'task-unreadable'
  const nowMs = useSecondsUntil(task.nextAttemptAtMs)
  const when = format.timeToCome(task.nextAttemptAtMs, nowMs)
  const stateWords = () => {
    if (task.state === 'done') return null
    if (isOff && task.state !== 'failed') return t('app:activity.state.changeOff')
    if (task.waitsFor !== null && task.state !== 'running') return t('app:activity.taskState.blocked')
    if (task.state === 'waiting' && when !== null) return t('app:activity.state.retryAt', { when })
    return t(`app:activity.taskState.${task.state}`)
  }
  return (
    <ListRow
      title={t(`app:activity.task.${task.kind}`, { count: task.kind === 'unknown' ? 1 : task.messageCount })}
      detail={
        <>
          {task.mailboxName === null ? null : `${task.mailboxName} · `}
          {isUnreadable ? null : (
            <span className={failed ? 'activity-trouble' : undefined}>{stateWords()}</span>
          )}
          {problem === null
            ? null
            : isUnreadable
              ? inSentences([problem.why, problem.fix])
              : ` · ${inSentences([problem.what, problem.fix, ...problem.facts])}`}
        </>
      }
      actions={
        failed || task.problem !== null ? (
          <>
            {isUnreadable ? null : (
              <Button
                variant="plain"
                onPress={() => void runCommand(host, 'tasks.retry', { taskId: task.id })}
              >
                {t('common:retry')}
              </Button>
            )}
            <Button
              variant="plain"
              onPress={() => void runCommand(host, 'tasks.discard', { taskId: task.id })}
            >
              {t('app:activity.giveUp')}
            </Button>
          </>
        ) : undefined
      }
    />
  )
}
