import './screen.css'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/ipc/result'
import { useHost } from '../host/host-context'
import { useFailureWords } from '../i18n/use-failure-words'
import { askAppState } from '../state/app-store'
import { Button } from '../ui/button'
import { Seal } from '../ui/seal'

/** The program around the page did not answer, so nothing is known of the profile yet: why, and try again. */
export function StartFailedScreen({ failure }: Readonly<{ failure: Failure }>) {
  const { t } = useTranslation(['app', 'common'])
  const host = useHost()
  const [busy, setBusy] = useState(false)
  const problem = useFailureWords()(failure)
  const retry = async () => {
    setBusy(true)
    await askAppState(host)
    setBusy(false)
  }
  return (
    <main className="screen">
      <div className="screen-sheet" role="alert">
        <Seal size={40} />
        <h1 className="screen-title">{t('app:failed.startTitle')}</h1>
        <p className="screen-text">
          <strong>{problem.what}.</strong> {problem.why}
        </p>
        <p className="screen-text">{t('app:failed.nothingLost')}</p>
        <div className="screen-form">
          <Button variant="primary" busy={busy} onPress={() => void retry()}>
            {t('common:retry')}
          </Button>
        </div>
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
