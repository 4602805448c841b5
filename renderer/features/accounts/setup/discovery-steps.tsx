import { Check, Minus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { DiscoveryReport } from '../../../../shared/features/accounts/model'
import { Icon } from '../../../ui/actions/icon'

const icons = { found: Check, nothing: Minus, failed: X } as const

/** Where Siegel looked, in order, and what each place said. */
export function DiscoverySteps({ steps }: Readonly<{ steps: DiscoveryReport['steps'] }>) {
  const { t } = useTranslation('accounts')
  return (
    <ol className="account-steps" aria-label={t('discovery.steps')}>
      {steps.map(step => (
        <li key={`${step.source} ${step.target}`} className={`account-step account-step-${step.outcome}`}>
          <Icon of={icons[step.outcome]} size={14} />
          <span className="account-step-text selectable">
            <strong>{t(`source.${step.source}`)}</strong>
            <span className="account-step-detail">
              {step.target}
              {step.detail === '' || step.detail === step.target ? '' : ` · ${step.detail}`}
            </span>
          </span>
          <span className="account-step-outcome">{t(`discovery.${step.outcome}`)}</span>
        </li>
      ))}
    </ol>
  )
}
