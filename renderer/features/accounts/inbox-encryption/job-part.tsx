import { useTranslation } from 'react-i18next'
import type { InboxEncryptionStatus } from '../../../../shared/features/inbox-encryption/model'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { Progress } from '../../../ui/feedback/progress'

/** The running or last job: how far it is, and pause, go on, stop. */
export function JobPart({
  status,
  onChanged,
}: Readonly<{ status: InboxEncryptionStatus; onChanged: () => void }>) {
  const { t } = useTranslation('accounts')
  const host = useHost()
  const { job, accountId } = status
  if (job === null) return null
  const looked = job.done + job.skipped + job.failed
  const isOpen = job.state === 'running' || job.state === 'paused'
  const pause = async (cancel: boolean) => {
    await runCommand(host, 'inboxEncryption.pause', { accountId, cancel })
    onChanged()
  }
  const resume = async () => {
    await runCommand(host, 'inboxEncryption.resume', { accountId })
    onChanged()
  }
  return (
    <div className="inbox-encryption-job">
      <p role="status">
        <strong>{t(`inbox.job.${job.kind}`)}</strong>
        {' · '}
        {t(`inbox.state.${job.state}`)}
        {' · '}
        {t('inbox.counts', { done: job.done, total: job.total, skipped: job.skipped })}
        {job.failed > 0 ? ` · ${t('inbox.failed', { count: job.failed })}` : ''}
      </p>
      {isOpen ? (
        <>
          <Progress
            label={t(`inbox.job.${job.kind}`)}
            value={job.total === 0 ? 0 : Math.min(1, looked / job.total)}
          />
          <div className="settings-buttons">
            {job.state === 'running' ? (
              <Button onPress={() => void pause(false)}>{t('inbox.pause')}</Button>
            ) : (
              <Button onPress={() => void resume()}>{t('inbox.resume')}</Button>
            )}
            <Button variant="plain" onPress={() => void pause(true)}>
              {t('inbox.cancel')}
            </Button>
          </div>
        </>
      ) : null}
    </div>
  )
}
