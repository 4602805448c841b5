import { useTranslation } from 'react-i18next'
import type { InboxEncryptionStatus } from '../../../../shared/features/inbox-encryption/model'
import type { Fingerprint } from '../../../../shared/features/keys/model'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { Switch } from '../../../ui/actions/switch'

const shortened = (fingerprint: Fingerprint): string =>
  (fingerprint.slice(-16).toUpperCase().match(/.{4}/g) ?? []).join(' ')

/** The keys that mail is encrypted to: the account's own always, others of the user's for a second device or recovery. */
export function KeysPart({
  status,
  onChange,
}: Readonly<{ status: InboxEncryptionStatus; onChange: (extraKeys: Fingerprint[]) => void }>) {
  const { t } = useTranslation('accounts')
  const keys = useLiveQuery('keys.list', {}).data ?? []
  const [own, ...extra] = status.keys
  const others = keys.filter(({ facts }) => facts.fingerprint !== own && facts.canEncrypt)
  return (
    <div className="inbox-encryption-keys">
      <p>
        {t('inbox.keys')} <span className="selectable mono">{own === undefined ? '' : shortened(own)}</span>
      </p>
      {others.map(({ facts: { fingerprint, userIds } }) => (
        <Switch
          key={fingerprint}
          label={t('inbox.alsoTo', { key: shortened(fingerprint) })}
          description={userIds[0]?.address ?? ''}
          isSelected={extra.includes(fingerprint)}
          onChange={chosen =>
            onChange(chosen ? [...extra, fingerprint] : extra.filter(each => each !== fingerprint))
          }
        />
      ))}
    </div>
  )
}
