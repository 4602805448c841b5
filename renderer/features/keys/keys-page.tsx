import './keys.css'
import { useTranslation } from 'react-i18next'
import { hasMailServer } from '../../../shared/features/accounts/services'
import { useLiveQuery } from '../../state/live/use-live-query'
import { SettingsPage } from '../../ui/layout/settings-page'
import { ContactKeys } from './contacts/contact-keys'
import { AccountOpenpgp } from './own/account-openpgp'
import { OwnKeys } from './own/own-keys'

/** The keys page of settings. */
export function KeysPage() {
  const { t } = useTranslation(['openpgp', 'settings'])
  const ownKeys = useLiveQuery('keys.list', {}).data
  const contacts = useLiveQuery('keys.contacts', { address: null }).data
  const accounts = (useLiveQuery('accounts.list', {}).data ?? []).filter(hasMailServer)
  if (ownKeys === undefined || contacts === undefined) return null
  return (
    <SettingsPage title={t('settings:section.keys')} text={t('text')}>
      <OwnKeys keys={ownKeys} accounts={accounts} />
      <ContactKeys
        keys={contacts.keys}
        conflicts={contacts.conflicts}
        ownKeys={ownKeys}
        accounts={accounts}
      />
      {accounts.length === 0 ? null : (
        <section className="settings-group" aria-labelledby="account-keys">
          <h2 id="account-keys" className="settings-group-title">
            {t('account.title')}
          </h2>
          {accounts.map(account => (
            <AccountOpenpgp key={account.id} account={account} ownKeys={ownKeys} />
          ))}
        </section>
      )}
    </SettingsPage>
  )
}
