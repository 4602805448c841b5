import './network/network.css'
import { useTranslation } from 'react-i18next'
import { useLiveQuery } from '../../state/live/use-live-query'
import { useSettings } from '../../state/use-settings'
import { Switch } from '../../ui/actions/switch'
import { SettingsPage } from '../../ui/layout/settings-page'
import { ConnectionList } from './network/connection-list'
import { DnsSection } from './network/dns-section'
import { PinsSection } from './network/pins-section'
import { PolicyTable } from './network/policy-table'
import { TorSection } from './network/tor-section'

/** The privacy page: switches, Tor, what may be contacted, and what was. */
export function NetworkPage() {
  const { t } = useTranslation('settings')
  const { settings, set } = useSettings()
  const status = useLiveQuery('net.status', {})
  if (settings === undefined) return null
  return (
    <SettingsPage title={t('section.network')} text={t('network.text')}>
      <Switch
        label={t('network.offline')}
        description={t('network.offlineText')}
        isSelected={settings.offline}
        onChange={offline => set({ offline })}
      />
      <Switch
        label={t('network.noLookups')}
        description={t('network.noLookupsText')}
        isSelected={!settings.lookups}
        onChange={off => set({ lookups: !off })}
      />
      {status.data === undefined ? null : <TorSection status={status.data} refresh={status.refresh} />}
      <DnsSection />
      <PinsSection />
      <PolicyTable />
      <ConnectionList />
    </SettingsPage>
  )
}
