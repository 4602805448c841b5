import { useTranslation } from 'react-i18next'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { groupPolicy } from './policy-groups'
import { useNameOfAccount } from './use-name-of-account'

/** Everything that may be contacted, by account: what for, where, by which way. */
export function PolicyTable() {
  const { t } = useTranslation('settings')
  const nameOf = useNameOfAccount()
  const groups = groupPolicy(useLiveQuery('net.policy', {}).data ?? [])
  return (
    <section className="settings-group">
      <h2 className="settings-group-title">{t('network.policy')}</h2>
      <p className="ui-description">{t('network.policyText')}</p>
      {groups.length === 0 ? <p className="ui-description">{t('network.policyNone')}</p> : null}
      {groups.map(({ accountId, places }) => (
        <table key={accountId ?? ''} className="policy">
          <caption>{nameOf(accountId)}</caption>
          <thead>
            <tr>
              <th scope="col">{t('network.column.purpose')}</th>
              <th scope="col">{t('network.column.place')}</th>
              <th scope="col">{t('network.column.way')}</th>
            </tr>
          </thead>
          <tbody>
            {places.map(({ purpose, host, port, way, onion }) => (
              <tr key={`${purpose} ${host} ${String(port)} ${way}`} data-way={way}>
                <td>{t(`network.purpose.${purpose}`)}</td>
                <td className="selectable">
                  {host}:{port}
                  {onion === null ? null : <span className="policy-onion">{onion}</span>}
                </td>
                <td>{t(`network.way.${way}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </section>
  )
}
