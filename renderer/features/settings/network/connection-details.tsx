import { useTranslation } from 'react-i18next'
import type { ConnectionInfo } from '../../../../shared/kit/status'
import { useFormat } from '../../../i18n/use-format'

/** Certificate, key exchange and beginning of one connection; folded until asked for. */
export function ConnectionDetails({ connection }: Readonly<{ connection: ConnectionInfo }>) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const { tls } = connection
  if (tls === null) return null
  const facts = [
    { name: t('network.certificateFor'), value: tls.subject },
    { name: t('network.certificateBy'), value: tls.issuer },
    {
      name: t('network.certificateValid'),
      value: `${format.day(tls.validFrom)} – ${format.day(tls.validTo)}`,
    },
    { name: t('network.certificatePrint'), value: tls.fingerprint256, isCode: true },
    {
      name: t('network.keyExchange'),
      value: tls.keyExchange === 'ephemeral' ? t('network.ephemeral') : tls.keyExchange,
    },
    { name: t('network.since'), value: format.shortDateTime(connection.sinceMs) },
  ]
  const { change } = tls
  return (
    <>
      {change === undefined ? null : (
        <p className="connection-change selectable" data-kind={change.kind}>
          {t(`network.change.${change.kind}`, {
            date: format.shortDateTime(change.changedAtMs),
            before: change.issuerBefore,
          })}
        </p>
      )}
      <details className="connection-details">
        <summary>{t('network.details')}</summary>
        <dl>
          {facts.map(({ name, value, isCode }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className={isCode === true ? 'selectable connection-code' : 'selectable'}>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  )
}
