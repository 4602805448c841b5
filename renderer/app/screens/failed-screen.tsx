import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppStatus } from '../../../shared/kit/status'
import { RestoreDialog } from '../../features/onboarding/restore-dialog'
import { useHost } from '../../host/host-context'
import { useFailureWords } from '../../i18n/use-failure-words'
import { runCommand } from '../../state/run-command'
import { Button } from '../../ui/actions/button'
import { FailureSheet } from '../banners/failure-sheet'

/** Key or store are gone or do not fit: a backup helps, or beginning anew with what is here set aside. */
const lost: ReadonlySet<string> = new Set([
  'key-missing',
  'key-file-missing',
  'vault-damaged',
  'store-missing',
  'store-unreadable',
  'store-damaged',
  'store-wrong-key',
])

/** The profile could not be opened: why, and what can be done about it. Under a passphrase trying again asks for it. */
export function FailedScreen({ status }: Readonly<{ status: AppStatus }>) {
  const { t } = useTranslation('app')
  const host = useHost()
  const [restoring, setRestoring] = useState(false)
  const code = status.problem?.code ?? 'internal'
  const problem = useFailureWords()(status.problem ?? { code })
  // What comes of it this screen shows.
  const retry = () =>
    status.custody === 'passphrase'
      ? host.call('app.lock', {})
      : host.call('app.unlock', { passphrase: null })
  return (
    <>
      <FailureSheet title={t('failed.title')} problem={problem} fix={problem.fix} onRetry={retry}>
        {lost.has(code) ? (
          <>
            <Button onPress={() => setRestoring(true)}>{t('failed.restore')}</Button>
            <Button variant="plain" onPress={() => void runCommand(host, 'profile.startAnew', {})}>
              {t('failed.startAnew')}
            </Button>
          </>
        ) : null}
      </FailureSheet>
      {restoring ? <RestoreDialog onClose={() => setRestoring(false)} /> : null}
    </>
  )
}
