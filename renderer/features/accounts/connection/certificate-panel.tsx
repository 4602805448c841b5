import { ShieldAlert } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CertificateProblem } from '../../../../shared/features/accounts/model'
import { useHost } from '../../../host/host-context'
import { useFormat } from '../../../i18n/use-format'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { Icon } from '../../../ui/actions/icon'
import { fingerprintPairs } from './fingerprint'

/** A refused certificate: why, whose it is, and how to accept this one and no other. Main asks again by itself. */
export function CertificatePanel({
  problem,
  onPinned,
}: Readonly<{ problem: CertificateProblem; onPinned: () => void }>) {
  const { t } = useTranslation('accounts')
  const host = useHost()
  const format = useFormat()
  const [busy, setBusy] = useState(false)
  const pin = async () => {
    setBusy(true)
    const done = await runCommand(host, 'accounts.pinCertificate', { problem })
    setBusy(false)
    if (done?.pinned === true) onPinned()
  }
  const names = problem.names.join(', ')
  const pairs = fingerprintPairs(problem.fingerprint256)
  return (
    <section className="certificate" aria-label={t('certificate.title')}>
      <h3 className="certificate-title">
        <Icon of={ShieldAlert} />
        {t('certificate.title')}
      </h3>
      <p>{t(`certificate.reason.${problem.reason}`, { host: problem.host })}</p>
      <dl className="certificate-facts selectable">
        <dt>{t('certificate.server')}</dt>
        <dd>
          {problem.host}:{problem.port}
        </dd>
        <dt>{t('certificate.subject')}</dt>
        <dd>{problem.subject}</dd>
        {names === '' ? null : (
          <>
            <dt>{t('certificate.names')}</dt>
            <dd>{names}</dd>
          </>
        )}
        <dt>{t('certificate.issuer')}</dt>
        <dd>{problem.issuer}</dd>
        <dt>{t('certificate.validity')}</dt>
        <dd>
          {t('certificate.validRange', {
            from: format.day(problem.validFrom),
            to: format.day(problem.validTo),
          })}
        </dd>
        <dt>{t('certificate.fingerprint')}</dt>
        <dd className="certificate-print" role="img" aria-label={pairs.join(' ')}>
          {pairs.map((pair, at) => (
            // Pairs may repeat; their place tells them apart.
            <span key={`${String(at)} ${pair}`}>{pair}</span>
          ))}
        </dd>
      </dl>
      {/* A weak key protects nothing, whoever trusts it. */}
      {problem.reason === 'weak-key' ? null : (
        <>
          <p className="ui-description">{t('certificate.advice')}</p>
          <div className="certificate-actions">
            <Button busy={busy} onPress={() => void pin()}>
              {t('certificate.pin')}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}
