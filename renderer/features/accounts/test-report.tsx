import { Check, Minus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ConnectionTestReport, ServerTestReport } from '../../../shared/model/account'
import { useFailureWords } from '../../i18n/use-failure-words'
import { Icon } from '../../ui/icon'
import { CertificatePanel } from './certificate-panel'
import { endpointText } from './server-form'

const icons = { ok: Check, failed: X, skipped: Minus } as const

function ServerReport({ report, onPinned }: Readonly<{ report: ServerTestReport; onPinned: () => void }>) {
  const { t } = useTranslation('accounts')
  const words = useFailureWords()
  return (
    <section className="account-report">
      <h3 className="account-legend">
        {t(`protocol.${report.protocol}`)} <span>{endpointText(report.endpoint)}</span>
      </h3>
      <ol className="account-steps">
        {report.steps.map(step => {
          const problem = step.code === null ? null : words({ code: step.code, detail: step.detail })
          return (
            <li key={step.step} className={`account-step account-step-${step.outcome}`}>
              <Icon of={icons[step.outcome]} size={14} />
              <span className="account-step-text selectable">
                <strong>{t(`test.step.${step.step}`)}</strong>
                {problem === null ? (
                  <span className="account-step-detail">{step.detail}</span>
                ) : (
                  <span className="account-step-problem" role="alert">
                    <span>
                      {problem.what}. {problem.why}
                    </span>
                    <span>{problem.fix}</span>
                    {problem.facts.map(fact => (
                      <span key={fact} className="account-step-detail">
                        {fact}
                      </span>
                    ))}
                  </span>
                )}
              </span>
              <span className="account-step-outcome">{t(`test.outcome.${step.outcome}`)}</span>
            </li>
          )
        })}
      </ol>
      {report.certificate === null ? null : (
        <CertificatePanel problem={report.certificate} onPinned={onPinned} />
      )}
    </section>
  )
}

/** What the test of both servers said, step by step. `onPinned`: a certificate was accepted, test again. */
export function TestReport({
  report,
  onPinned,
}: Readonly<{ report: ConnectionTestReport; onPinned: () => void }>) {
  return (
    <div className="account-reports">
      <ServerReport report={report.imap} onPinned={onPinned} />
      <ServerReport report={report.smtp} onPinned={onPinned} />
    </div>
  )
}
