import { useTranslation } from 'react-i18next'
import type { SyncStatus } from '../../../shared/kit/status'
import { useHost } from '../../host/host-context'
import { useFailureWords } from '../../i18n/use-failure-words'
import { useFormat } from '../../i18n/use-format'
import { runCommand } from '../../state/run-command'
import { useMinute } from '../../state/time/use-minute'
import { Button } from '../../ui/actions/button'
import { Progress } from '../../ui/feedback/progress'
import { ListRow } from '../../ui/layout/list-row'

/** One service of an account: what it does now, how far it is, when the server was last asked. */
export function AccountActivity({
  name,
  isOff,
  status,
}: Readonly<{ name: string; isOff: boolean; status: SyncStatus | null }>) {
  const { t } = useTranslation('app')
  const format = useFormat()
  const words = useFailureWords()
  const host = useHost()
  const nowMs = useMinute(status?.lastCheckedAtMs)
  if (isOff) return <ListRow title={name} detail={t('sync.offText')} />
  if (status === null || status.state === 'off') return <ListRow title={name} detail={t('sync.never')} />
  const atWork = status.state === 'syncing' ? status.phase : null
  const stateWords =
    status.state === 'idle' || status.state === 'watching' ? t('sync.upToDate') : t(`sync.${status.state}`)
  const phase =
    atWork !== null
      ? t(`sync.phase.${atWork}`, {
          done: format.wholeNumber(status.done),
          total: format.wholeNumber(status.total),
        })
      : stateWords
  return (
    <ListRow
      title={name}
      detail={
        <>
          {status.problem === null ? phase : words(status.problem).what}
          {' · '}
          {status.lastCheckedAtMs === null
            ? t('sync.never')
            : t('sync.checked', { when: format.relativeMinutes(status.lastCheckedAtMs, nowMs) })}
          {atWork !== null && status.total > 0 ? (
            <Progress label={phase} value={status.done / status.total} />
          ) : null}
        </>
      }
      actions={
        atWork === 'objects' ? (
          <Button
            variant="plain"
            onPress={() => void runCommand(host, 'accounts.stopDav', { accountId: status.accountId })}
          >
            {t('sync.stopPass')}
          </Button>
        ) : undefined
      }
    />
  )
}
