import { useTranslation } from 'react-i18next'
import type { AppStatus } from '../../shared/model/status'
import { useHost } from '../host/host-context'
import { useFailureWords } from '../i18n/use-failure-words'
import { runCommand } from '../state/run-command'
import { FailureSheet } from './failure-sheet'

/** The profile could not be opened. Under a passphrase the lock screen is the place to try again. */
export function FailedScreen({ status }: Readonly<{ status: AppStatus }>) {
  const { t } = useTranslation('app')
  const host = useHost()
  const problem = useFailureWords()(status.problem ?? { code: 'internal' })
  const retry = () => runCommand(host, 'app.unlock', { passphrase: null })
  return (
    <FailureSheet
      title={t('failed.title')}
      problem={problem}
      fix={problem.fix}
      onRetry={status.custody === 'passphrase' ? null : retry}
    />
  )
}
