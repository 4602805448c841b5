import { useTranslation } from 'react-i18next'
import type { TaskSummary } from '../../shared/model/compose'
import { useHost } from '../host/host-context'
import { useFailureWords } from '../i18n/use-failure-words'
import { runCommand } from '../state/run-command'
import { Button } from '../ui/button'
import { ListRow } from '../ui/list-row'

/** One change on its way to the server; one that failed can be tried again or given up. */
export function TaskRow({ task }: Readonly<{ task: TaskSummary }>) {
  const { t } = useTranslation(['app', 'common'])
  const host = useHost()
  const words = useFailureWords()
  const problem = task.problem === null ? null : words(task.problem)
  const failed = task.state === 'failed'
  return (
    <ListRow
      title={t(`app:activity.task.${task.kind}`, { count: task.messageCount })}
      detail={
        <>
          {task.state === 'done' ? null : (
            <span className={failed ? 'activity-trouble' : undefined}>
              {t(`app:activity.taskState.${task.state}`)}
            </span>
          )}
          {problem === null ? null : ` · ${problem.what}. ${problem.fix} ${problem.facts.join(' ')}`}
        </>
      }
      actions={
        failed ? (
          <>
            <Button variant="plain" onPress={() => void runCommand(host, 'tasks.retry', { taskId: task.id })}>
              {t('common:retry')}
            </Button>
            <Button
              variant="plain"
              onPress={() => void runCommand(host, 'tasks.discard', { taskId: task.id })}
            >
              {t('common:discard')}
            </Button>
          </>
        ) : undefined
      }
    />
  )
}
