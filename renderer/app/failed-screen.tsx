import './screen.css'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppStatus } from '../../shared/model/status'
import { useHost } from '../host/host-context'
import { useFailureWords } from '../i18n/use-failure-words'
import { runCommand } from '../state/run-command'
import { Button } from '../ui/button'
import { Seal } from '../ui/seal'

/** The profile could not be opened: what failed, why, what to do, and that nothing is lost. */
export function FailedScreen({ status }: Readonly<{ status: AppStatus }>) {
  const { t } = useTranslation(['app', 'common'])
  const host = useHost()
  const words = useFailureWords()
  const [busy, setBusy] = useState(false)
  const problem = words(status.problem ?? { code: 'internal' })
  const retry = async () => {
    setBusy(true)
    await runCommand(host, 'app.unlock', { passphrase: null })
    setBusy(false)
  }
  return (
    <main className="screen">
      <div className="screen-sheet" role="alert">
        <Seal size={40} />
        <h1 className="screen-title">{t('app:failed.title')}</h1>
        <p className="screen-text">
          <strong>{problem.what}.</strong> {problem.why}
        </p>
        <p className="screen-text">{problem.fix}</p>
        <p className="screen-text">{t('app:failed.nothingLost')}</p>
        {status.custody === 'passphrase' ? null : (
          <div className="screen-form">
            <Button variant="primary" busy={busy} onPress={() => void retry()}>
              {t('common:retry')}
            </Button>
          </div>
        )}
        <div className="screen-facts selectable">
          {problem.facts.map(fact => (
            <p key={fact}>{fact}</p>
          ))}
          <p>{t('app:failed.quitHint')}</p>
        </div>
      </div>
    </main>
  )
}
