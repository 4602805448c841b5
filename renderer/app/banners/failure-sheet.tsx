import '../screens/screen.css'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FailureWords } from '../../i18n/describe-failure'
import { Button } from '../../ui/actions/button'
import { Seal } from '../../ui/feedback/seal'

/** A whole screen for what stops everything: what failed, why, what to do, that nothing is lost, and trying again. */
export function FailureSheet({
  title,
  problem,
  fix,
  onRetry,
  children,
}: Readonly<{
  title: string
  problem: FailureWords
  /** What to do, when trying again is not all. */
  fix?: string
  onRetry: () => Promise<unknown>
  /** Buttons for what else can be done. */
  children?: ReactNode
}>) {
  const { t } = useTranslation(['app', 'common'])
  const [busy, setBusy] = useState(false)
  const retry = async (work: () => Promise<unknown>) => {
    setBusy(true)
    await work()
    setBusy(false)
  }
  return (
    <main className="screen">
      <div className="screen-sheet" role="alert">
        <Seal size={40} />
        <h1 className="screen-title">{title}</h1>
        <p className="screen-text">
          <strong>{problem.what}.</strong> {problem.why}
        </p>
        {fix === undefined ? null : <p className="screen-text">{fix}</p>}
        <p className="screen-text">{t('app:failed.nothingLost')}</p>
        <div className="screen-form">
          <Button variant="primary" busy={busy} onPress={() => void retry(onRetry)}>
            {t('common:retry')}
          </Button>
          {children}
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
