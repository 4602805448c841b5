import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageSecurity } from '../../../../shared/model/message-security'
import { useFormat } from '../../../i18n/use-format'
import { isClosed, whyClosed } from './security-state'

/** In groups of four, as people read them out. */
const grouped = (hex: string): string => hex.toUpperCase().replace(/(.{4})(?=.)/g, '$1 ')

function Fact({ label, children }: Readonly<{ label: string; children: ReactNode }>) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Signer({ security }: Readonly<{ security: MessageSecurity }>) {
  const { t } = useTranslation('mail')
  const format = useFormat()
  const { signer } = security
  if (signer === null) return null
  const trust = signer.own ? 'own' : signer.trust
  return (
    <>
      {signer.address === null ? null : <Fact label={t('reader.security.signer')}>{signer.address}</Fact>}
      <Fact label={t(`reader.security.${signer.fingerprint === null ? 'keyId' : 'fingerprint'}`)}>
        <code className="security-code">{grouped(signer.fingerprint ?? signer.keyId)}</code>
      </Fact>
      {signer.signedAtMs === null ? null : (
        <Fact label={t('reader.security.signedAt')}>{format.fullDate(signer.signedAtMs)}</Fact>
      )}
      {signer.fingerprint === null ? null : (
        <Fact label={t('reader.security.rests')}>{t(`reader.security.meaning.${trust}`)}</Fact>
      )}
    </>
  )
}

/** Everything that is known of the protection of a message. */
export function SecurityDetails({ security }: Readonly<{ security: MessageSecurity }>) {
  const { t } = useTranslation('mail')
  const format = useFormat()
  const { recipients, hiddenRecipientCount: hidden, neededKeys, protectedDiffers, warnings } = security
  return (
    <dl className="security-details selectable">
      <Signer security={security} />
      {neededKeys.length === 0 ? null : (
        <Fact label={t('reader.security.neededKeys')}>
          {neededKeys.map(id => (
            <code key={id} className="security-code">
              {grouped(id)}
            </code>
          ))}
        </Fact>
      )}
      {recipients.length + hidden === 0 ? null : (
        <Fact label={t('reader.security.recipients')}>
          {recipients.map(({ keyId, address }) => (
            <div key={keyId}>{address ?? <code className="security-code">{grouped(keyId)}</code>}</div>
          ))}
          {hidden === 0 ? null : <div>{t('reader.security.hidden', { count: hidden })}</div>}
        </Fact>
      )}
      {isClosed(security) ? (
        <Fact label={t('reader.security.notes')}>
          {t(`reader.security.why.${whyClosed(security)}`, { method: security.method })}
        </Fact>
      ) : (
        <Fact label={t('reader.security.header')}>
          {t(`reader.security.headerProtection.${security.headerProtection}`)}
        </Fact>
      )}
      {protectedDiffers.length === 0 ? null : (
        <Fact label={t('reader.security.differs')}>{protectedDiffers.join(', ')}</Fact>
      )}
      {warnings.length === 0 ? null : (
        <Fact label={t('reader.security.notes')}>
          {warnings.map(({ code, detail }) => (
            <div key={code}>
              {t(`reader.security.warning.${code}`, {
                detail: code === 'signed-at-other-time' ? format.fullDate(Date.parse(`${detail}Z`)) : detail,
              })}
            </div>
          ))}
        </Fact>
      )}
    </dl>
  )
}
