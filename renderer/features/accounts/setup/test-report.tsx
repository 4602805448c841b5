import { Check, Minus, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type {
  ConnectionSecurity,
  ConnectionTestReport,
  ServerTestReport,
} from '../../../../shared/features/accounts/model'
import { useFailureWords } from '../../../i18n/use-failure-words'
import { Button } from '../../../ui/actions/button'
import { Icon } from '../../../ui/actions/icon'
import { CertificatePanel } from '../connection/certificate-panel'
import { endpointText, type Protocol } from '../servers/server-form'

const icons = { ok: Check, failed: X, skipped: Minus } as const

/** What a test found that the server speaks on its port, in the place of what was tried. */
const otherSecurity: Readonly<Record<string, ConnectionSecurity>> = {
  'expects-starttls': 'starttls',
  'expects-tls': 'tls',
}

/** Advice for a running account ("tries again by itself") does not fit a test: these have words of their own. */
const withOwnAdvice = [
  'connection-refused',
  'connection-timeout',
  'connection-lost',
  'server-unavailable',
  'protocol-violation',
] as const
const ownAdvice = (code: string) => withOwnAdvice.find(each => each === code)

type Answers = Readonly<{
  /** A certificate was accepted: test again. */
  onPinned: () => void
  /** The other way of beginning TLS was chosen for a server: change it and test again. */
  onSecurity: (protocol: Protocol, security: ConnectionSecurity) => void
}>

function ServerReport({ report, onPinned, onSecurity }: Answers & Readonly<{ report: ServerTestReport }>) {
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
          const advice = ownAdvice(step.code ?? '')
          const other = otherSecurity[step.code ?? '']
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
                    <span>{advice === undefined ? problem.fix : t(`test.advice.${advice}`)}</span>
                    {problem.facts.map(fact => (
                      <span key={fact} className="account-step-detail">
                        {fact}
                      </span>
                    ))}
                    {other === undefined ? null : (
                      <Button onPress={() => onSecurity(report.protocol, other)}>
                        {t(`test.use.${other}`)}
                      </Button>
                    )}
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

/** What the test of both servers said, step by step, brought into view as it comes. `title`: what came of it. */
export function TestReport({
  report,
  title,
  ...answers
}: Answers & Readonly<{ report: ConnectionTestReport; title: ReactNode }>) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    void report
    // The whole of it, or where there is no room the first thing that failed.
    place.current?.scrollIntoView({ block: 'start' })
    place.current?.querySelector('.account-step-failed')?.scrollIntoView({ block: 'nearest' })
  }, [report])
  return (
    <div ref={place} className="account-reports">
      {title}
      <ServerReport report={report.imap} {...answers} />
      <ServerReport report={report.smtp} {...answers} />
    </div>
  )
}
