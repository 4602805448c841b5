import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '../../../shared/features/writing/model'
import { assertNever } from '../../../shared/kit/assert-never'
import { useHost } from '../../host/host-context'
import { inSentences } from '../../i18n/describe-failure'
import { useFailureWords } from '../../i18n/use-failure-words'
import { useFormat } from '../../i18n/use-format'
import { useLiveQuery } from '../../state/live/use-live-query'
import { runCommand } from '../../state/run-command'
import { useSecondsUntil } from '../../state/time/use-seconds-until'
import { openDraft } from '../../state/ui-store'
import { Button } from '../../ui/actions/button'
import { ListRow } from '../../ui/layout/list-row'

/** Recipients named in the line; the others are counted, and stand in the draft. */
const mostNamed = 3

/** One message to be sent (`isOff`: from an account that is switched off): its state, why it failed, and what can be done. */
export function OutboxRow({ item, isOff }: Readonly<{ item: OutboxItem; isOff: boolean }>) {
  const { t } = useTranslation(['app', 'common', 'mail'])
  const host = useHost()
  const format = useFormat()
  const words = useFailureWords()
  const settings = useLiveQuery('settings.get', {})
  const nowMs = useSecondsUntil(item.state === 'queued' ? item.nextAttemptAtMs : null)
  const problem = item.problem === null ? null : words(item.problem)

  const toDrafts = async () => {
    const draft = await runCommand(host, 'outbox.cancel', { outboxId: item.id })
    if (draft !== null) openDraft(draft.id)
  }
  const retry = () => void runCommand(host, 'outbox.retry', { outboxId: item.id })
  const resolve = (as: 'sent' | 'send-again') =>
    void runCommand(host, 'outbox.resolve', { outboxId: item.id, as })

  const stateWords = (() => {
    switch (item.state) {
      case 'queued': {
        if (settings.data?.offline === true) return t('app:activity.state.queuedOffline')
        if (isOff) return t('app:activity.state.queuedOff')
        const when = format.timeToCome(item.nextAttemptAtMs, nowMs)
        if (when === null) return t('app:activity.state.queued')
        return item.attempts === 0
          ? t('app:activity.state.queuedUntil', { when })
          : t('app:activity.state.retryAt', { when })
      }
      case 'sent':
        return t('app:activity.state.sent', { when: format.relativeTime(item.sentAtMs ?? item.queuedAtMs) })
      case 'sending':
      case 'failed':
      case 'unknown':
        return t(`app:activity.state.${item.state}`)
      default:
        return assertNever(item.state)
    }
  })()

  return (
    <ListRow
      title={item.subject || t('common:noSubject')}
      detail={
        <>
          <span
            className={item.state === 'failed' || item.state === 'unknown' ? 'activity-trouble' : undefined}
          >
            {stateWords}
          </span>
          {' · '}
          {t('app:activity.to', { recipients: item.recipients.slice(0, mostNamed).join(', ') })}
          {item.recipients.length > mostNamed
            ? ` ${t('mail:reader.people', { count: item.recipients.length - mostNamed })}`
            : ''}
          {item.state === 'unknown' ? <p>{t('app:activity.unknownText')}</p> : null}
          {problem === null || item.state === 'unknown' ? null : (
            <p>
              {inSentences([
                problem.what,
                problem.fix,
                item.problem?.stage === undefined
                  ? ''
                  : t('app:problem.stage', { stage: t(`app:problem.stages.${item.problem.stage}`) }),
                ...problem.facts,
              ])}
            </p>
          )}
        </>
      }
      actions={
        item.state === 'unknown' ? (
          <>
            <Button variant="plain" onPress={() => resolve('sent')}>
              {t('app:activity.wasSent')}
            </Button>
            <Button variant="plain" onPress={() => resolve('send-again')}>
              {t('app:activity.sendAgain')}
            </Button>
          </>
        ) : item.state === 'failed' || item.state === 'queued' ? (
          <>
            {item.state === 'failed' || (item.attempts > 0 && !isOff) ? (
              <Button variant="plain" onPress={retry}>
                {t('common:retry')}
              </Button>
            ) : null}
            <Button variant="plain" onPress={() => void toDrafts()}>
              {t('app:activity.cancelSend')}
            </Button>
          </>
        ) : undefined
      }
    />
  )
}
