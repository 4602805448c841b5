import { useTranslation } from 'react-i18next'
import type { ConnectionInfo } from '../../../shared/model/status'
import { useAccountName } from '../../i18n/use-account-name'
import { useFormat } from '../../i18n/use-format'
import { useLiveQuery } from '../../state/use-live-query'
import { Switch } from '../../ui/switch'
import { SettingsPage } from './settings-page'
import { useSettings } from './use-settings'

function ConnectionRow({ connection }: Readonly<{ connection: ConnectionInfo }>) {
  const { t } = useTranslation('settings')
  const nameOf = useAccountName()
  const format = useFormat()
  const accounts = useLiveQuery('accounts.list', {}).data ?? []
  const account = accounts.find(({ id }) => id === connection.accountId)
  const { tls } = connection
  return (
    <li className="connection" data-state={connection.state}>
      <div className="connection-head">
        <strong className="selectable">
          {connection.host}:{connection.port}
        </strong>
        <span className="connection-state">{t(`network.state.${connection.state}`)}</span>
      </div>
      <p className="ui-description selectable">
        {[
          t(`network.purpose.${connection.purpose}`),
          account === undefined ? t('network.noAccount') : nameOf(account),
          t(`network.way.${connection.way}`),
          format.relativeTime(connection.endedAtMs ?? connection.sinceMs),
          t('network.bytes', {
            in: format.byteSize(connection.bytesIn),
            out: format.byteSize(connection.bytesOut),
          }),
        ].join(' · ')}
      </p>
      {tls === null ? null : (
        <p className="ui-description selectable">
          {tls.version} · {tls.cipher} · {tls.keyExchange} · {t('network.issuer', { issuer: tls.issuer })}
        </p>
      )}
      {connection.problem === null ? null : <p className="ui-error selectable">{connection.problem}</p>}
    </li>
  )
}

export function NetworkPage() {
  const { t } = useTranslation('settings')
  const { settings, set } = useSettings()
  const connections = useLiveQuery('net.connections', {}).data ?? []
  const isLive = ({ state }: ConnectionInfo) => state === 'open' || state === 'connecting'
  const groups = [
    { id: 'live', rows: connections.filter(isLive) },
    { id: 'recent', rows: connections.filter(row => !isLive(row)) },
  ] as const
  if (settings === undefined) return null
  return (
    <SettingsPage title={t('section.network')} text={t('network.text')}>
      <Switch
        label={t('network.offline')}
        description={t('network.offlineText')}
        isSelected={settings.offline}
        onChange={offline => set({ offline })}
      />
      {groups.map(({ id, rows }) => (
        <section key={id} className="settings-group">
          <h2 className="settings-group-title">{t(`network.${id}`)}</h2>
          {rows.length === 0 ? (
            <p className="ui-description">{t('network.none')}</p>
          ) : (
            <ul className="connections">
              {rows.map(connection => (
                <ConnectionRow key={connection.id} connection={connection} />
              ))}
            </ul>
          )}
        </section>
      ))}
    </SettingsPage>
  )
}
