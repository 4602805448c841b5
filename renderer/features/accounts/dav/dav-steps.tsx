import { Check, Minus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../ui/actions/icon'
import type { DavPlaces } from './use-dav-setup'

const icons = { found: Check, nothing: Minus, failed: X } as const

/** What was asked, in order, and what each place said. */
export function DavSteps({ steps }: Readonly<{ steps: DavPlaces['steps'] }>) {
  const { t } = useTranslation('accounts')
  return (
    <ol className="account-steps" aria-label={t('discovery.steps')}>
      {steps.map(step => (
        <li key={step.target} className={`account-step account-step-${step.outcome}`}>
          <Icon of={icons[step.outcome]} size={14} />
          <span className="account-step-text selectable">
            <strong>{step.target}</strong>
            <span className="account-step-detail">{step.detail}</span>
          </span>
          <span className="account-step-outcome">{t(`discovery.${step.outcome}`)}</span>
        </li>
      ))}
    </ol>
  )
}
