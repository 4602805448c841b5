import './onboarding.css'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppStatus } from '../../../shared/kit/status'
import { Button } from '../../ui/actions/button'
import { Seal } from '../../ui/feedback/seal'
import { KeyStep } from './key-step'
import { type Way, Ways } from './ways'

export type OnboardingProps = Readonly<{
  status: AppStatus
  /** `profile`: nothing exists yet. `account`: the profile is open and has no account. */
  stage: 'profile' | 'account'
  /** Goes to the empty mail room without an account; null while that is not possible. */
  onLeave: (() => void) | null
  /** Draws the set-up of an account; null while there is no profile to put one in. */
  accountSetup: ((provider: 'any' | 'mailbox.org', onLeave: () => void) => ReactNode) | null
}>

/** First start: where the key is kept, then three ways in. */
export function Onboarding({ status, stage, onLeave, accountSetup }: OnboardingProps) {
  const { t } = useTranslation(['onboarding', 'accounts'])
  const [way, setWay] = useState<Exclude<Way, 'sample'> | null>(null)
  const chosen = stage === 'account' && way !== null && accountSetup !== null ? way : null
  const title =
    chosen === null
      ? stage === 'profile'
        ? t('onboarding:title')
        : t('onboarding:way.title')
      : chosen === 'mailbox-org'
        ? t('onboarding:way.mailbox-org')
        : t('accounts:setup.title')
  return (
    <main className="onboarding scroll">
      <div className="onboarding-sheet">
        <div className="onboarding-head">
          <Seal size={40} />
          <h1 className="onboarding-title">{title}</h1>
        </div>
        {stage === 'profile' ? (
          <>
            <p className="onboarding-text">{t('onboarding:text')}</p>
            <p className="onboarding-text">{t('onboarding:text2')}</p>
            <KeyStep status={status} />
          </>
        ) : chosen === null ? (
          <>
            <p className="onboarding-text">{t('onboarding:way.text')}</p>
            <Ways onChoose={setWay} />
            {onLeave === null ? null : (
              <div className="onboarding-actions">
                <Button variant="plain" onPress={onLeave}>
                  {t('onboarding:way.leave')}
                </Button>
              </div>
            )}
          </>
        ) : (
          accountSetup?.(chosen === 'mailbox-org' ? 'mailbox.org' : 'any', () => setWay(null))
        )}
      </div>
    </main>
  )
}
